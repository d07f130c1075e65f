"""The notification's verbs: open, type over, choose children, record as sent. Rules C1, C3, C5, 4.4 to 4.6."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine

from cspr.audit.models import Event
from cspr.cases.models import StatusChange
from cspr.deadlines.models import Deadline
from cspr.dispatch.models import Telling
from cspr.documents.models import Document
from cspr.models import Changed, Locked
from cspr.now import now
from cspr.workflow import AlreadyDone, Refused
from notifications import national_form
from notifications.frozen_copy import hash_of, is_unchanged
from notifications.models import Incident, Notification
from notifications.national_paths import PATHS
from notifications.options.incident import IncidentStatus
from notifications.selectors.national_answers import GETTERS
from notifications.selectors.notification import notification_of, pack_of
from notifications.services.further import send_further
from notifications.services.notification import answer_section, choose_children, open_pack, record_sent
from notifications.services.referral import follow_to_case
from notifications.services.sending import days_late
from tests.factories import incidents, notifications
from tests.factories.people import World
from tests.notifications.test_notification_edition import SECOND

FRIDAY = datetime(2026, 11, 13, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def friday() -> Any:
    """Friday 13 November 2026, noon: the local authority became aware at ten."""
    with time_machine.travel(FRIDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def pack(northvale: World, bodies: Any) -> Notification:
    return notifications.pack(northvale)


def answers_of(notification: Notification, section: str, **changes: Any) -> dict[str, Any]:
    """What the page shows, with some of it changed."""
    page = pack_of(notification).section(section)
    assert page is not None
    return {**{answer.field.key: answer.value for answer in page.answers}, **changes}


def value(notification: Notification, slot: str) -> Any:
    found = {answer.field.key: answer.value for _, answer in pack_of(notification).answers()}
    return found[slot]


def fresh(notification: Notification) -> Notification:
    found = notification_of(notification.case)
    assert found is not None
    return found


# ---- open
def test_decision_opens_one_pack_of_the_edition_in_force(pack: Notification, northvale: World) -> None:
    again = open_pack(pack.incident, by=northvale.second_officer)
    assert (again.pk, again.edition, again.route, again.status) == (pack.pk, "2025-12", "A", "preparing")
    assert Event.objects.filter(kind="notification.opened").count() == 1


def test_case_started_later_has_the_later_edition_and_the_old_one_stays(
    pack: Notification, southmere: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "2027-04.toml").write_text(SECOND, encoding="utf-8")
    monkeypatch.setattr(national_form, "FOLDERS", (*national_form.FOLDERS, tmp_path))
    with time_machine.travel(datetime(2027, 4, 6, 9, 0, tzinfo=UTC)):
        later = notifications.pack(southmere)
    assert [section.key for section in pack_of(later).sections] == ["first"]
    assert fresh(pack).edition == "2025-12"
    assert pack_of(pack).section("child-1") is not None


def test_nothing_is_opened_before_the_decision(northvale: World) -> None:
    with pytest.raises(Refused):
        open_pack(incidents.ready(northvale), by=northvale.officer)


@pytest.mark.parametrize("who", ["referrer", "icb", "scrutineer", "la_lead"])
def test_pack_is_opened_by_the_unit_or_the_decision_only(northvale: World, who: str) -> None:
    incident = notifications.notifiable(northvale)
    with pytest.raises(Refused):
        open_pack(incident, by=getattr(northvale, who))


# ---- answers
def test_every_path_has_its_getter() -> None:
    assert set(GETTERS) == set(PATHS)


FILLED: dict[str, Any] = {
    "own_reference": "NVL-2026-0001",
    "notifier_name": "Northvale Council Partner",
    "nature": "HARM",
    "reason": "A",
    "abuse_known": "suspected",
    "occurred_on": "2026-11-12",
    "occurred_roughly": "",
    "aware_on": "2026-11-13",
    "aware_time": "10:00",
    "harm_kinds": ["physical"],
    "summary": "An invented account of an invented incident.",
    "child_name": "Invented Child 1",
    "child_born_on": "2020-03-27",
    "child_disabled": "NO",
    "child_looked_after": "NO",
    "child_protection_plan": "NO",
    "place_kind": "in_area",
    "local_authority": "Invented town",
}


def test_case_answers_fill_the_form_in_its_own_codes(pack: Notification) -> None:
    found = {answer.field.key: answer.value for _, answer in pack_of(pack).answers()}
    assert {key: found[key] for key in FILLED} == FILLED


def test_fifth_child_and_later_are_told_as_text(northvale: World, bodies: Any) -> None:
    pack = pack_of(notifications.pack(northvale, children=6))
    assert [section.key for section in pack.sections if section.child] == [
        "child-1",
        "child-2",
        "child-3",
        "child-4",
    ]
    text = {answer.field.key: answer.value for _, answer in pack.answers()}["further_information"]
    assert text.splitlines()[0].startswith("Child 5: Invented Child 5, born 27 March 2020, female")
    assert text.splitlines()[1].startswith("Child 6: Invented Child 6")


def test_typed_answer_stands_over_the_case_and_the_rest_goes_on_following_it(
    pack: Notification, northvale: World
) -> None:
    typed = answers_of(pack, "incident", summary="Typed for the notification.")
    saved = answer_section(pack, section="incident", answers=typed, revision=0, by=northvale.officer)
    assert set(saved.answers) == {"summary"}
    assert saved.answers["summary"]["by"] == "Northvale Officer"
    assert value(fresh(saved), "summary") == "Typed for the notification."
    back = answers_of(fresh(saved), "incident", summary="An invented account of an invented incident.")
    assert (
        answer_section(saved, section="incident", answers=back, revision=1, by=northvale.officer).answers
        == {}
    )


def test_child_answer_stays_with_the_child_when_the_order_changes(northvale: World, bodies: Any) -> None:
    notification = notifications.pack(northvale, children=3)
    typed = answers_of(notification, "child-2", child_school="Typed School")
    answer_section(notification, section="child-2", answers=typed, revision=0, by=northvale.officer)
    second, third = (pack_of(notification).children[place].pk for place in (1, 2))
    chosen = choose_children(
        fresh(notification), children=[second, third], lead=second, revision=0, by=northvale.officer
    )
    pack = pack_of(chosen)
    assert [child.name for child in pack.children] == ["Invented Child 2", "Invented Child 3"]
    assert [child.name for child in pack.left_out] == ["Invented Child 1"]
    assert answers_of(fresh(notification), "child-1")["child_school"] == "Typed School"


def test_lead_child_must_be_told_of(northvale: World, bodies: Any) -> None:
    notification = notifications.pack(northvale, children=2)
    first, second = (child.pk for child in pack_of(notification).children)
    with pytest.raises(Refused):
        choose_children(notification, children=[first], lead=second, revision=0, by=northvale.officer)
    with pytest.raises(Refused):
        choose_children(notification, children=[], lead=first, revision=0, by=northvale.officer)


def test_too_long_an_answer_says_how_many_characters_to_cut(pack: Notification, northvale: World) -> None:
    typed = answers_of(pack, "incident", summary="x" * 4012)
    with pytest.raises(Refused) as refused:
        answer_section(pack, section="incident", answers=typed, revision=0, by=northvale.officer)
    assert refused.value.fields == {"summary": "Cut 12 characters: this is 4,012 and the form takes 4,000"}


def test_long_answer_of_the_case_is_shown_as_too_long(northvale: World, bodies: Any) -> None:
    notification = notifications.pack(northvale, narrative="y" * 4001)
    assert [answer.field.key for _, answer in pack_of(notification).too_long()] == ["summary"]


def test_missing_answers_are_listed(pack: Notification) -> None:
    missing = {answer.field.key for _, answer in pack_of(pack).missing()}
    assert "notifier_role" in missing
    assert "summary" not in missing


def test_page_saved_by_a_colleague_since_is_changed(pack: Notification, northvale: World) -> None:
    typed = answers_of(pack, "incident", summary="First.")
    answer_section(pack, section="incident", answers=typed, revision=0, by=northvale.officer)
    with pytest.raises(Changed):
        answer_section(
            pack,
            section="incident",
            answers={**typed, "summary": "Second."},
            revision=0,
            by=northvale.manager,
        )
    other = answers_of(fresh(pack), "response", action_taken="On another page.")
    answer_section(pack, section="response", answers=other, revision=0, by=northvale.manager)


def test_partner_may_not_type(pack: Notification, northvale: World) -> None:
    with pytest.raises(Refused):
        answer_section(
            pack, section="incident", answers=answers_of(pack, "incident"), revision=0, by=northvale.police
        )


def test_pack_cannot_be_saved_around_its_verbs(pack: Notification) -> None:
    with pytest.raises(Locked):
        pack.save()


# ---- sent
def test_sending_freezes_meets_c1_starts_c5_and_tells(pack: Notification, northvale: World) -> None:
    sent = record_sent(pack, notifications.sending(), by=northvale.officer)
    assert sent.status == "sent"
    assert sent.system_reference == "SIN-2026-00042"
    assert is_unchanged(fresh(sent).frozen, sent.frozen_hash)
    assert Incident.objects.get(pk=pack.incident_id).status == IncidentStatus.NOTIFIED
    clocks = {one.clock: one for one in Deadline.objects.filter(case=pack.case)}
    assert clocks["C1"].met_on == date(2026, 11, 13)
    assert (clocks["C5"].start_on, clocks["C5"].due_on) == (date(2026, 11, 13), date(2026, 12, 4))
    assert "C3" not in clocks
    told = Telling.objects.filter(case=pack.case, how="national_system")
    assert {(one.body.kind, one.clock) for one in told} == {
        ("panel", "C1"), ("secretary_of_state", "C1"), ("ofsted", "C1")
    }  # fmt: skip
    assert {one.proof_id for one in told} == {sent.evidence_id}


def test_moment_belongs_to_its_day_in_london(northvale: World, bodies: Any) -> None:
    """23:30 UTC on a Sunday in June is Monday in London: C1 is met, and C5 counts, from Monday (D5)."""
    sunday = datetime(2027, 6, 20, 23, 30, tzinfo=UTC)
    with time_machine.travel(sunday + timedelta(minutes=5), tick=False):
        pack = notifications.pack(northvale, at=sunday - timedelta(days=1))
        record_sent(pack, notifications.sending(at=sunday, early_reason="Sent at once"), by=northvale.officer)
    clocks = {one.clock: one for one in Deadline.objects.filter(case=pack.case)}
    assert clocks["C1"].met_on == date(2027, 6, 21)
    assert (clocks["C5"].start_on, clocks["C5"].due_on) == (date(2027, 6, 21), date(2027, 7, 12))


def test_looked_after_death_without_abuse_meets_c3_and_no_rapid_review_follows(
    northvale: World, bodies: Any
) -> None:
    pack = notifications.pack(
        northvale,
        route="B",
        answers=incidents.LOOKED_AFTER_WITHOUT_ABUSE,
        nature="death",
        serious_harm_reason="",
    )
    record_sent(pack, notifications.sending(), by=northvale.officer)
    clocks = {one.clock: one for one in Deadline.objects.filter(case=pack.case, withdrawn_at__isnull=True)}
    assert clocks["C3"].met_on == date(2026, 11, 13)
    assert "C5" not in clocks
    told = Telling.objects.filter(case=pack.case, how="national_system")
    assert {(one.body.kind, one.clock) for one in told} == {("secretary_of_state", "C3"), ("ofsted", "C3")}


def test_looked_after_death_with_abuse_meets_c1_and_c3(northvale: World, bodies: Any) -> None:
    pack = notifications.pack(
        northvale, answers=incidents.LOOKED_AFTER_DEATH, nature="death", serious_harm_reason=""
    )
    record_sent(pack, notifications.sending(), by=northvale.officer)
    met = Deadline.objects.filter(case=pack.case, met_on=date(2026, 11, 13)).values_list("clock", flat=True)
    assert {"C1", "C3"} <= set(met)
    assert Deadline.objects.filter(case=pack.case, clock="C5").exists()


def test_pressed_twice_by_one_person_nothing_is_doubled(pack: Notification, northvale: World) -> None:
    first = record_sent(pack, notifications.sending(), by=northvale.officer)
    counted = (Document, StatusChange, Telling, Event)
    before = [model.objects.count() for model in counted]
    again = record_sent(pack, notifications.sending(system_reference="OTHER"), by=northvale.officer)
    assert again.system_reference == first.system_reference
    assert [model.objects.count() for model in counted] == before


def test_pressed_by_another_it_is_already_done(pack: Notification, northvale: World) -> None:
    record_sent(pack, notifications.sending(), by=northvale.officer)
    with pytest.raises(AlreadyDone) as done:
        record_sent(pack, notifications.sending(), by=northvale.manager)
    assert done.value.by.user_id == northvale.officer.user_id


@pytest.mark.parametrize("who", ["la", "icb", "scrutineer", "referrer"])
def test_others_may_not_record_it(pack: Notification, northvale: World, who: str) -> None:
    with pytest.raises(Refused):
        record_sent(pack, notifications.sending(), by=getattr(northvale, who))
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"at": FRIDAY + timedelta(minutes=1)}, "sent_on"),
        ({"at": incidents.AWARE - timedelta(minutes=1)}, "sent_on"),
        ({"at": incidents.AWARE + timedelta(minutes=1)}, "early_reason"),
        ({"system_reference": ""}, "system_reference"),
        ({"sender_name": ""}, "sender_name"),
        ({"evidence": None}, "evidence"),
        ({"evidence": notifications.evidence("confirmation.exe")}, "evidence"),
    ],
)
def test_sending_that_cannot_be_is_refused_beside_its_field(
    pack: Notification, northvale: World, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        record_sent(pack, notifications.sending(**changes), by=northvale.officer)
    assert set(refused.value.fields) == {field}
    assert fresh(pack).status == "preparing"


def test_sent_before_the_decision_is_kept_with_its_reason(pack: Notification, northvale: World) -> None:
    early = notifications.sending(
        at=incidents.AWARE + timedelta(minutes=5), early_reason="Sent at once by the duty manager"
    )
    assert record_sent(pack, early, by=northvale.officer).early_reason == "Sent at once by the duty manager"


@pytest.mark.parametrize(
    ("day", "days"),
    [(20, None), (21, 0), (23, 1), (24, 2)],
    ids=["on the day", "Saturday", "Monday", "Tuesday"],
)
def test_late_sending_says_by_how_many_working_days_and_needs_a_reason(
    pack: Notification, northvale: World, friday: Any, day: int, days: int | None
) -> None:
    """Aware on Friday 13 November: due on Friday 20 November."""
    friday.move_to(datetime(2026, 11, day, 15, 0, tzinfo=UTC))
    assert days_late(pack, now()) == days
    if days is not None:
        with pytest.raises(Refused) as refused:
            record_sent(pack, notifications.sending(), by=northvale.officer)
        assert set(refused.value.fields) == {"late_reason"}
    reason = "" if days is None else "The system was down"
    sent = record_sent(pack, notifications.sending(late_reason=reason), by=northvale.officer)
    assert sent.late_reason == reason


def test_frozen_copy_stays_when_the_case_changes_and_a_changed_copy_is_noticed(
    pack: Notification, northvale: World
) -> None:
    sent = record_sent(pack, notifications.sending(), by=northvale.officer)
    assert sent.frozen is not None
    assert hash_of(fresh(sent).frozen or {}) == sent.frozen_hash
    assert not is_unchanged({**sent.frozen, "case": "NVL-2026-0002"}, sent.frozen_hash)


def test_authority_of_the_last_notification_fills_the_next_of_the_partnership(
    pack: Notification, northvale: World, southmere: World
) -> None:
    typed = answers_of(pack, "notifier", local_authority="Northvale Borough Council")
    answer_section(pack, section="notifier", answers=typed, revision=0, by=northvale.officer)
    record_sent(pack, notifications.sending(), by=northvale.officer)
    assert value(notifications.pack(northvale), "local_authority") == "Northvale Borough Council"
    assert value(notifications.pack(southmere), "local_authority") == "Invented town"


def test_after_sending_the_pack_is_read_only_and_further_information_stands_beside(
    pack: Notification, northvale: World
) -> None:
    sent = record_sent(pack, notifications.sending(), by=northvale.officer)
    with pytest.raises(Refused):
        answer_section(
            sent, section="incident", answers=answers_of(sent, "incident"), revision=0, by=northvale.officer
        )
    given: dict[str, Any] = {
        "text": "The date of birth was wrong.",
        "sender_name": "Invented Sender",
        "upload": None,
    }
    entry = send_further(sent, at=now(), by=northvale.officer, **given)
    assert (entry.further, entry.direction, entry.said_by) == (True, "to", "Invented Sender")
    assert fresh(sent).frozen_hash == sent.frozen_hash
    with pytest.raises(Refused):
        send_further(sent, at=now() - timedelta(days=1), by=northvale.officer, **given)


def test_further_information_needs_a_notification_sent(pack: Notification, northvale: World) -> None:
    with pytest.raises(Refused):
        send_further(pack, text="x", sender_name="y", at=now(), upload=None, by=northvale.officer)


def test_two_referrals_of_one_child_tell_of_one_child(pack: Notification, northvale: World) -> None:
    same = notifications.referred(northvale.other_referrer, narrative="Another invented account.")
    follow_to_case(same, case=pack.case, by=northvale.officer)
    assert [child.name for child in pack_of(pack).children] == ["Invented Child 1"]
    assert value(pack, "summary") == "An invented account of an invented incident."


def test_second_referral_brings_its_other_child(pack: Notification, northvale: World) -> None:
    second = notifications.referred(northvale.other_referrer, children=2)
    follow_to_case(second, case=pack.case, by=northvale.officer)
    assert [child.name for child in pack_of(pack).children] == ["Invented Child 1", "Invented Child 2"]
