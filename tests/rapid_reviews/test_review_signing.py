"""The three partners sign one by one what was frozen; a change takes signatures back. Rules 6.5 and 7.1."""

import pytest

from cspr.audit.models import Event
from cspr.cases.models import Case
from cspr.cases.services import wall_off
from cspr.decisions.commenting import comment
from cspr.decisions.models import Answer, Decision, SignOff
from cspr.dispatch.models import Message
from cspr.govuk.parts import Signature
from cspr.people.models import Membership, Partner
from cspr.permissions import Role
from cspr.workflow import AlreadyDone, Refused
from rapid_reviews.models import RapidReview
from rapid_reviews.options.review import ReviewStatus
from rapid_reviews.options.sending import PanelAnswerKind
from rapid_reviews.presenters.signing import shown
from rapid_reviews.selectors.papers import hash_of
from rapid_reviews.selectors.signing import latest_version, versions
from rapid_reviews.services.signing import put_to_partners, redecide, sign, sign_refusals
from rapid_reviews.services.taking_back import take_back
from rapid_reviews.services.writing import save_section
from tests.factories import rapid_reviews as make
from tests.factories import sent_reviews as panel
from tests.factories.people import World, make_member


def version_of(review: RapidReview) -> Decision:
    found = latest_version(review.case)
    assert found is not None
    return found


def test_papers_are_frozen_with_their_hash(northvale: World) -> None:
    review = make.with_partners(northvale)
    version = version_of(review)
    assert version.rapid_review_papers.sha256 == hash_of(version.papers)
    assert ["Equality and context", "Invented text of equality"] in version.papers
    assert any(label == "Rationale" for label, _ in version.papers)


def test_three_who_agree_complete_the_signing(northvale: World) -> None:
    review = make.signed(northvale)
    assert review.status == ReviewStatus.SIGNED
    assert review.signed_by == northvale.police
    version = version_of(review)
    assert (version.status, version.outcome) == ("settled", "yes")
    assert set(version.sign_offs.values_list("partner", flat=True)) == {"LA", "ICB", "POLICE"}


def test_two_signatures_are_not_enough(northvale: World) -> None:
    review = make.with_partners(northvale)
    for partner in (northvale.la, northvale.icb):
        sign(review, by=partner, answer=Answer.YES, reason="Invented")
    assert make.found(review).status == ReviewStatus.WITH_PARTNERS


def test_signing_twice_is_one_signature(northvale: World) -> None:
    review = make.with_partners(northvale)
    first = sign(review, by=northvale.la, answer=Answer.YES, reason="Invented")
    assert sign(review, by=northvale.la, answer=Answer.YES, reason="Invented") == first
    assert SignOff.objects.filter(decision=version_of(review)).count() == 1


def test_last_partner_pressing_twice_is_told_the_same(northvale: World) -> None:
    review = make.signed(northvale)
    again = sign(review, by=northvale.police, answer=Answer.YES, reason="Invented agreement", version=1)
    assert again.partner == "POLICE"


def test_signature_is_not_changed_by_signing_otherwise(northvale: World) -> None:
    review = make.with_partners(northvale)
    sign(review, by=northvale.la, answer=Answer.YES, reason="Invented")
    with pytest.raises(AlreadyDone):
        sign(review, by=northvale.la, answer=Answer.NO, reason="Invented after all")


def test_colleague_of_a_partner_who_signed_is_told(northvale: World) -> None:
    review = make.with_partners(northvale)
    sign(review, by=northvale.la, answer=Answer.YES, reason="Invented")
    colleague = make_member("delegated_partner", partnership=northvale.partnership, partner="LA")
    with pytest.raises(AlreadyDone):
        sign(review, by=colleague, answer=Answer.YES, reason="Invented")


