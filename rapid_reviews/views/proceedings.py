"""Pages of the register of proceedings, what they hold up, and the family's one contact. Rule 7.3."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse

from cspr.cases import proceedings as register
from cspr.cases import workflow as table
from cspr.cases.models import Proceeding, ProceedingHold
from cspr.govuk.forms import ButtonForm
from cspr.permissions import Permission
from cspr.views import CasePage, TransitionPage
from notifications.models import KnownProceeding
from rapid_reviews.forms.proceedings import EndForm, FamilyLeadForm, HoldForm, ProceedingForm
from rapid_reviews.forms.signing import ReasonForm
from rapid_reviews.presenters.proceedings import register_page
from rapid_reviews.selectors.proceedings import find_known
from rapid_reviews.services import proceedings as services
from rapid_reviews.views.around import AroundQuestion

KEEP = Permission.KEEP_PROCEEDINGS


class Register(CasePage):
    """The register under its tab."""

    permission = Permission.SEE_CASES
    template_name = "rapid_reviews/proceedings/register.html"
    title = "Proceedings"

    def context(self) -> dict[str, Any]:
        return register_page(self.case, self.acting)


class RegisterQuestion(AroundQuestion):
    permission = KEEP
    home = "case_proceedings"


class AddProceeding(RegisterQuestion):
    title = "Register a proceeding"
    button = "Register it"
    form_class = ProceedingForm
    once = True

    def save(self, form: Any) -> str:
        register.register(self.case, facts=form.cleaned_data, by=self.acting)
        return self.saved()


class TakeOver(RegisterQuestion):
    """What a referral told becomes a row of the register, with the holds it told of; then it can be changed."""

    title = "Take a proceeding over from a referral"
    button = "Take it over"
    form_class = ButtonForm
    template_name = "rapid_reviews/proceedings/take_over.html"
    known: KnownProceeding

    def find(self) -> None:
        super().find()
        found = find_known(self.case, self.kwargs["known_id"])
        if found is None:
            raise Http404
        self.known = found

    def context(self) -> dict[str, Any]:
        return {**super().context(), "known": self.known}

    def save(self, form: Any) -> str:
        row = services.take_over(self.case, known_id=self.known.pk, by=self.acting)
        self.saved()
        return reverse("proceeding_change", args=[self.case.pk, row.pk])


class ProceedingQuestion(RegisterQuestion, TransitionPage):
    """A page of one proceeding: one of another case is not found."""

    proceeding: Proceeding

    def find(self) -> None:
        super().find()
        found = register.find_proceeding(self.case, self.kwargs["proceeding_id"])
        if found is None:
            raise Http404
        self.proceeding = found

    def subject(self) -> Proceeding:
        return self.proceeding


class ChangeProceeding(ProceedingQuestion):
    transition = table.CHANGE
    title = "Change a proceeding"
    button = "Save"
    form_class = ProceedingForm

    def revised(self) -> Proceeding:
        return self.proceeding

    def initial(self) -> dict[str, Any]:
        return {name: getattr(self.proceeding, name) for name in ProceedingForm.base_fields}

    def save(self, form: Any) -> str:
        revision = self.typed_revision()
        register.change(self.proceeding, facts=form.cleaned_data, by=self.acting, revision=revision)
        return self.saved()


class EndProceeding(ProceedingQuestion):
    transition = table.END
    title = "Record that a proceeding ended"
    button = table.END.label
    form_class = EndForm

    def save(self, form: Any) -> str:
        services.end(self.proceeding, by=self.acting, **form.cleaned_data)
        return self.saved()


class ReopenProceeding(ProceedingQuestion):
    transition = table.REOPEN
    title = "Record that a proceeding runs again"
    button = table.REOPEN.label
    form_class = ReasonForm

    def save(self, form: Any) -> str:
        services.reopen(self.proceeding, by=self.acting, reason=form.cleaned_data["reason"])
        return self.saved()


class PlaceHold(ProceedingQuestion):
    transition = table.CHANGE
    title = "Place a hold"
    button = "Place this hold"
    form_class = HoldForm
    once = True

    def save(self, form: Any) -> str:
        register.place_hold(self.proceeding, by=self.acting, **form.cleaned_data)
        return self.saved()


class LiftHold(RegisterQuestion):
    button = "Lift this hold"
    form_class = ReasonForm
    hold: ProceedingHold

    def find(self) -> None:
        super().find()
        found = register.find_hold(self.case, self.kwargs["hold_id"])
        if found is None:
            raise Http404
        self.hold = found
        self.title = f"Lift the hold on {found.get_on_display().lower()}"

    def show_form(self, form: Any, **more: Any) -> HttpResponse:
        if self.hold.lifted_by is not None:
            more.setdefault("refusals", [f"{self.hold.lifted_by.user.full_name} lifted this hold already."])
        return super().show_form(form, **more)

    def save(self, form: Any) -> str:
        register.lift_hold(self.hold, reason=form.cleaned_data["reason"], by=self.acting)
        return self.saved()


class NameFamilyLead(RegisterQuestion):
    title = "Name who speaks with the family"
    button = "Save"

    def form(self, **kwargs: Any) -> FamilyLeadForm:
        return FamilyLeadForm(replaces=register.family_lead(self.case) is not None, **kwargs)

    def initial(self) -> dict[str, Any]:
        lead = register.family_lead(self.case)
        return {"name": lead.name, "agency": lead.agency, "contact": lead.contact} if lead else {}

    def save(self, form: Any) -> str:
        register.name_family_lead(self.case, by=self.acting, **form.cleaned_data)
        return self.saved()
