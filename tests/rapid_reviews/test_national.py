"""A national review the Panel holds: what it considered, scope and method, the Secretary of State, the family. 7.2."""

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cspr.audit.models import Event
from cspr.audit.recording import recorded
from cspr.cases.services import wall_off
from cspr.govuk.dates import london_moment, typed_date
from cspr.now import now, today
from cspr.people.models import Membership
from cspr.statute.criteria import NATIONAL_CIRCUMSTANCES, NATIONAL_CRITERIA
from cspr.workflow import AlreadyDone, Refused
from rapid_reviews.models import NationalConsidered, NationalScope, RapidReview, SecretaryTold
from rapid_reviews.options.family import Matter
from rapid_reviews.options.review import ReviewStatus
from rapid_reviews.options.sending import PanelAnswerKind
from rapid_reviews.presenters.family import NOT_YET
from rapid_reviews.presenters.national import ShownNational, national_shown
from rapid_reviews.services.national import (
    record_national_considered,
    record_national_scope,
    record_secretary_told,
)
from rapid_reviews.services.signing import redecide
from tests.factories import around_reviews as around
from tests.factories import rapid_reviews as make
from tests.factories import sent_reviews as panel
from tests.factories.people import World

Browser = Callable[[Membership], Client]
Kind = PanelAnswerKind
SCOPE: dict[str, Any] = {
    "scope": "Invented scope",
    "method": "Invented method",
    "engagement": "Invented engagement",
    "discussed_on": date(2026, 11, 16),
    "partners": ["POLICE", "LA"],
}
TOLD: dict[str, Any] = {"told_on": date(2026, 11, 16), "how_known": "Invented telephone call"}
CONSIDERED = {"criteria": ["themes"], "circumstances": ["institutions", "not_at_school"]}
VERBS: tuple[tuple[Callable[..., Any], dict[str, Any]], ...] = (
    (record_national_considered, CONSIDERED),
    (record_national_scope, SCOPE),
    (record_secretary_told, TOLD),
)
ALL = pytest.mark.parametrize(("verb", "given"), VERBS, ids=[one.__name__ for one, _ in VERBS])
PAGES = ("rapid_review_national_considered", "rapid_review_national_scope", "rapid_review_secretary_told")


def national(world: World, **letter: Any) -> RapidReview:
    """Sent, and answered by a national review."""
    review = panel.sent(world)
    panel.answered(review, Kind.NATIONAL_REVIEW, by=world.officer, **letter)
    return make.found(review)


def entries() -> int:
    return sum(model.objects.count() for model in (NationalConsidered, NationalScope, SecretaryTold))


def refused(verb: Callable[..., Any], review: RapidReview, *, by: Membership, **given: Any) -> Refused:
    with pytest.raises(Refused) as found:
        verb(review, by=by, **given)
    return found.value


def shown(review: RapidReview, by: Membership) -> ShownNational:
    return national_shown(make.found(review), by)


@ALL
def test_nothing_is_recorded_before_the_panel_says_so(
    northvale: World, verb: Callable[..., Any], given: dict[str, Any]
) -> None:
    review = panel.sent(northvale)
    panel.answered(review, Kind.ASKS_FOR_MORE, by=northvale.officer)
    why = refused(verb, review, by=northvale.officer, **given)
    assert "has not answered that it will hold a national review" in str(why)
    assert entries() == 0


@ALL
def test_nothing_is_recorded_by_anybody_but_the_unit(
    northvale: World, southmere: World, verb: Callable[..., Any], given: dict[str, Any]
) -> None:
    review = national(northvale)
    wall_off(review.case, user=northvale.second_officer.user, by=northvale.manager, reason="Invented")
    for other in (
        northvale.la, northvale.la_lead, northvale.scrutineer, northvale.second_officer, southmere.officer,
    ):  # fmt: skip
        refused(verb, review, by=other, **given)
    assert entries() == 0