@pytest.mark.parametrize("who", ["officer", "manager", "la_lead", "scrutineer", "agency_lead"])
def test_nobody_but_a_delegated_partner_signs(northvale: World, who: str) -> None:
    review = make.with_partners(northvale)
    with pytest.raises(Refused):
        sign(review, by=getattr(northvale, who), answer=Answer.YES, reason="Invented")
    assert not SignOff.objects.filter(decision=version_of(review)).exists()


def test_partner_of_another_partnership_signs_nothing(northvale: World, southmere: World) -> None:
    review = make.with_partners(northvale)
    with pytest.raises(Refused, match="cannot open this case"):
        sign(review, by=southmere.la, answer=Answer.YES, reason="Invented")


def test_signature_counts_for_the_signers_own_partner(northvale: World) -> None:
    review = make.with_partners(northvale)
    assert sign(review, by=northvale.icb, answer=Answer.YES, reason="Invented").partner == "ICB"


def test_partner_is_told_in_words_that_the_review_is_no_longer_before_them(northvale: World) -> None:
    review = make.with_partners(northvale)
    save_section(review, section="learning", text="Invented, changed", revision=None, by=northvale.officer)
    with pytest.raises(Refused, match="The review is not before the partners now"):
        sign(make.found(review), by=northvale.la, answer=Answer.YES, reason="Invented", version=1)


def test_walled_off_partner_signs_nothing(northvale: World) -> None:
    review = make.with_partners(northvale)
    wall_off(review.case, user=northvale.police.user, by=northvale.manager, reason="Invented conflict")
    with pytest.raises(Refused, match="cannot open this case"):
        sign(review, by=northvale.police, answer=Answer.YES, reason="Invented")


def test_partner_walled_off_after_signing_learns_nothing_by_pressing_again(northvale: World) -> None:
    review = make.with_partners(northvale)
    sign(review, by=northvale.police, answer=Answer.YES, reason="Invented")
    wall_off(review.case, user=northvale.police.user, by=northvale.manager, reason="Invented conflict")
    with pytest.raises(Refused, match="cannot open this case"):
        sign(review, by=northvale.police, answer=Answer.YES, reason="Invented")


def test_walled_off_scrutineer_comments_on_nothing(northvale: World) -> None:
    review = make.with_partners(northvale)
    wall_off(review.case, user=northvale.scrutineer.user, by=northvale.manager, reason="Invented conflict")
    with pytest.raises(Refused, match="cannot open this case"):
        comment(version_of(review), by=northvale.scrutineer, text="Invented comment")


def test_who_wrote_any_of_it_is_no_signatory(northvale: World) -> None:
    review = make.written(northvale)
    both = make_member(
        "delegated_partner", user=northvale.officer.user, partnership=northvale.partnership, partner="ICB"
    )
    put_to_partners(review, by=northvale.second_officer)
    with pytest.raises(Refused, match="You prepared this review"):
        sign(review, by=both, answer=Answer.YES, reason="Invented")


def test_who_put_it_to_the_partners_is_no_signatory(northvale: World) -> None:
    review = make.with_partners(northvale)
    both = make_member(
        "delegated_partner",
        user=northvale.second_officer.user,
        partnership=northvale.partnership,
        partner="ICB",
    )
    with pytest.raises(Refused, match="You prepared this"):
        sign(review, by=both, answer=Answer.YES, reason="Invented")


def test_change_takes_signatures_back_and_says_what_changed(northvale: World) -> None:
    review = make.with_partners(northvale)
    sign(review, by=northvale.la, answer=Answer.YES, reason="Invented")
    save_section(review, section="learning", text="Invented, changed", revision=None, by=northvale.officer)
    review = make.found(review)
    version = version_of(review)
    assert (review.status, review.put_at) == (ReviewStatus.GATHERING, None)
    assert version.status == "taken_back"
    assert version.taken_back_reason == "Changed: Learning and how it is shared"
    assert version.sign_offs.count() == 1


