"""An incident from receipt to decision: its dates, its clocks at each step, and who may do what."""

from datetime import date, time, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from cspr.audit.models import Event
from cspr.cases.models import StatusChange
from cspr.deadlines.models import Deadline, DueDate
from cspr.decisions.models import Answer, Decision, DecisionStatus
from cspr.decisions.services import dissent
from cspr.dispatch.models import Message, Telling, TellingKind
from cspr.govuk.dates import RoughDate, london_moment
from cspr.models import Changed
from cspr.now import now
from cspr.workflow import AlreadyDone, Refused
from notifications import phrases
from notifications.models import Incident, Referral
from notifications.options import ReferralStatus
from notifications.options.incident import IncidentStatus
from notifications.selectors.incident import incident_of, open_question
from notifications.services.areas import add_area
from notifications.services.asking import give_view, request_views, take_back
from notifications.services.deciding import decide, reopen
from notifications.services.incident import (
    Occurrence,
    answer_test,
    confirm_route,
    correct_awareness,
    record_awareness,
    record_dates,
)
from notifications.services.receiving import receive_referral
from tests.factories import incidents as make
from tests.factories.people import World, make_member
from tests.factories.referrals import complete

MONDAY = london_moment(date(2026, 11, 23), time(9, 0))


@pytest.fixture(autouse=True)
def monday() -> object:
    """Monday 23 November 2026, 9:00 in London."""
    with time_machine.travel(MONDAY, tick=False):
        yield


def running(incident: Incident) -> dict[str, date]:
    """The open clocks and when each is due."""
    rows = Deadline.objects.filter(case=incident.case, met_at=None, withdrawn_at=None)
    return dict(rows.values_list("clock", "due_on"))


def test_a_sent_referral_opens_one_incident_with_its_dates_and_starts_c4(northvale: World) -> None:
    incident = make.received(northvale)
    assert incident.status == IncidentStatus.TRIAGE
    assert (incident.occurred_on, incident.agency_aware_on) == (make.HAPPENED, make.HAPPENED)
    assert incident.dates_recorded_at is None
    assert running(incident) == {"C4": date(2026, 11, 24)}


def test_sending_twice_opens_one_incident(northvale: World) -> None:
    draft = complete(northvale.referrer)
    first = receive_referral(draft, by=northvale.referrer)
    again = receive_referral(draft, by=northvale.referrer)
    assert first.case_id == again.case_id
    assert Incident.objects.count() == 1


def test_the_unit_is_mailed_a_reference_only(northvale: World) -> None:
    northvale.partnership.unit_email = "unit@example.test"
    northvale.partnership.save()
    incident = make.received(northvale)
    message = Message.objects.get(kind=phrases.REFERRAL_WAITS)
    assert message.subject == f"{phrases.REFERRAL_WAITS}: {incident.case.reference}"
    assert "Childname" not in message.body


def test_dates_already_true_are_recorded_by_a_person(northvale: World) -> None:
    incident = make.with_dates(make.received(northvale), by=northvale.officer)
    assert incident.dates_recorded_by == northvale.officer


@pytest.mark.parametrize(
    ("occurred", "at", "field"),
    [
        (RoughDate(RoughDate.EXACT, date(2026, 11, 24), date(2026, 11, 24)), None, "occurred"),
        (RoughDate(RoughDate.EXACT, date(2026, 11, 23), date(2026, 11, 23)), time(9, 1), "occurred_time"),
        (RoughDate(RoughDate.EXACT, date(2020, 3, 26), date(2020, 3, 26)), None, "occurred"),
        (RoughDate(RoughDate.EXACT, date(2026, 11, 13), date(2026, 11, 13)), None, "agency_aware_on"),
    ],
)
def test_dates_that_cannot_be_true_are_refused_beside_their_field(
    northvale: World, occurred: RoughDate, at: time | None, field: str
) -> None:
    incident = make.received(northvale)
    given = Occurrence(occurred, make.HAPPENED, occurred_time=at, happened_in="Invented town")
    with pytest.raises(Refused) as refused:
        record_dates(incident, occurrence=given, by=northvale.officer)
    assert field in refused.value.fields