@ALL
def test_entry_keeps_who_recorded_it_moves_nothing_and_is_one_event(
    northvale: World, verb: Callable[..., Any], given: dict[str, Any]
) -> None:
    review = national(northvale)
    before = Event.objects.count()
    entry = verb(review, by=northvale.officer, **given)
    assert entry.recorded_by == northvale.officer
    event = Event.objects.order_by("at").last()
    assert Event.objects.count() == before + 1
    assert event is not None
    assert event.kind == f"rapidreview.{verb.__name__}"
    assert "Invented" not in str(event.detail)
    assert make.found(review).status == ReviewStatus.ANSWERED


@ALL
def test_same_entry_twice_is_one_and_a_colleague_hears_who_made_it(
    northvale: World, verb: Callable[..., Any], given: dict[str, Any]
) -> None:
    review = national(northvale)
    first = verb(review, by=northvale.officer, **given)
    assert verb(review, by=northvale.officer, **given) == first
    with pytest.raises(AlreadyDone):
        verb(review, by=northvale.second_officer, **given)
    assert entries() == 1


@pytest.mark.parametrize(
    ("verb", "given", "field"),
    [(record_national_scope, SCOPE, "discussed_on"), (record_secretary_told, TOLD, "told_on")],
)
def test_day_is_neither_in_the_future_nor_before_the_letter(
    northvale: World, monday: Any, verb: Callable[..., Any], given: dict[str, Any], field: str
) -> None:
    review = national(northvale)
    later = refused(verb, review, by=northvale.officer, **{**given, field: today() + timedelta(days=1)})
    assert later.fields[field].endswith("must be today or in the past")
    before = refused(verb, review, by=northvale.officer, **{**given, field: today() - timedelta(days=1)})
    assert before.fields[field].endswith(
        "the same as or after the day the Panel’s letter came, Monday 16 November 2026"
    )
    monday.move_to(london_moment(date(2026, 12, 1), time(9, 0)))
    verb(review, by=northvale.officer, **{**given, field: date(2026, 11, 20)})


@pytest.mark.parametrize(
    ("verb", "given", "field"),
    [
        (record_national_considered, {"criteria": [], "circumstances": []}, "criteria"),
        (record_national_scope, {**SCOPE, "partners": []}, "partners"),
        (record_national_scope, {**SCOPE, "scope": " ", "method": "", "engagement": ""}, "scope"),
        (record_secretary_told, {**TOLD, "how_known": " "}, "how_known"),
    ],
)
def test_entry_that_says_nothing_is_refused_beside_its_field(
    northvale: World, verb: Callable[..., Any], given: dict[str, Any], field: str
) -> None:
    assert set(refused(verb, national(northvale), by=northvale.officer, **given).fields) == {field}


def test_database_keeps_the_chapters_criteria_and_no_others(northvale: World) -> None:
    review = national(northvale)
    with pytest.raises(DatabaseError), transaction.atomic():
        record_national_considered(review, criteria=["invented"], circumstances=[], by=northvale.officer)


def test_entries_are_never_changed(northvale: World) -> None:
    review = national(northvale, **CONSIDERED)
    record_national_scope(review, by=northvale.officer, **SCOPE)
    record_secretary_told(review, by=northvale.officer, **TOLD)

    @recorded
    def change(model: Any) -> None:
        model.objects.update(recorded_at=now())

    for model in (NationalConsidered, NationalScope, SecretaryTold):
        with pytest.raises(DatabaseError), transaction.atomic():
            change(model)


def test_letter_keeps_criteria_and_circumstances_in_the_chapters_words(northvale: World) -> None:
    review = national(northvale, **CONSIDERED)
    kept = NationalConsidered.objects.get(answer__sent__review=review)
    assert (kept.criteria, kept.circumstances) == (["themes"], ["not_at_school", "institutions"])
    (letter,) = shown(review, northvale.officer).letters
    words = {row.key: str(row.value) for row in letter.rows}
    sentences = {one.what: one.sentence for one in (*NATIONAL_CRITERIA, *NATIONAL_CIRCUMSTANCES)}
    assert sentences["themes"] in words["Criteria taken into account"]
    assert sentences["legislation"] not in words["Criteria taken into account"]
    assert sentences["institutions"] in words["Circumstances considered"]
    assert words["Criteria and circumstances recorded"].endswith(str(northvale.officer))


def test_other_answer_keeps_no_criteria(northvale: World) -> None:
    panel.answered(panel.sent(northvale), Kind.AGREES, by=northvale.officer, **CONSIDERED)
    assert entries() == 0