def test_who_signed_is_mailed_that_it_was_taken_back(northvale: World) -> None:
    review = make.with_partners(northvale)
    sign(review, by=northvale.la, answer=Answer.YES, reason="Invented")
    save_section(review, section="learning", text="Invented, changed", revision=None, by=northvale.officer)
    told = Message.objects.filter(kind__startswith="A rapid review changed").values_list(
        "to_email", flat=True
    )
    assert list(told) == [northvale.la.user.email]


def test_next_version_lists_what_changed_and_stands_beside_the_first(northvale: World) -> None:
    review = make.with_partners(northvale)
    save_section(review, section="learning", text="Invented, changed", revision=None, by=northvale.officer)
    put_to_partners(review, by=northvale.officer)
    second, first = versions(review.case)
    assert (first.version, second.version) == (1, 2)
    assert second.rapid_review_papers.changed == ["Learning and how it is shared"]
    assert ["Learning and how it is shared", "Invented text of learning"] in first.papers


def test_signature_on_an_older_version_is_refused(northvale: World) -> None:
    review = make.with_partners(northvale)
    save_section(review, section="learning", text="Invented, changed", revision=None, by=northvale.officer)
    put_to_partners(review, by=northvale.officer)
    with pytest.raises(Refused, match="changed after you opened this page"):
        sign(review, by=northvale.la, answer=Answer.YES, reason="Invented", version=1)


def test_same_text_saved_again_takes_nothing_back(northvale: World) -> None:
    review = make.with_partners(northvale)
    text = "Invented text of learning"
    save_section(review, section="learning", text=text, revision=None, by=northvale.officer)
    assert make.found(review).status == ReviewStatus.WITH_PARTNERS


def test_change_after_all_signed_takes_all_back(northvale: World) -> None:
    review = make.signed(northvale)
    save_section(review, section="learning", text="Invented, changed", revision=None, by=northvale.officer)
    review = make.found(review)
    assert (review.status, review.signed_at) == (ReviewStatus.GATHERING, None)
    assert version_of(review).status == "taken_back"


def test_unit_takes_it_back_with_a_reason(northvale: World) -> None:
    review = make.with_partners(northvale)
    with pytest.raises(Refused) as refused:
        take_back(review, by=northvale.officer, reason=" ")
    assert "reason" in refused.value.fields
    take_back(review, by=northvale.officer, reason="Invented new return")
    assert version_of(review).taken_back_reason == "Invented new return"


def test_put_twice_by_one_person_is_one_version(northvale: World) -> None:
    review = make.with_partners(northvale)
    put_to_partners(review, by=northvale.second_officer)
    assert versions(review.case).count() == 1


def test_partners_are_mailed_a_reference_only(northvale: World) -> None:
    review = make.with_partners(northvale)
    mails = Message.objects.filter(kind="A rapid review waits for your signature")
    assert {one.to_email for one in mails} == {one.user.email for one in northvale.partners}
    assert all("Invented text" not in one.body and review.case.pseudonym not in one.body for one in mails)


def test_scrutineer_comments_and_votes_not(northvale: World) -> None:
    review = make.signed(northvale)
    comment(version_of(review), by=northvale.scrutineer, text="Invented comment")
    assert [one.text for one in version_of(review).comments.all()] == ["Invented comment"]
    with pytest.raises(Refused):
        comment(version_of(review), by=northvale.officer, text="Invented comment")


@pytest.mark.parametrize(
    ("answers", "again"),
    [
        ([PanelAnswerKind.AGREES], False),
        ([PanelAnswerKind.ASKS_FOR_MORE], False),
        ([PanelAnswerKind.NATIONAL_REVIEW], False),
        ([PanelAnswerKind.DISAGREES], True),
        ([PanelAnswerKind.ASKS_TO_RECONSIDER, PanelAnswerKind.ASKS_FOR_MORE], True),
        ([PanelAnswerKind.ASKS_TO_RECONSIDER, PanelAnswerKind.AGREES], False),
    ],
)
def test_decision_is_taken_again_only_when_the_panel_asks(
    northvale: World, answers: list[PanelAnswerKind], again: bool
) -> None:
    review = panel.sent(northvale)
    for kind in answers:
        panel.answered(review, kind, by=northvale.officer)
    if again:
        assert redecide(review, by=northvale.officer, reason="Invented").status == ReviewStatus.GATHERING
        return
    with pytest.raises(Refused, match="has not asked"):
        redecide(review, by=northvale.officer, reason="Invented")