def test_about_the_day_does_not_contradict_its_neighbour(northvale: World) -> None:
    about = RoughDate(RoughDate.ABOUT, date(2026, 11, 14), date(2026, 11, 14))
    given = Occurrence(about, make.HAPPENED, happened_in="Invented town")
    assert record_dates(make.received(northvale), occurrence=given, by=northvale.officer).occurred == about


@pytest.mark.parametrize(
    ("at", "field"),
    [
        (london_moment(date(2026, 11, 24), time(8, 0)), "aware_on"),
        (london_moment(date(2026, 11, 23), time(9, 1)), "aware_time"),
        (london_moment(date(2026, 11, 11), time(9, 0)), "aware_on"),
        (london_moment(date(2026, 11, 12), time(9, 0)), "aware_time"),
    ],
)
def test_awareness_ahead_or_before_the_incident_is_refused(northvale: World, at: object, field: str) -> None:
    with pytest.raises(Refused) as refused:
        make.aware(make.received(northvale), by=northvale.officer, at=at)  # type: ignore[arg-type]
    assert field in refused.value.fields


def test_awareness_starts_c1_and_c2(northvale: World) -> None:
    incident = make.aware(make.received(northvale), by=northvale.officer)
    due = date(2026, 11, 20)
    assert running(incident) == {"C1": due, "C2": due, "C4": date(2026, 11, 24)}


def test_awareness_on_christmas_eve_counts_no_holiday(northvale: World) -> None:
    with time_machine.travel(london_moment(date(2026, 12, 29), time(9, 0)), tick=False):
        incident = make.aware(
            make.received(northvale), by=northvale.officer, at=london_moment(date(2026, 12, 24), time(23, 30))
        )
        assert running(incident)["C1"] == date(2027, 1, 5)


def test_awareness_is_recorded_once_by_the_officer(northvale: World) -> None:
    incident = make.aware(make.received(northvale), by=northvale.officer)
    with pytest.raises(Refused):
        make.aware(incident, by=northvale.officer, at=make.AWARE - timedelta(hours=1))


def test_correcting_awareness_keeps_the_first_due_date(northvale: World) -> None:
    incident = make.aware(make.received(northvale), by=northvale.officer)
    later = london_moment(date(2026, 11, 17), time(12, 0))
    given = {"person": "Invented", "evidence": "Invented log", "reason": "The call was misdated"}
    correct_awareness(incident, at=later, by=northvale.manager, **given)
    c1 = Deadline.objects.get(case=incident.case, clock="C1")
    assert (c1.first_due_on, c1.due_on) == (date(2026, 11, 20), date(2026, 11, 24))
    assert DueDate.objects.get(deadline=c1).why == "The call was misdated"


def test_only_the_manager_corrects_awareness_and_only_with_a_reason(northvale: World) -> None:
    incident = make.aware(make.received(northvale), by=northvale.officer)
    given = {"at": make.AWARE, "person": "Invented", "evidence": "Invented"}
    with pytest.raises(Refused):
        correct_awareness(incident, by=northvale.officer, reason="Invented", **given)
    with pytest.raises(Refused) as refused:
        correct_awareness(incident, by=northvale.manager, reason=" ", **given)
    assert "reason" in refused.value.fields


@pytest.mark.parametrize(
    ("route", "answers", "clocks"),
    [
        ("A", make.TESTS, {"C1", "C2"}),
        ("A", make.LOOKED_AFTER_DEATH, {"C1", "C2", "C3"}),
        ("B", make.LOOKED_AFTER_WITHOUT_ABUSE, {"C3"}),
        ("D", make.NEAR_MISS, set()),
    ],
)
def test_the_route_settles_which_clocks_run(
    northvale: World, route: str, answers: dict, clocks: set[str]
) -> None:
    incident = make.ready(northvale, route=route, answers=answers)
    assert set(running(incident)) == clocks | {"C4"}


def test_clocks_the_route_withdraws_say_why(northvale: World) -> None:
    incident = make.ready(northvale, route="D", answers=make.NEAR_MISS)
    assert (
        "Invented reason for the route"
        in Deadline.objects.get(case=incident.case, clock="C1").withdrawn_reason
    )