def test_everything_can_come_later_and_the_page_says_what_is_missing(northvale: World) -> None:
    review = national(northvale)
    person = around.person(review, by=northvale.officer)
    page = shown(review, northvale.officer)
    assert [str(row.value) for row in page.letters[0].rows].count(NOT_YET) == 2
    assert page.missing == [
        "The scope, the method and how the Panel will engage with people",
        "A discussion with the local authority, integrated care board and police",
    ]
    assert [row.value for row in (*page.told, *page.family)] == [NOT_YET, NOT_YET]
    record_national_considered(review, by=northvale.officer, **CONSIDERED)
    record_national_scope(review, by=northvale.officer, **{**SCOPE, "method": "", "engagement": ""})
    record_secretary_told(review, by=northvale.officer, **TOLD)
    around.told(person, by=northvale.officer, matter=Matter.NATIONAL)
    page = shown(review, northvale.officer)
    assert NOT_YET not in [str(row.value) for row in (*page.letters[0].rows, *page.told, *page.family)]
    assert page.missing == [
        "The method and how the Panel will engage with people",
        "A discussion with the integrated care board",
    ]
    assert page.discussions[0].heading == "Monday 16 November 2026, with the local authority and police"
    assert str(page.family[0].value).startswith("Told on Monday 16 November 2026 by Invented Worker")


def test_correction_is_another_entry_and_the_first_stays_readable(northvale: World) -> None:
    review = national(northvale, **CONSIDERED)
    record_national_considered(
        review, criteria=["improvements"], circumstances=[], by=northvale.second_officer
    )
    record_secretary_told(review, by=northvale.officer, **TOLD)
    record_secretary_told(review, by=northvale.second_officer, **{**TOLD, "how_known": "Invented letter"})
    page = shown(review, northvale.officer)
    assert "The letter names none" in [row.value for row in page.letters[0].rows]
    assert len(page.letters[0].before) == 1
    assert page.told[1].value == "Invented letter"
    assert page.told_before[0].heading.endswith(str(northvale.officer))


def test_recorded_while_the_decision_is_taken_again_too(northvale: World) -> None:
    review = national(northvale)
    panel.answered(review, Kind.ASKS_TO_RECONSIDER, by=northvale.officer)
    again = make.found(redecide(make.found(review), by=northvale.officer, reason="Invented"))
    record_secretary_told(again, by=northvale.officer, **TOLD)
    assert make.found(again).status == ReviewStatus.GATHERING


def test_family_is_told_of_a_national_review_once_the_letter_came(northvale: World) -> None:
    review = panel.sent(northvale)
    person = around.person(review, by=northvale.officer)
    for act in (around.told, around.not_told):
        with pytest.raises(Refused) as early:
            act(person, by=northvale.officer, matter=Matter.NATIONAL)
        assert "has not answered" in early.value.fields["matter"]
    panel.answered(review, Kind.NATIONAL_REVIEW, by=northvale.officer)
    with pytest.raises(Refused) as before:
        around.told(person, by=northvale.officer, matter=Matter.NATIONAL, on=today() - timedelta(days=1))
    assert before.value.fields["on"] == (
        "The Panel’s letter came on Monday 16 November 2026, so it was not told before"
    )
    around.not_told(person, by=northvale.officer, matter=Matter.NATIONAL)
    assert str(shown(review, northvale.officer).family[0].value).startswith("Not told: a suspect")


def test_who_may_not_see_names_reads_neither_initials_nor_who_told_them(northvale: World) -> None:
    review = national(northvale)
    around.told(around.person(review, by=northvale.officer), by=northvale.officer, matter=Matter.NATIONAL)
    (row,) = shown(review, northvale.scrutineer).family
    assert (row.key, row.value, row.href) == ("Mother", "Told, Monday 16 November 2026", "")
    assert shown(review, northvale.scrutineer).acts.family == ""


def test_matter_is_offered_where_the_panel_holds_one_and_chosen_beforehand(
    northvale: World, browser: Browser
) -> None:
    client = browser(northvale.officer)
    for review, offered in ((panel.sent(northvale), False), (national(northvale), True)):
        person = around.person(review, by=northvale.officer)
        for page in ("family_told", "family_not_told"):
            url = f"{reverse(page, args=[review.case_id, person.pk])}?matter=national"
            body = client.get(url).content.decode()
            assert ('value="national" checked' in " ".join(body.split())) == offered, page


