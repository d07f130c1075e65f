"""An invented rapid review, from what is written to the three signatures, the Panel and what it answers."""

from datetime import timedelta
from typing import Self

from cspr.cases.models import Dialogue
from cspr.decisions.commenting import comment
from cspr.decisions.models import Answer
from cspr.now import now, today
from cspr.seeding.around_story import AroundStory
from cspr.seeding.referral_story import file_of
from rapid_reviews.options.family import Advocate, ContactHow, Kin, Matter
from rapid_reviews.options.review import Met, Outcome
from rapid_reviews.options.sending import PanelAnswerKind, SentHow
from rapid_reviews.selectors.family import people_of
from rapid_reviews.selectors.signing import latest_version
from rapid_reviews.services import signing, writing
from rapid_reviews.services.closing import Correspondence, close_not_meeting, reopen
from rapid_reviews.services.escalating import answer_escalation
from rapid_reviews.services.family import record_told
from rapid_reviews.services.national import record_national_scope, record_secretary_told
from rapid_reviews.services.panel_answers import Received, record_panel_answer, reply_to_panel
from rapid_reviews.services.sending import Sending, send_review
from rapid_reviews.services.taking_back import take_back
from rapid_reviews.workflow.content import CRITERIA, DETAILS
from rapid_reviews.workflow.sections import SECTIONS

WRITTEN = {
    "incident": "The child was hurt at home while in the care of an adult who had moved in weeks before.",
    "equality": "The family speaks another language at home; interpreters came late, and less was heard for it.",
    "learning": "Agencies each knew a part. A short meeting after the missed appointments would have joined them.",
}