def test_a_route_the_answers_do_not_allow_is_refused(northvale: World) -> None:
    incident = make.with_answers(
        make.received(northvale), by=northvale.officer, answers=make.LOOKED_AFTER_DEATH
    )
    with pytest.raises(Refused) as refused:
        confirm_route(incident, route="D", reason="Invented", by=northvale.officer)
    assert "route" in refused.value.fields


def test_the_route_waits_for_the_tests(northvale: World) -> None:
    with pytest.raises(Refused, match="Answer the four tests first"):
        confirm_route(make.received(northvale), route="A", reason="Invented", by=northvale.officer)


def test_a_changed_answer_undoes_the_route(northvale: World) -> None:
    incident = make.ready(northvale)
    changed = answer_test(incident, answers=make.NEAR_MISS["harm"], by=northvale.officer)
    assert (changed.route, changed.routed_at) == ("", None)


def test_the_same_answer_again_changes_nothing(northvale: World) -> None:
    incident = make.ready(northvale)
    before = Event.objects.count()
    again = answer_test(incident, answers=make.TESTS["harm"], by=northvale.officer, revision=1)
    assert (again.route, Event.objects.count()) == ("A", before)


def test_two_officers_on_one_page_the_second_is_told(northvale: World) -> None:
    incident = make.received(northvale)
    answer_test(incident, answers=make.TESTS["harm"], by=northvale.officer, revision=incident.revision)
    with pytest.raises(Changed):
        answer_test(
            incident, answers=make.TESTS["abuse"], by=northvale.second_officer, revision=incident.revision
        )


def test_views_are_asked_only_with_dates_tests_and_route(northvale: World) -> None:
    with pytest.raises(Refused, match="Record when the incident happened"):
        request_views(make.received(northvale), by=northvale.officer)


def test_asking_freezes_the_papers_and_mails_each_partner_a_reference(northvale: World) -> None:
    incident = make.asked(northvale)
    question = open_question(incident.case)
    assert question is not None
    assert [
        "Abuse or neglect (3.1)",
        "Abuse or neglect is suspected. Invented injuries that nobody explains",
    ] in (question.papers)
    mails = Message.objects.filter(kind=phrases.VIEW_ASKED)
    assert {mail.to_membership for mail in mails} == set(northvale.partners)
    assert all("Invented" not in mail.body and incident.case.reference in mail.subject for mail in mails)


def test_asking_twice_asks_once_and_a_colleague_is_told_who_did(northvale: World) -> None:
    incident = make.asked(northvale)
    request_views(incident, by=northvale.second_officer)
    with pytest.raises(AlreadyDone):
        request_views(incident, by=northvale.officer)
    assert Decision.objects.count() == 1


@pytest.mark.parametrize("who", ["officer", "manager", "scrutineer", "la_lead", "referrer"])
def test_only_a_delegated_partner_gives_a_view(northvale: World, who: str) -> None:
    with pytest.raises(Refused):
        give_view(make.asked(northvale), by=getattr(northvale, who), answer=Answer.YES, reason="Invented")


def test_a_partner_of_another_partnership_gives_no_view(northvale: World, southmere: World) -> None:
    with pytest.raises(Refused):
        give_view(make.asked(northvale), by=southmere.icb, answer=Answer.YES, reason="Invented")


def test_a_view_is_the_own_partners_and_given_once(northvale: World) -> None:
    incident = make.asked(northvale)
    view = give_view(incident, by=northvale.icb, answer=Answer.NO, reason="Invented")
    assert view.partner == "ICB"
    colleague = make_member("delegated_partner", partnership=northvale.partnership, partner="ICB")
    with pytest.raises(AlreadyDone):
        give_view(incident, by=colleague, answer=Answer.YES, reason="Invented")