def test_pages_record_once_however_often_they_are_sent(northvale: World, browser: Browser) -> None:
    review, client = national(northvale), browser(northvale.officer)
    home = reverse("rapid_review_national", args=[review.case_id])
    posts: dict[str, dict[str, Any]] = {
        "rapid_review_national_considered": CONSIDERED,
        "rapid_review_national_scope": {**SCOPE, **typed_date("discussed_on", today())},
        "rapid_review_secretary_told": {**TOLD, **typed_date("told_on", today())},
    }
    assert home in client.get(reverse("rapid_review_sent", args=[review.case_id])).content.decode()
    for name, given in posts.items():
        url = reverse(name, args=[review.case_id])
        assert url in client.get(home).content.decode()
        form = client.get(url)
        assert form.status_code == 200
        token = form.context["post_token"]
        for _ in range(2):
            answer = client.post(url, {**given, "post_token": token})
            assert (answer.status_code, answer["Location"]) == (302, home), answer.content.decode()
    assert entries() == 3
    page = client.get(home).content.decode()
    for words in ("Invented scope", "Invented method", "Invented engagement", "Invented telephone call"):
        assert words in page


def test_pages_are_not_found_without_a_national_review_nor_by_strangers(
    northvale: World, southmere: World, browser: Browser
) -> None:
    without, review = panel.sent(northvale), national(northvale)
    for name in ("rapid_review_national", *PAGES):
        assert browser(northvale.officer).get(reverse(name, args=[without.case_id])).status_code == 404
        assert browser(southmere.officer).get(reverse(name, args=[review.case_id])).status_code == 404
    assert browser(northvale.la).get(reverse(PAGES[0], args=[review.case_id])).status_code == 403
    reader = browser(northvale.la).get(reverse("rapid_review_national", args=[review.case_id]))
    assert reader.status_code == 200
    assert not any(reverse(name, args=[review.case_id]) in reader.content.decode() for name in PAGES)


def test_answer_page_keeps_what_was_ticked(northvale: World, browser: Browser) -> None:
    review, client = panel.sent(northvale), browser(northvale.officer)
    with time_machine.travel(now() + timedelta(minutes=2), tick=True):
        answer = client.post(
            reverse("rapid_review_panel_answer", args=[review.case_id]),
            {
                "kind": Kind.NATIONAL_REVIEW, "rationale": "Invented rationale", "text": "Invented letter",
                **CONSIDERED, **typed_date("received_on", today()), "received_time": "9:01",
                "said_by": "Invented Chair", "letter": panel.evidence("letter.txt"),
            },
        )  # fmt: skip
    assert answer.status_code == 302, answer.content.decode()
    assert NationalConsidered.objects.get().criteria == ["themes"]
    sent = client.get(answer["Location"]).content.decode()
    assert "Significant harm or death to a child educated otherwise than at school" in sent


def test_text_that_is_too_long_is_not_also_said_to_be_missing(northvale: World, browser: Browser) -> None:
    url = reverse("rapid_review_national_scope", args=[national(northvale).case_id])
    given = {**typed_date("discussed_on", today()), "partners": ["LA"], "scope": "x" * 10_001}
    page = browser(northvale.officer).post(url, given).content.decode()
    assert "must be 10,000 characters or fewer" in page
    assert "Enter the scope, the method, or how people will be involved" not in page


def test_page_asks_as_often_for_many_as_for_one(northvale: World) -> None:
    review, asked = national(northvale, **CONSIDERED), []
    for number in range(1, 4):
        person = around.person(review, by=northvale.officer, known_as=f"M.{number}.")
        around.told(person, by=northvale.officer, matter=Matter.NATIONAL)
        record_national_scope(review, by=northvale.officer, **{**SCOPE, "scope": f"Invented {number}"})
        with CaptureQueriesContext(connection) as queries:
            shown(review, northvale.officer)
        asked.append(len(queries))
    assert asked[0] == asked[-1]
