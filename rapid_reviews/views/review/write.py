"""Pages that write a rapid review: one section, one criterion, the decision, what follows from it."""

from typing import Any

from django.http import Http404
from django.urls import reverse

from cspr.govuk.parts import Row
from rapid_reviews.forms.review import CriterionForm, DetailForm, OutcomeForm, SectionForm
from rapid_reviews.models import CriterionAnswer, Proposal, Section
from rapid_reviews.selectors.facts import facts_of, first_words
from rapid_reviews.services.writing import answer_criterion, save_section, write_decision, write_detail
from rapid_reviews.views.review.base import ReviewQuestion
from rapid_reviews.workflow import review as table
from rapid_reviews.workflow.content import CRITERION, DETAILS, current_proposal
from rapid_reviews.workflow.sections import BY_KEY, SectionOf


class Writing(ReviewQuestion):
    """A page of the review's content. Where the partners have it, saving a change takes the signatures back."""

    permission = table.WRITE.permission
    transition = table.WRITE

    def context(self) -> dict[str, Any]:
        return {**super().context(), "takes_back": self.review.status in table.TAKE_BACK.from_}


class WriteSection(Writing):
    template_name = "rapid_reviews/review/section.html"

    section: SectionOf
    row: Section

    def find(self) -> None:
        super().find()
        key = self.kwargs["section"]
        row = next((one for one in self.review.sections.all() if one.key == key), None)
        if key not in BY_KEY or row is None:
            raise Http404
        self.section, self.row = BY_KEY[key], row
        self.title = self.section.title

    def revised(self) -> Section:
        return self.row

    def form(self, **kwargs: Any) -> SectionForm:
        return SectionForm(section=self.section, **kwargs)

    def initial(self) -> dict[str, Any]:
        if self.row.saved_at is not None:
            return {"text": self.row.text}
        return {"text": first_words(self.review, self.section.key)}

    def context(self) -> dict[str, Any]:
        facts = facts_of(self.review).get(self.section.key, []) if self.section.facts else []
        rows = [Row(label, text) for label, text in facts]
        return {**super().context(), "section": self.section, "facts": rows}

    def save(self, form: Any) -> str:
        save_section(
            self.review,
            section=self.section.key,
            text=form.cleaned_data["text"],
            revision=self.typed_revision(),
            by=self.acting,
        )
        return self.saved()


class AnswerCriterion(Writing):
    template_name = "rapid_reviews/review/criterion.html"
    form_class = CriterionForm

    row: CriterionAnswer

    def find(self) -> None:
        super().find()
        key = self.kwargs["criterion"]
        row = next((one for one in self.review.criteria.all() if one.key == key), None)
        if key not in CRITERION or row is None:
            raise Http404
        self.row = row
        self.title = CRITERION[key].sentence

    def revised(self) -> CriterionAnswer:
        return self.row

    def initial(self) -> dict[str, Any]:
        return {"answer": self.row.answer, "reason": self.row.reason}

    def context(self) -> dict[str, Any]:
        return {**super().context(), "criterion": CRITERION[self.row.key]}

    def save(self, form: Any) -> str:
        given = form.cleaned_data
        answer_criterion(
            self.review,
            criterion=self.row.key,
            answer=given["answer"],
            reason=given["reason"],
            revision=self.typed_revision(),
            by=self.acting,
        )
        return self.saved()


class OfTheProposal(Writing):
    """A page typed over the decision as it is proposed now."""

    def proposal(self) -> Proposal:
        found = current_proposal(self.review)
        if found is None:
            raise Http404
        return found

    def revised(self) -> Proposal:
        return self.proposal()

    def context(self) -> dict[str, Any]:
        earlier = [one for one in self.review.proposals.all() if one.version < self.proposal().version]
        return {**super().context(), "proposal": self.proposal(), "earlier": earlier}


class WriteDecision(OfTheProposal):
    template_name = "rapid_reviews/review/decision.html"
    form_class = OutcomeForm
    title = "The proposed decision"

    def initial(self) -> dict[str, Any]:
        return {"outcome": self.proposal().outcome, "rationale": self.proposal().rationale}

    def save(self, form: Any) -> str:
        given = form.cleaned_data
        write_decision(
            self.review,
            outcome=given["outcome"],
            rationale=given["rationale"],
            revision=self.typed_revision(),
            by=self.acting,
        )
        self.saved()
        return reverse("rapid_review_detail", args=[self.case.pk])


class WriteDetail(OfTheProposal):
    template_name = "rapid_reviews/review/decision.html"
    title = "What follows from the decision"

    def find(self) -> None:
        super().find()
        if not self.proposal().outcome:
            raise Http404

    def form(self, **kwargs: Any) -> DetailForm:
        return DetailForm(outcome=self.proposal().outcome, **kwargs)

    def initial(self) -> dict[str, Any]:
        return {column: getattr(self.proposal(), column) for column, _ in DETAILS[self.proposal().outcome]}

    def save(self, form: Any) -> str:
        write_detail(self.review, answers=form.cleaned_data, revision=self.typed_revision(), by=self.acting)
        return self.saved()
