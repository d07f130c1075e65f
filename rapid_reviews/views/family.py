"""Pages of the family's log: who was told what, by whom, how, when, or why not. Rule 5.3."""

from typing import Any

from django.forms import BaseForm
from django.http import Http404
from django.urls import reverse

from cspr.cases.proceedings import family_lead
from cspr.permissions import Permission, can
from rapid_reviews.forms.family import NotToldForm, PersonForm, ToldForm
from rapid_reviews.models import FamilyPerson
from rapid_reviews.options.family import Matter
from rapid_reviews.presenters.family import sides
from rapid_reviews.selectors.family import find_person, people_of
from rapid_reviews.selectors.sending import holds_a_national_review
from rapid_reviews.services import family as services
from rapid_reviews.views.around import ReviewAroundQuestion
from rapid_reviews.views.review.base import ReviewPage


class Family(ReviewPage):
    """The family by who is contacted together. What was said stands here, so who may not see names may not see it."""

    permission = Permission.SEE_NAMES
    template_name = "rapid_reviews/family/family.html"
    title = "The family"

    def context(self) -> dict[str, Any]:
        return {
            **super().context(),
            "sides": sides(people_of(self.review)),
            "family_lead": family_lead(self.case),
            "register_url": reverse("case_proceedings", args=[self.case.pk]),
            "may_tell": can(self.acting, Permission.TELL_FAMILY),
        }


class FamilyQuestion(ReviewAroundQuestion):
    permission = Permission.TELL_FAMILY
    home = "family"


class AddPerson(FamilyQuestion):
    title = "Add somebody of the family"
    button = "Add this person"
    form_class = PersonForm
    once = True

    def initial(self) -> dict[str, Any]:
        lead = family_lead(self.case)
        return {"contact_lead": str(lead)} if lead else {}

    def save(self, form: Any) -> str:
        services.add_person(self.review, facts=form.cleaned_data, by=self.acting)
        return self.saved()


class PersonQuestion(FamilyQuestion):
    """A page of one person: one of another review is not found."""

    person: FamilyPerson

    def find(self) -> None:
        super().find()
        found = find_person(self.review, self.kwargs["person_id"])
        if found is None:
            raise Http404
        self.person = found


class ChangePerson(PersonQuestion):
    title = "Change how somebody is contacted"
    button = "Save"
    form_class = PersonForm

    def revised(self) -> FamilyPerson:
        return self.person

    def initial(self) -> dict[str, Any]:
        return {name: getattr(self.person, name) for name in PersonForm.base_fields}

    def save(self, form: Any) -> str:
        revision = self.typed_revision()
        services.change_person(self.person, facts=form.cleaned_data, revision=revision, by=self.acting)
        return self.saved()


class MatterQuestion(PersonQuestion):
    """A page that asks what it is about; ``?matter=`` chooses it beforehand, where a link names it."""

    def form(self, **kwargs: Any) -> BaseForm:
        national, closed = holds_a_national_review(self.review), self.review.closed_at is not None
        return self.form_class(national=national, closed=closed, **kwargs)

    def initial(self) -> dict[str, Any]:
        matter = self.request.GET.get("matter", "")
        return {"matter": matter} if matter in Matter.values else {}


class RecordTold(MatterQuestion):
    button = "Save"
    form_class = ToldForm
    once = True

    def find(self) -> None:
        super().find()
        self.title = f"Record what was told: {self.person}"

    def save(self, form: Any) -> str:
        services.record_told(self.person, by=self.acting, **form.cleaned_data)
        return self.saved()


class RecordNotTold(MatterQuestion):
    button = "Save"
    form_class = NotToldForm
    once = True

    def find(self) -> None:
        super().find()
        self.title = f"Record why not told: {self.person}"

    def save(self, form: Any) -> str:
        services.record_not_told(self.person, by=self.acting, **form.cleaned_data)
        return self.saved()
