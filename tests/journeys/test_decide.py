"""The unit triages and asks; three partners answer, each for themselves; the authority decides; the agency reads."""

import pytest

from cspr.govuk.dates import in_london
from cspr.now import now
from notifications.models import Incident
from notifications.options.incident import TESTS
from tests.factories import incidents
from tests.factories.people import World
from tests.journeys.conftest import Opens

pytestmark = pytest.mark.journey


def test_the_unit_triages_and_records_when_the_authority_became_aware(northvale: World, visit: Opens) -> None:
    incident = incidents.received(northvale)
    at, today = f"/cases/{incident.case_id}/incident/", in_london(now())
    officer = visit(northvale.officer).opens("/").reads(incident.case.reference).pictured("board")
    officer.opens(at).pictured("triage").opens(f"{at}record-awareness/").presses(
        "Record the moment"
    ).expects_error_summary()
    officer.answers(aware_on=f"{today.day} {today.month} {today.year}", aware_time="00:01")
    officer.answers(aware_person="Invented duty manager", aware_evidence="Invented call note")
    officer.presses("Record the moment")
    for test, answers in zip(TESTS, incidents.TESTS.values(), strict=True):
        officer.opens(f"{at}answer-test/{test}/")
        officer.answers(**{name: value for name, value in answers.items() if value}).presses(
            "Save the answer"
        )
    officer.opens(f"{at}confirm-route/").answers(route="A", reason="Invented reason").presses(
        "Confirm the route"
    )
    incident.refresh_from_db()
    assert (incident.route, incident.aware_person) == ("A", "Invented duty manager")
    clock = incident.case.deadlines.get(clock="C1")
    officer.opens(f"/cases/{incident.case_id}/clocks/{clock.pk}").reads("Day 0").pictured("clock")


def test_three_partners_answer_and_the_authority_decides_against_one(northvale: World, visit: Opens) -> None:
    incident = incidents.ready(northvale)
    at = f"/cases/{incident.case_id}/incident/"
    unit = visit(northvale.second_officer).opens(f"{at}request-views/").pictured("ask-the-partners")
    unit.presses("Ask the partners")
    for partner, view in zip(northvale.partners, ("yes", "yes", "no"), strict=True):
        person = visit(partner).opens("/").reads(incident.case.reference).opens(f"{at}give-view/")
        if partner == northvale.police:
            person.pictured("give-view", begin="Views")
        person.presses("Give this view").expects_error_summary("Enter the reason for your view")
        person.answers(answer=view, reason=f"Invented view of {partner.partner}").presses("Give this view")
    la = visit(northvale.la).opens(f"{at}decide-notifiable/").reads("Invented view of POLICE")
    la.pictured("decide", begin="Views")
    la.answers(outcome="yes", rationale="Invented rationale", referrer_reason="It meets the criteria.")
    la.presses("Record the decision")
    incident.refresh_from_db()
    assert (incident.status, incident.outcome) == (Incident.Status.NOTIFIABLE, "yes")
    icb = visit(northvale.icb).opens(f"/cases/{incident.case_id}/decisions")
    icb.reads("Invented view of POLICE").pictured("decision")
    referral = incident.case.referrals.get()
    agency = visit(northvale.referrer).opens(f"/referrals/{referral.pk}/").reads("It meets the criteria.")
    agency.does_not_read("Invented rationale").does_not_read("Invented view").pictured("referral-decided")


def test_two_referrals_of_one_incident_are_joined(northvale: World, visit: Opens) -> None:
    first = incidents.received(northvale)
    second = incidents.received(northvale, by=northvale.other_referrer)
    officer = (
        visit(northvale.officer).opens(f"/cases/{second.case_id}/incident/link/").reads(first.case.reference)
    )
    officer.opens(f"/cases/{second.case_id}/incident/link/{first.case_id}/")
    officer.pictured("join").presses("Join to another case").expects_error_summary()
    officer.answers(reason="Invented: the same child on the same day").presses("Join to another case")
    second.refresh_from_db()
    assert second.linked_into == first


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_anybody_works_out_the_last_days(site: str, visit: Opens, scripts: bool) -> None:
    person = visit(java_script_enabled=scripts).opens("/working-days")
    person.presses("Work out the last day").expects_error_summary("Enter at least one date")
    person.answers(aware_on="19 11 2026").presses("Work out the last day").reads("26 November 2026")
    person.pictured("working-days")


def test_the_case_is_read_on_every_tab(northvale: World, visit: Opens) -> None:
    incident = incidents.decided(northvale)
    person = visit(northvale.manager).opens("/cases/").reads(incident.case.reference)
    tabs = (
        "",
        "people",
        "chronology",
        "documents",
        "decisions",
        "proceedings",
        "timeline",
        "looked",
        "told",
        "dialogue",
    )
    for tab in tabs:
        person.opens(f"/cases/{incident.case_id}/{tab}").does_not_read("Invented Childname")
