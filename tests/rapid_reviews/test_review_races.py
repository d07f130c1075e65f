"""Two people at one second, really committed: no signature is lost, none stands for what it was not given for."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connections

from cspr.cases.services import grant_access, wall_off
from cspr.deadlines.models import Deadline
from cspr.decisions.models import Answer, SignOff
from cspr.dispatch.models import Telling
from cspr.now import now, today
from cspr.people.models import Membership
from cspr.workflow import AlreadyDone, Refused
from rapid_reviews.models import Escalation, LeadAnswer, RapidReview, SecretaryTold, SentReview
from rapid_reviews.options.review import EscalationOutcome, ReviewStatus
from rapid_reviews.options.sending import PanelAnswerKind
from rapid_reviews.selectors.signing import latest_version, versions
from rapid_reviews.services.escalating import answer_escalation
from rapid_reviews.services.national import record_secretary_told
from rapid_reviews.services.review import open_review
from rapid_reviews.services.sending import send_review
from rapid_reviews.services.signing import put_to_partners, redecide, sign
from rapid_reviews.services.writing import save_section
from tests.factories import notifications
from tests.factories import rapid_reviews as make
from tests.factories import sent_reviews as panel
from tests.factories.people import World, make_member, make_world

pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture
def world(committed: None) -> World:
    return make_world("NVL", "Northvale")


def together(*acts: Callable[[], Any]) -> list[Any]:
    """Run the acts at one moment; what each answered or raised."""
    gate = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        gate.wait()
        try:
            return act()
        except (AlreadyDone, Refused) as refused:
            return refused
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def agree(review: RapidReview, by: Any, *, version: int | None = None) -> Callable[[], SignOff]:
    return lambda: sign(review, by=by, answer=Answer.YES, reason="Invented", version=version)


def test_three_partners_at_once_all_count_and_complete_it_once(world: World) -> None:
    review = make.with_partners(world)
    done = together(*(agree(review, one) for one in world.partners))
    assert [type(one) for one in done] == [SignOff] * 3
    review = make.found(review)
    assert review.status == ReviewStatus.SIGNED
    assert latest_version(review.case).status == "settled"  # type: ignore[union-attr]


def test_one_partner_pressing_twice_at_once_signs_once(world: World) -> None:
    review = make.with_partners(world)
    done = together(agree(review, world.la), agree(review, world.la))
    assert done[0] == done[1]
    assert SignOff.objects.filter(partner="LA", decision=latest_version(review.case)).count() == 1


def test_two_people_of_one_partner_at_once_one_counts(world: World) -> None:
    review = make.with_partners(world)
    colleague = make_member("delegated_partner", partnership=world.partnership, partner="ICB")
    done = together(agree(review, world.icb), agree(review, colleague))
    assert sorted(type(one).__name__ for one in done) == ["AlreadyDone", "SignOff"]


@pytest.mark.parametrize("attempt", range(3))
def test_partner_signs_while_the_unit_edits(world: World, attempt: int) -> None:
    review = make.with_partners(world)
    signed, _ = together(
        agree(review, world.police, version=1),
        lambda: save_section(
            review, section="learning", text="Invented, changed", revision=None, by=world.officer
        ),
    )
    review = make.found(review)
    assert review.status == ReviewStatus.GATHERING
    version = latest_version(review.case)
    assert version is not None
    assert version.status == "taken_back"
    assert version.sign_offs.count() == (0 if isinstance(signed, Refused) else 1)


@pytest.mark.parametrize("attempt", range(3))
def test_last_partner_signs_while_the_unit_edits(world: World, attempt: int) -> None:
    review = make.with_partners(world)
    for partner in (world.la, world.icb):
        sign(review, by=partner, answer=Answer.YES, reason="Invented")
    together(
        agree(review, world.police, version=1),
        lambda: save_section(
            review, section="learning", text="Invented, changed", revision=None, by=world.officer
        ),
    )
    review = make.found(review)
    assert (review.status, review.signed_at) == (ReviewStatus.GATHERING, None)
    assert latest_version(review.case).status == "taken_back"  # type: ignore[union-attr]


def test_two_partners_who_disagree_at_once_escalate_once(world: World) -> None:
    review = make.with_partners(world)
    together(
        *(
            lambda one=one: sign(review, by=one, answer=Answer.NO, reason="Invented")
            for one in (world.la, world.police)
        )
    )
    assert Escalation.objects.filter(review=review).count() == 1
    assert SignOff.objects.filter(decision=latest_version(review.case)).count() == 2


def test_lead_decides_while_the_unit_edits(world: World) -> None:
    review = make.escalated(world)
    together(
        lambda: answer_escalation(
            review, by=world.la_lead, answer=Answer.YES, reason="Invented", without_reason="Nobody else"
        ),
        lambda: save_section(
            review, section="learning", text="Invented, changed", revision=None, by=world.officer
        ),
    )
    assert make.found(review).status == ReviewStatus.GATHERING
    assert latest_version(review.case).status == "taken_back"  # type: ignore[union-attr]


def test_wall_raised_at_the_second_of_a_signature_leaves_a_whole_record(world: World) -> None:
    review = make.with_partners(world)
    together(
        agree(review, world.police),
        lambda: wall_off(review.case, user=world.police.user, by=world.manager, reason="Invented conflict"),
    )
    with pytest.raises(Refused, match="cannot open this case"):
        sign(review, by=world.police, answer=Answer.YES, reason="Invented")


def test_put_to_the_partners_by_two_at_once_is_one_version(world: World) -> None:
    review = make.written(world)
    together(*(lambda one=one: put_to_partners(review, by=one) for one in (world.officer, world.manager)))
    assert versions(review.case).count() == 1


def test_opened_by_two_at_once_is_one_review(world: World) -> None:
    sent = notifications.sent(world)
    together(*(lambda one=one: open_review(sent, by=one) for one in (world.officer, world.manager)))
    assert RapidReview.objects.count() == 1


def test_lead_who_tries_to_sign_for_another_partner_at_that_second_changes_nothing(world: World) -> None:
    review = make.with_partners(world)
    icb_lead = make_member("lead_partner", partnership=world.partnership, partner="ICB")
    grant_access(review.case, to=icb_lead, by=world.manager, reason="Invented escalation")
    tried, signed = together(agree(review, icb_lead), agree(review, world.icb))
    assert isinstance(tried, Refused)
    version = latest_version(review.case)
    assert version is not None
    assert [(one.partner, one.given_by) for one in version.sign_offs.all()] == [("ICB", world.icb)]
    assert signed.given_by == world.icb


def test_lead_answers_for_their_own_partner_only_however_many_press_at_once(world: World) -> None:
    review = make.escalated(world)
    others = [
        make_member("lead_partner", partnership=world.partnership, partner=one) for one in ("ICB", "POLICE")
    ]
    for lead in others:
        grant_access(review.case, to=lead, by=world.manager, reason="Invented escalation")
    together(*(uphold(review, lead) for lead in (world.la_lead, *others)))
    answers = LeadAnswer.objects.filter(escalation__review=review)
    assert {one.partner: one.given_by for one in answers} == {
        "LA": world.la_lead, "ICB": others[0], "POLICE": others[1],
    }  # fmt: skip
    assert Escalation.objects.get(review=review).outcome == EscalationOutcome.UPHELD
    assert make.found(review).status == ReviewStatus.SIGNED


def uphold(review: RapidReview, by: Any) -> Callable[[], LeadAnswer]:
    return lambda: answer_escalation(
        review, by=by, answer=Answer.YES, reason="Invented", without_reason="Invented vacancy"
    )


@pytest.mark.parametrize("attempt", range(3))
def test_lead_walled_off_at_the_second_of_an_answer_leaves_a_whole_record(world: World, attempt: int) -> None:
    review = make.escalated(world)
    answered, _ = together(
        uphold(review, world.la_lead),
        lambda: wall_off(review.case, user=world.la_lead.user, by=world.manager, reason="Invented conflict"),
    )
    decided = not isinstance(answered, Refused)
    assert make.found(review).status == (ReviewStatus.SIGNED if decided else ReviewStatus.WITH_PARTNERS)
    assert LeadAnswer.objects.filter(escalation__review=review).exists() == decided
    with pytest.raises(Refused, match="cannot open this case"):
        uphold(review, world.la_lead)()


@pytest.mark.parametrize("attempt", range(3))
def test_wall_raised_at_the_second_of_the_last_signature(world: World, attempt: int) -> None:
    review = make.with_partners(world)
    for partner in (world.la, world.icb):
        sign(review, by=partner, answer=Answer.YES, reason="Invented")
    signed, _ = together(
        agree(review, world.police),
        lambda: wall_off(review.case, user=world.police.user, by=world.manager, reason="Invented conflict"),
    )
    version = latest_version(review.case)
    assert version is not None
    counted = not isinstance(signed, Refused)
    assert version.sign_offs.count() == (3 if counted else 2)
    assert make.found(review).status == (ReviewStatus.SIGNED if counted else ReviewStatus.WITH_PARTNERS)


@pytest.mark.parametrize("attempt", range(3))
def test_who_writes_and_signs_at_one_second_has_no_standing_signature(world: World, attempt: int) -> None:
    review = make.with_partners(world)
    both = make_member(
        "delegated_partner", user=make_member("officer", partnership=world.partnership).user,
        partnership=world.partnership, partner="POLICE",
    )  # fmt: skip
    writes = Membership.objects.get(user=both.user, role="officer")
    together(
        agree(review, both),
        lambda: save_section(review, section="learning", text="Invented, mine", revision=None, by=writes),
    )
    version = latest_version(review.case)
    assert version is not None
    assert version.status == "taken_back"
    put_to_partners(make.found(review), by=world.officer)
    with pytest.raises(Refused, match="prepared"):
        sign(make.found(review), by=both, answer=Answer.YES, reason="Invented")


def test_decided_again_by_two_at_once_is_one_new_version(world: World) -> None:
    review = panel.sent(world)
    panel.answered(review, PanelAnswerKind.DISAGREES, by=world.officer)
    together(
        *(
            lambda one=one: redecide(review, by=one, reason="Invented")
            for one in (world.officer, world.manager)
        )
    )
    assert make.found(review).proposals.count() == 2


def test_sent_by_two_at_once_is_sent_once(world: World) -> None:
    review = make.signed(world)
    together(
        *(
            lambda one=one: send_review(review, panel.sending(), by=one)
            for one in (world.officer, world.second_officer)
        )
    )
    assert SentReview.objects.filter(review=review).count() == 1
    assert Telling.objects.filter(case=review.case, clock="C5").count() == 1


def test_sent_at_the_second_a_section_is_changed(world: World) -> None:
    review = make.signed(world)
    sent, changed = together(
        lambda: send_review(review, panel.sending(), by=world.officer),
        lambda: save_section(
            review, section="learning", text="Invented, changed", revision=None, by=world.second_officer
        ),
    )
    assert isinstance(sent, Refused) != isinstance(changed, Refused)
    standing = make.found(review).status
    assert standing == (ReviewStatus.GATHERING if isinstance(sent, Refused) else ReviewStatus.SENT)


def test_told_by_two_at_once_is_one_entry_and_by_one_twice_too(world: World) -> None:
    review = panel.sent(world)
    panel.answered(review, PanelAnswerKind.NATIONAL_REVIEW, by=world.officer)

    def tells(by: Membership) -> Callable[[], SecretaryTold]:
        return lambda: record_secretary_told(review, told_on=today(), how_known="Invented call", by=by)

    first, second = together(tells(world.officer), tells(world.second_officer))
    assert isinstance(first, AlreadyDone) != isinstance(second, AlreadyDone)
    who = world.officer if isinstance(second, AlreadyDone) else world.second_officer
    assert [type(one) for one in together(tells(who), tells(who))] == [SecretaryTold] * 2
    assert SecretaryTold.objects.count() == 1


def test_question_of_the_panel_by_two_at_once_is_one_clock(world: World) -> None:
    review = panel.sent(world)
    panel.answered(review, PanelAnswerKind.DISAGREES, by=world.officer)
    again, at = make.found(redecide(make.found(review), by=world.officer, reason="Invented")), now()
    asks = (
        lambda one=one: panel.answered(again, PanelAnswerKind.ASKS_FOR_MORE, by=one, at=at)
        for one in (world.officer, world.second_officer)
    )
    assert sum(isinstance(one, AlreadyDone) for one in together(*asks)) == 1
    assert Deadline.objects.filter(case=review.case, clock="C9").count() == 1