class ReviewStory(AroundStory):
    """One rapid review on its way. Each step is a verb of the stage, by whoever's act it is."""

    def written(self, outcome: Outcome = Outcome.NONE) -> Self:
        """Every section, criterion and circumstance, and the proposed decision."""
        line = self.words.line
        for one in SECTIONS:
            text = line(WRITTEN.get(one.key, f"{one.title}: what the agencies told, drawn together."), 900)
            writing.save_section(self.review, section=one.key, text=text, revision=None, by=self.officer)
        for number, criterion in enumerate(CRITERIA):
            answer = Met.MET if number == 2 else Met.NOT_MET
            reason = line("As the returns and the meeting show.", 900)
            writing.answer_criterion(
                self.review,
                criterion=criterion.what,
                answer=answer,
                reason=reason,
                revision=None,
                by=self.officer,
            )
        return self.proposed(outcome)

    def proposed(self, outcome: Outcome) -> Self:
        """The decision the unit proposes, with what follows from it."""
        line = self.words.line
        rationale = line("The learning is clear and is being acted on.", 900)
        writing.write_decision(
            self.review, outcome=outcome, rationale=rationale, revision=None, by=self.officer
        )
        details = {
            column: line(f"Invented {column}".replace("_", " "), 200) for column, _ in DETAILS[outcome]
        }
        if "target_on" in details:
            details = {**details, "target_on": today() + timedelta(days=150)}  # type: ignore[dict-item]
        writing.write_detail(self.review, answers=details, revision=None, by=self.officer)
        return self

    def put(self) -> Self:
        """Put to the three partners."""
        signing.put_to_partners(self.review, by=self.second)
        return self

    def signed(self, *partners: str) -> Self:
        """These partners agreed; all three where none is named."""
        for one in self.world.partners:
            if not partners or one.partner in partners:
                reason = self.words.line("The papers bear this out.")
                signing.sign(self.review, by=one, answer=Answer.YES, reason=reason)
        return self

    def commented(self) -> Self:
        """The independent scrutineer commented on the version that stands."""
        version = latest_version(self.case)
        if version is not None:
            text = self.words.line("The equality section is candid. Follow up the interpreters.", 900)
            comment(version, by=self.world["scrutineer"], text=text)
        return self

    def taken_back(self) -> Self:
        """The unit took the review back from the partners."""
        take_back(self.review, by=self.second, reason=self.words.line("A return arrived late."))
        return self

    def dissented(self) -> Self:
        """The police disagreed: it is before the lead partners, of whom one has answered."""
        reason = self.words.line("A local review is needed.")
        signing.sign(self.review, by=self.world["partner_police"], answer=Answer.NO, reason=reason)
        lead = self.world["lead_la"]
        answer_escalation(
            self.review, by=lead, answer=Answer.YES, reason=self.words.line("The learning is already acted on."),
            without_reason=self.words.line("All three leads were asked."),
        )  # fmt: skip
        return self

    def upheld(self) -> Self:
        """The other lead partners agreed with the first."""
        for key in ("lead_icb", "lead_police"):
            reason = self.words.line("The learning is already acted on.")
            answer_escalation(self.review, by=self.world[key], answer=Answer.YES, reason=reason)
        return self

    def sent(self, *, late: bool = False) -> Self:
        """The signed review was sent to the Panel."""
        record = Sending(
            at=now(),
            how=SentHow.EMAIL,
            sender_name=self.words.line("Sender of the unit"),
            evidence=file_of(self.words, "Sent mail"),
            late_reason=self.words.line("Two returns came late.", 900) if late else "",
        )
        send_review(self.review, record, by=self.officer)
        return self

    def answered(self, *kinds: PanelAnswerKind, replied: bool = False) -> Self:
        """The Panel answered, once a kind; its question was answered where ``replied``."""
        line = self.words.line
        for kind in kinds:
            letter = Received(
                kind=kind,
                at=now(),
                said_by=line("Secretariat of the Panel"),
                letter=file_of(self.words, "Letter of the Panel"),
                text=line("The Panel has considered the rapid review.", 900),
                rationale=line("The theme recurs in several areas.", 900),
                next_steps=line("The Panel will write about scope and method.", 900),
                answer_by=today() + timedelta(days=5),
                criteria=("improvements", "themes"),
                circumstances=("range_of_abuse",),
            )
            last = record_panel_answer(self.review, letter, by=self.officer)
            if replied and last.waits_for_reply:
                reply_to_panel(
                    last,
                    text=line("The dates are as follows.", 900),
                    how=Dialogue.How.EMAIL,
                    at=now(),
                    sender_name=line("Sender of the unit"),
                    upload=file_of(self.words, "Reply"),
                    by=self.officer,
                )
        return self

    def national_review(self) -> Self:
        """Scope and method were discussed with two partners; the Secretary of State and the mother were told."""
        line = self.words.line
        record_national_scope(
            self.review,
            scope=line("How three areas answer when a dangerous dog is known at a home.", 900),
            method=line("A desk review of nine cases, then interviews with practitioners.", 900),
            engagement=line("One day in each area with those who worked with the family.", 900),
            discussed_on=today(),
            partners=("LA", "POLICE"),
            by=self.officer,
        )
        how_known = line("The secretariat of the Panel said so by telephone.", 900)
        record_secretary_told(self.review, told_on=today(), how_known=how_known, by=self.officer)
        for person in people_of(self.review).filter(kin=Kin.MOTHER):
            record_told(
                person,
                matter=Matter.NATIONAL,
                on=today(),
                how=ContactHow.LETTER,
                by_whom=line("Secretariat of the Panel"),
                text=line("She was told what a national review is and who will write to her.", 900),
                advocate=Advocate.ACCEPTED,
                by=self.officer,
            )
        return self

    def reconsidered(self) -> Self:
        """The decision is being taken again, as a new version beside the first."""
        reason = self.words.line("The Panel asks the partners to reconsider.", 900)
        signing.redecide(self.review, by=self.officer, reason=reason)
        return self.proposed(Outcome.LOCAL_REVIEW)

    def opened_again(self) -> Self:
        """The closing was a mistake."""
        reopen(
            self.review,
            reason=self.words.line("The second opinion is not there yet.", 900),
            by=self.world["manager"],
        )
        return self

    def closed(self) -> Self:
        """Found not to meet the criteria after all."""
        close_not_meeting(
            self.review,
            reason=self.words.line("The second medical opinion rules out abuse.", 900),
            correspondence=Correspondence(
                file=file_of(self.words, "Panel correspondence"),
                said_by=self.words.line("Secretariat of the Panel"),
                at=now(),
            ),
            by=self.world["manager"],
        )
        return self
