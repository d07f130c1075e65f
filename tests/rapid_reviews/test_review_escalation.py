"""Disagreement goes to the lead safeguarding partners; dissent is kept. Rule 6.5."""

import pytest

from cspr.cases.models import Case
from cspr.cases.services import wall_off
from cspr.decisions.models import Answer
from cspr.dispatch.models import Message
from cspr.people.models import Membership
from cspr.workflow import Refused
from rapid_reviews.models import Escalation, LeadAnswer
from rapid_reviews.options.review import EscalationOutcome, ReviewStatus
from rapid_reviews.presenters.signing import escalation_shown, shown
from rapid_reviews.selectors.signing import escalations, latest_version
from rapid_reviews.sent_copy import frozen
from rapid_reviews.services.escalating import answer_escalation
from rapid_reviews.services.signing import sign
from rapid_reviews.services.writing import save_section
from tests.factories import rapid_reviews as make
from tests.factories.people import World, make_member


@pytest.fixture
def leads(northvale: World) -> list[Membership]:
    """A lead partner for each of the three."""
    others = [
        make_member("lead_partner", partnership=northvale.partnership, partner=partner)
        for partner in ("ICB", "POLICE")
    ]
    return [northvale.la_lead, *others]


@pytest.mark.parametrize("answer", [Answer.NO, Answer.CANNOT_TAKE_PART])
def test_partner_who_does_not_agree_escalates(northvale: World, answer: Answer) -> None:
    review = make.with_partners(northvale)
    sign(review, by=northvale.police, answer=answer, reason="Invented")
    assert make.found(review).status == ReviewStatus.WITH_PARTNERS
    assert Escalation.objects.get(review=review).raised_by == northvale.police


def test_case_is_opened_to_the_leads_and_they_are_mailed(northvale: World, leads: list[Membership]) -> None:
    review = make.escalated(northvale)
    for lead in leads:
        assert Case.objects.visible_to(lead).filter(pk=review.case_id).exists()
    mails = Message.objects.filter(kind__startswith="A disagreement on a rapid review")
    assert {one.to_email for one in mails} == {one.user.email for one in leads}


def test_page_names_each_dissent_and_who_gave_no_answer_before_it_was_decided(
    northvale: World, leads: list[Membership]
) -> None:
    review = make.escalated(northvale)
    sign(review, by=northvale.icb, answer=Answer.CANNOT_TAKE_PART, reason="Invented conflict")
    la, icb, police = leads
    wall_off(review.case, user=icb.user, by=northvale.manager, reason="Invented conflict")
    for lead in (la, police):
        answer_escalation(
            review, by=lead, answer=Answer.YES, reason="Invented", without_reason="Invented vacancy"
        )
    decision = latest_version(review.case)
    assert decision is not None
    rows = {row.key: str(row.value) for row in shown(decision, northvale.officer, may_sign=False).outcome}
    assert "Integrated care board, cannot take part: Invented conflict" in rows["Dissent"]
    assert "Police, disagrees: Invented" in rows["Dissent"]
    (escalation,) = escalations(review)
    awaiting = {one.partner: one.awaiting for one in escalation_shown(escalation).cards if not one.person}
    assert awaiting == {"Lead partner, integrated care board": "Not given before the decision"}


def test_second_partner_who_disagrees_escalates_nothing_anew(northvale: World) -> None:
    review = make.escalated(northvale)
    sign(review, by=northvale.icb, answer=Answer.NO, reason="Invented")
    assert Escalation.objects.filter(review=review).count() == 1


def test_leads_who_uphold_complete_the_signing_and_dissent_is_kept(
    northvale: World, leads: list[Membership]
) -> None:
    review = make.escalated(northvale)
    for lead in leads:
        answer_escalation(review, by=lead, answer=Answer.YES, reason="Invented decision")
    review = make.found(review)
    assert review.status == ReviewStatus.SIGNED
    version = latest_version(review.case)
    assert version is not None
    assert version.status == "settled"
    assert [(one.partner, one.reason) for one in version.sign_offs.all()] == [
        ("POLICE", "Invented disagreement")
    ]
    assert Escalation.objects.get(review=review).outcome == EscalationOutcome.UPHELD


def test_leads_who_send_it_back_return_it_to_the_unit(northvale: World, leads: list[Membership]) -> None:
    review = make.escalated(northvale)
    for lead in leads:
        answer_escalation(review, by=lead, answer=Answer.NO, reason="Invented decision")
    review = make.found(review)
    assert review.status == ReviewStatus.GATHERING
    assert Escalation.objects.get(review=review).outcome == EscalationOutcome.SENT_BACK
    version = latest_version(review.case)
    assert version is not None
    assert version.status == "taken_back"


def test_leads_who_differ_decide_nothing_and_answer_again(northvale: World, leads: list[Membership]) -> None:
    review = make.escalated(northvale)
    for lead, answer in zip(leads, (Answer.YES, Answer.YES, Answer.NO), strict=True):
        answer_escalation(review, by=lead, answer=answer, reason="Invented")
    assert make.found(review).status == ReviewStatus.WITH_PARTNERS
    answer_escalation(review, by=leads[2], answer=Answer.YES, reason="Invented, persuaded")
    assert make.found(review).status == ReviewStatus.SIGNED
    assert LeadAnswer.objects.filter(escalation__review=review, partner="POLICE").count() == 2