def test_who_prepared_the_question_neither_answers_nor_decides(northvale: World) -> None:
    both = make_member(
        "delegated_partner",
        partnership=northvale.partnership,
        partner="LA",
        user=northvale.second_officer.user,
    )
    incident = make.asked(northvale)
    with pytest.raises(Refused, match="somebody else"):
        give_view(incident, by=both, answer=Answer.YES, reason="Invented")
    with pytest.raises(Refused, match="somebody else"):
        decide(incident, by=both, outcome=Answer.YES, rationale="Invented", referrer_reason="Invented")


def test_changed_facts_take_the_question_back_and_keep_the_views_in_their_version(northvale: World) -> None:
    incident = make.asked(northvale)
    give_view(incident, by=northvale.icb, answer=Answer.YES, reason="Invented")
    changed = answer_test(incident, answers=make.NEAR_MISS["harm"], by=northvale.officer)
    first = Decision.objects.get()
    assert (changed.status, first.status) == (IncidentStatus.TRIAGE, DecisionStatus.TAKEN_BACK)
    confirm_route(changed, route="D", reason="Invented", by=northvale.officer)
    request_views(changed, by=northvale.officer)
    assert [one.sign_offs.count() for one in Decision.objects.order_by("version")] == [1, 0]


def test_a_question_can_be_taken_back_with_a_reason(northvale: World) -> None:
    incident = make.asked(northvale)
    with pytest.raises(Refused):
        take_back(incident, by=northvale.officer, reason="")
    assert take_back(incident, by=northvale.officer, reason="Invented").status == IncidentStatus.TRIAGE


def test_deciding_to_notify_meets_c4_tells_each_one_and_the_referrer(northvale: World) -> None:
    incident = make.decided(northvale)
    assert incident.status == IncidentStatus.NOTIFIABLE
    assert set(running(incident)) == {"C1", "C2"}
    told = Telling.objects.filter(case=incident.case, clock="C2")
    assert {one.partner for one in told} == {"LA", "ICB", "POLICE"}
    referral = Referral.objects.get(case=incident.case)
    assert (referral.status, referral.outcome_reason) == (ReferralStatus.DECIDED, "Invented reason told")
    assert Telling.objects.filter(what=TellingKind.DECISION_TO_REFERRER).count() == 1
    assert incident.notification.status == "preparing"


def test_other_areas_are_told_one_by_one(northvale: World, southmere: World) -> None:
    incident = make.viewed(northvale)
    add_area(incident, by=northvale.officer, why="Invented", partnership=southmere.partnership)
    add_area(incident, by=northvale.officer, why="Invented", name="Eastmoor", email="unit@eastmoor.test")
    decide(incident, by=northvale.la, outcome=Answer.YES, rationale="Invented", referrer_reason="Invented")
    told = Telling.objects.filter(what=TellingKind.SERIOUS_INCIDENT_TO_AREA)
    assert {one.recipient_name for one in told} == {str(southmere.partnership), "Eastmoor"}


def test_the_local_authority_goes_against_both_views_and_the_dissent_stays(northvale: World) -> None:
    incident = make.decided(northvale, views={"ICB": Answer.NO, "POLICE": Answer.NO})
    question = Decision.objects.get(case=incident.case)
    assert {one.partner for one in dissent(question)} == {"ICB", "POLICE"}
    assert incident.outcome == Answer.YES


def test_a_missing_view_needs_a_reason_and_the_decision_is_the_deciders_view(northvale: World) -> None:
    incident = make.asked(northvale)
    give_view(incident, by=northvale.icb, answer=Answer.YES, reason="Invented")
    given = {
        "by": northvale.la,
        "outcome": Answer.YES,
        "rationale": "Invented",
        "referrer_reason": "Invented",
    }
    with pytest.raises(Refused) as refused:
        decide(incident, **given)
    assert "police" in refused.value.fields["without_view_reason"]
    decide(incident, **given, without_view_reason="The police partner is away")
    question = Decision.objects.get(case=incident.case)
    assert {one.partner for one in question.sign_offs.all()} == {"LA", "ICB"}


@pytest.mark.parametrize("who", ["icb", "police", "officer", "manager", "la_lead"])
def test_nobody_but_the_local_authoritys_partner_decides(northvale: World, who: str) -> None:
    incident = make.viewed(northvale)
    with pytest.raises(Refused):
        decide(
            incident,
            by=getattr(northvale, who),
            outcome=Answer.YES,
            rationale="Invented",
            referrer_reason="Invented",
        )