def test_nobody_outside_the_unit_or_behind_a_wall_decides_again(northvale: World, southmere: World) -> None:
    review = panel.sent(northvale)
    panel.answered(review, PanelAnswerKind.DISAGREES, by=northvale.officer)
    wall_off(review.case, user=northvale.second_officer.user, by=northvale.manager, reason="Invented")
    for other in (northvale.la, northvale.scrutineer, southmere.officer, northvale.second_officer):
        with pytest.raises(Refused):
            redecide(review, by=other, reason="Invented")


def test_partner_who_signed_is_refused_another_answer_while_others_still_sign(northvale: World) -> None:
    review = make.with_partners(northvale)
    sign(review, by=northvale.la, answer=Answer.YES, reason="Invented")
    assert "signed this version" in sign_refusals(make.found(review), northvale.la)[0]
    assert sign_refusals(make.found(review), northvale.icb) == []


def test_redecision_is_a_new_version_beside_the_first(northvale: World) -> None:
    review = panel.sent(northvale)
    panel.answered(review, PanelAnswerKind.ASKS_TO_RECONSIDER, by=northvale.officer)
    redecide(review, by=northvale.officer, reason="The Panel asks to reconsider")
    review = make.found(review)
    assert review.status == ReviewStatus.GATHERING
    assert [(one.version, one.outcome) for one in review.proposals.all()] == [(1, "none"), (2, "")]
    assert version_of(review).status == "settled"
    make.propose(review, by=northvale.officer, note=" again")
    put_to_partners(review, by=northvale.officer)
    second, first = versions(review.case)
    assert (first.status, second.status) == ("settled", "open")
    assert {"Rationale", "Why it is decided again"} <= set(second.rapid_review_papers.changed)


def test_each_signature_is_in_the_record(northvale: World) -> None:
    review = make.signed(northvale)
    kinds = list(Event.objects.filter(case_id=review.case_id).values_list("kind", flat=True))
    assert kinds.count("rapidreview.put_to_partners") == 1
    assert kinds.count("rapidreview.complete_signing") == 1


def test_lead_partner_sees_nothing_before_an_escalation(northvale: World) -> None:
    review = make.signed(northvale)
    assert not Case.objects.visible_to(northvale.la_lead).filter(pk=review.case_id).exists()


def test_signature_of_somebody_walled_off_since_does_not_complete_the_signing(northvale: World) -> None:
    review = make.with_partners(northvale)
    sign(review, by=northvale.police, answer=Answer.YES, reason="Invented agreement")
    wall_off(review.case, user=northvale.police.user, by=northvale.manager, reason="Invented")
    for partner in (northvale.la, northvale.icb):
        sign(make.found(review), by=partner, answer=Answer.YES, reason="Invented agreement")
    standing = make.found(review)
    assert standing.status == ReviewStatus.WITH_PARTNERS
    (card,) = (
        one for one in cards_of(standing, northvale.officer) if one.person == "Northvale Police Partner"
    )
    assert "no longer counts" in card.taken_back
    colleague = make_member(
        Role.PARTNER, partnership=northvale.partnership, partner=Partner.POLICE, name="Invented Deputy"
    )
    again = make.put(take_back(standing, by=northvale.officer, reason="Invented"), by=northvale.officer)
    for partner in (northvale.la, northvale.icb, colleague):
        sign(make.found(again), by=partner, answer=Answer.YES, reason="Invented agreement")
    assert make.found(review).status == ReviewStatus.SIGNED


def cards_of(review: RapidReview, acting: Membership) -> list[Signature]:
    version = latest_version(review.case)
    assert version is not None
    return shown(version, acting, may_sign=False).cards
