"""Pages on who may open the case: conflict of interest, walls, breaking the glass. roles.md."""

from typing import Any

from django.contrib import messages
from django.http import Http404
from django.urls import reverse

from cspr.cases.models import Wall
from cspr.cases.services import review_glass
from cspr.permissions import Permission
from cspr.step_up import StepUp
from cspr.views import CaseQuestion
from cspr.workflow import Refused
from notifications.forms.incident.access import ConflictForm, GlassForm, GlassReviewForm, OpenToForm, WallForm
from notifications.forms.incident.partners import ReasonForm
from notifications.selectors.access import (
    behind_glass,
    broken_glass,
    find_wall,
    glass_to_review,
    people_of,
    people_to_wall_off,
    standing_walls,
)
from notifications.services.access import (
    break_glass,
    declare_conflict,
    lift_wall,
    open_to,
    wall_off,
)


class AccessQuestion(CaseQuestion):
    """A page on one case's access."""

    def back_url(self) -> str:
        return reverse("case", args=[self.case.pk])


class DeclareConflict(AccessQuestion):
    """Step back from a case: from the moment of the declaration it is hidden from this person."""

    permission = Permission.DECLARE_CONFLICT
    template_name = "notifications/incident/declare_conflict.html"
    form_class = ConflictForm
    title = "Declare a conflict of interest"
    button = "Declare this conflict and leave the case"

    def save(self, form: Any) -> str:
        declare_conflict(self.case, by=self.acting, reason=form.cleaned_data["reason"])
        messages.success(
            self.request, "Your conflict of interest is recorded. The case is no longer shown to you."
        )
        return reverse("board")


class WallOff(AccessQuestion):
    """The manager's page: who is walled off, and one more."""

    permission = Permission.WALL_OFF
    template_name = "notifications/incident/wall_off.html"
    title = "Wall a person off this case"
    button = "Wall this person off"

    def form(self, **kwargs: Any) -> WallForm:
        return WallForm(people=people_to_wall_off(self.case, but=self.acting), **kwargs)

    def context(self) -> dict[str, Any]:
        return {**super().context(), "walls": standing_walls(self.case)}

    def save(self, form: Any) -> str:
        given = form.cleaned_data
        wall_off(self.case, user=given["person"].user, by=self.acting, reason=given["reason"])
        return self.request.path


class LiftWall(StepUp, AccessQuestion):
    permission = Permission.WALL_OFF
    form_class = ReasonForm
    title = "Let this person see the case again"
    button = "Lift the wall"
    wall: Wall

    def find(self) -> None:
        super().find()
        found = find_wall(self.case, self.kwargs["wall_id"])
        if found is None:
            raise Http404
        self.wall = found
        self.title = f"Let {found.user.full_name} see the case again"

    def back_url(self) -> str:
        return reverse("wall_off", args=[self.case.pk])

    def save(self, form: Any) -> str:
        lift_wall(self.wall, by=self.acting, reason=form.cleaned_data["reason"])
        return self.back_url()


class OpenTo(StepUp, AccessQuestion):
    """Break the glass for another person, for four hours."""

    permission = Permission.WALL_OFF
    template_name = "notifications/incident/open_to.html"
    title = "Open this case to a person for four hours"
    button = "Open the case to this person"

    def form(self, **kwargs: Any) -> OpenToForm:
        return OpenToForm(people=people_of(self.case, but=self.acting), **kwargs)

    def save(self, form: Any) -> str:
        given = form.cleaned_data
        open_to(self.case, to=given["person"], by=self.acting, reason=given["reason"])
        name = given["person"].user.full_name
        messages.success(self.request, f"The case is open to {name} for four hours.")
        return self.back_url()


class BrokenGlass(AccessQuestion):
    """The manager's page: who broke the glass and why, and what was found by whoever looked at it."""

    permission = Permission.REVIEW_GLASS
    template_name = "notifications/incident/broken_glass.html"
    title = "Who broke the glass"
    button = "Record what you found"

    def form(self, **kwargs: Any) -> GlassReviewForm:
        self.openings = glass_to_review(self.case, by=self.acting)
        return GlassReviewForm(openings=self.openings, **kwargs)

    def context(self) -> dict[str, Any]:
        return {**super().context(), "broken": broken_glass(self.case), "to_review": self.openings.exists()}

    def save(self, form: Any) -> str:
        given = form.cleaned_data
        review_glass(given["opening"], by=self.acting, finding=given["finding"])
        messages.success(self.request, "What you found is recorded.")
        return self.request.path


class BreakGlass(StepUp):
    """Open a case one has no grant for, by its reference and a reason. What may not be seen is not there."""

    permission = Permission.BREAK_GLASS
    template_name = "notifications/incident/break_glass.html"
    form_class = GlassForm
    title = "Break the glass to open a case"
    button = "Open the case for four hours"

    def save(self, form: Any) -> str:
        given = form.cleaned_data
        case = behind_glass(given["reference"], to=self.acting)
        if case is None:
            raise Refused(fields={"reference": "Enter the reference of a case of your partnership"})
        break_glass(case, by=self.acting, reason=given["reason"])
        return reverse("case", args=[case.pk])