def test_deciding_twice_decides_once_and_a_colleague_is_told_who_did(northvale: World) -> None:
    incident = make.decided(northvale)
    given = {"rationale": "Invented", "referrer_reason": "Invented"}
    decide(incident, by=northvale.la, outcome=Answer.YES, **given)
    colleague = make_member("delegated_partner", partnership=northvale.partnership, partner="LA")
    for outcome in (Answer.YES, Answer.NO):
        with pytest.raises(AlreadyDone):
            decide(incident, by=colleague, outcome=outcome, **given)
    assert StatusChange.objects.filter(transition="decide_notifiable").count() == 1


def test_not_notifiable_withdraws_c1_and_c2(northvale: World) -> None:
    incident = make.decided(northvale, outcome=Answer.NO)
    assert (incident.status, running(incident)) == (IncidentStatus.NOT_NOTIFIABLE, {})
    assert not hasattr(incident, "notification")


def test_not_notifiable_keeps_the_telling_of_a_looked_after_childs_death(northvale: World) -> None:
    incident = make.decided(northvale, outcome=Answer.NO, route="B", answers=make.LOOKED_AFTER_WITHOUT_ABUSE)
    assert set(running(incident)) == {"C3"}
    assert incident.is_to_be_sent
    assert not incident.is_serious


def test_the_manager_opens_again_with_a_reason_and_the_clocks_run_again(northvale: World) -> None:
    incident = make.decided(northvale, outcome=Answer.NO)
    with pytest.raises(Refused):
        reopen(incident, by=northvale.officer, reason="New information")
    opened = reopen(incident, by=northvale.manager, reason="New information")
    assert (opened.status, opened.outcome, opened.decided_at) == (IncidentStatus.TRIAGE, "", None)
    assert set(running(opened)) == {"C1", "C2"}


def test_a_later_outcome_reaches_the_referrer_too(northvale: World) -> None:
    incident = reopen(
        make.decided(northvale, outcome=Answer.NO), by=northvale.manager, reason="New information"
    )
    request_views(incident, by=northvale.officer)
    for partner in northvale.partners:
        give_view(incident, by=partner, answer=Answer.YES, reason="Invented")
    decide(incident, by=northvale.la, outcome=Answer.YES, rationale="Invented", referrer_reason="It changed")
    assert Referral.objects.get(case=incident.case).outcome_reason == "It changed"


def test_awareness_can_be_corrected_after_the_decision_to_notify(northvale: World) -> None:
    incident = make.decided(northvale)
    later = london_moment(date(2026, 11, 16), time(12, 0))
    given = {"person": "Invented", "evidence": "Invented", "reason": "Invented"}
    corrected = correct_awareness(incident, at=later, by=northvale.manager, **given)
    assert corrected.status == IncidentStatus.NOTIFIABLE
    assert running(corrected)["C1"] == date(2026, 11, 23)


def test_every_change_is_in_the_record(northvale: World) -> None:
    incident = make.decided(northvale)
    kinds = set(Event.objects.filter(case_id=incident.case_id).values_list("kind", flat=True))
    assert {
        "incident.opened", "incident.record_dates", "incident.record_awareness", "incident.answer_test",
        "incident.confirm_route", "incident.request_views", "decision.view_given", "incident.decide_notifiable",
    } <= kinds  # fmt: skip
    assert incident_of(incident.case).history.first().history_user == northvale.la.user
    assert now() == MONDAY


def test_evidence_of_awareness_is_a_file_of_the_case(northvale: World) -> None:
    note = SimpleUploadedFile("call note.txt", b"An invented call note.", content_type="text/plain")
    incident = record_awareness(
        make.received(northvale),
        at=make.AWARE,
        person="Invented duty manager",
        evidence="Call note",
        by=northvale.officer,
        upload=note,
    )
    assert incident.aware_document is not None
    assert incident.aware_document.case_id == incident.case_id