def test_lead_answering_twice_the_same_is_one_answer(northvale: World, leads: list[Membership]) -> None:
    review = make.escalated(northvale)
    for _ in range(2):
        answer_escalation(review, by=leads[0], answer=Answer.YES, reason="Invented")
    assert LeadAnswer.objects.filter(escalation__review=review).count() == 1


def test_only_lead_there_is_says_why_it_decides_alone(northvale: World) -> None:
    review = make.escalated(northvale)
    with pytest.raises(Refused) as refused:
        answer_escalation(review, by=northvale.la_lead, answer=Answer.YES, reason="Invented")
    assert "without_reason" in refused.value.fields
    answer_escalation(
        review,
        by=northvale.la_lead,
        answer=Answer.YES,
        reason="Invented",
        without_reason="No other is appointed",
    )
    assert make.found(review).status == ReviewStatus.SIGNED


@pytest.mark.parametrize("who", ["la", "police", "officer", "manager", "scrutineer"])
def test_escalation_is_decided_by_leads_only(northvale: World, who: str) -> None:
    review = make.escalated(northvale)
    with pytest.raises(Refused):
        answer_escalation(review, by=getattr(northvale, who), answer=Answer.YES, reason="Invented")


def test_walled_off_lead_decides_nothing(northvale: World, leads: list[Membership]) -> None:
    review = make.escalated(northvale)
    wall_off(review.case, user=leads[0].user, by=northvale.manager, reason="Invented conflict")
    with pytest.raises(Refused, match="cannot open this case"):
        answer_escalation(review, by=leads[0], answer=Answer.YES, reason="Invented")


def test_walled_off_lead_is_neither_let_in_nor_told(northvale: World) -> None:
    review = make.with_partners(northvale)
    wall_off(review.case, user=northvale.la_lead.user, by=northvale.manager, reason="Invented conflict")
    sign(review, by=northvale.police, answer=Answer.NO, reason="Invented")
    assert not Case.objects.visible_to(northvale.la_lead).filter(pk=review.case_id).exists()
    assert not Message.objects.filter(to_email=northvale.la_lead.user.email).exists()


def test_change_ends_the_escalation(northvale: World) -> None:
    review = make.escalated(northvale)
    save_section(review, section="learning", text="Invented, changed", revision=None, by=northvale.officer)
    assert Escalation.objects.get(review=review).outcome == EscalationOutcome.ENDED
    with pytest.raises(Refused):
        answer_escalation(make.found(review), by=northvale.la_lead, answer=Answer.YES, reason="Invented")


def test_others_still_sign_while_it_is_escalated(northvale: World) -> None:
    review = make.escalated(northvale)
    sign(review, by=northvale.la, answer=Answer.YES, reason="Invented")
    sign(review, by=northvale.icb, answer=Answer.YES, reason="Invented")
    assert make.found(review).status == ReviewStatus.WITH_PARTNERS


def test_lead_appointed_since_who_may_not_open_the_case_does_not_hold_it_up(northvale: World) -> None:
    review = make.escalated(northvale)
    make_member("lead_partner", partnership=northvale.partnership, partner="ICB")
    answer_escalation(
        review, by=northvale.la_lead, answer=Answer.YES, reason="Invented", without_reason="Appointed since"
    )
    assert make.found(review).status == ReviewStatus.SIGNED


def test_lead_who_wrote_any_of_it_is_neither_asked_nor_waited_for(northvale: World) -> None:
    wrote = make_member(
        "lead_partner", user=northvale.officer.user, partnership=northvale.partnership, partner="ICB"
    )
    review = make.escalated(northvale)
    assert not Message.objects.filter(to_membership=wrote, kind__startswith="A disagreement").exists()
    answer_escalation(
        review, by=northvale.la_lead, answer=Answer.YES, reason="Invented", without_reason="She wrote it"
    )
    assert make.found(review).status == ReviewStatus.SIGNED


def test_answer_of_a_lead_walled_off_since_counts_no_more(northvale: World, leads: list[Membership]) -> None:
    review = make.escalated(northvale)
    for lead in leads[:2]:
        answer_escalation(review, by=lead, answer=Answer.YES, reason="Invented")
    wall_off(review.case, user=leads[0].user, by=northvale.manager, reason="Invented conflict")
    with pytest.raises(Refused) as refused:
        answer_escalation(review, by=leads[2], answer=Answer.YES, reason="Invented")
    assert "local authority" in refused.value.fields["without_reason"]
    answer_escalation(
        review, by=leads[2], answer=Answer.YES, reason="Invented", without_reason="Conflict declared"
    )
    assert make.found(review).status == ReviewStatus.SIGNED
    version = latest_version(review.case)
    assert version is not None
    sent = frozen(version)
    assert [one["partner"] for one in sent["leads"]] == ["integrated care board", "police"]
    wall_off(review.case, user=leads[1].user, by=northvale.manager, reason="Invented, later")
    assert frozen(version) == sent


def test_page_says_that_nobody_can_decide(northvale: World) -> None:
    review = make.escalated(northvale)
    able = {row.key: row.value for row in escalation_shown(review.escalations.get()).rows}
    assert northvale.la_lead.user.full_name in able["Who can decide"]
    wall_off(review.case, user=northvale.la_lead.user, by=northvale.manager, reason="Invented conflict")
    able = {row.key: row.value for row in escalation_shown(review.escalations.get()).rows}
    assert able["Who can decide"].startswith("Nobody")
    assert able["Escalated"].endswith("The police disagreed")
