"""Acts on a meeting: plan it, hold it, cancel it, freeze its papers; the quorum of the partnership."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse

from cspr.govuk.dates import in_london
from cspr.govuk.forms import ButtonForm
from cspr.people.models import Partnership
from cspr.permissions import Permission
from cspr.views import Question, Revision
from rapid_reviews.forms.meeting import HeldForm, PlanForm, QuorumForm
from rapid_reviews.forms.signing import ReasonForm
from rapid_reviews.models import Meeting
from rapid_reviews.selectors.meeting import quorum_of, times_set
from rapid_reviews.services import meeting as services
from rapid_reviews.services.packs import freeze_pack
from rapid_reviews.views.around import ReviewAroundQuestion
from rapid_reviews.views.meeting.base import MeetingQuestion
from rapid_reviews.workflow import meeting as table


class PlanMeeting(ReviewAroundQuestion):
    permission = Permission.RECORD_MEETING
    title = "Plan a meeting"
    button = "Plan this meeting"
    form_class = PlanForm
    home = "meetings"
    once = True

    def show_form(self, form: Any, **more: Any) -> HttpResponse:
        more.setdefault("refusals", services.plan_refusals(self.review, self.acting))
        return super().show_form(form, **more)

    def save(self, form: Any) -> str:
        given = form.cleaned_data
        meeting = services.plan_meeting(
            self.review,
            starts_at=form.needed_moment,
            setting=given["setting"],
            place=given["place"],
            by=self.acting,
        )
        self.saved()
        return reverse("meeting", args=[self.case.pk, meeting.pk])


class ChangePlan(MeetingQuestion):
    transition = table.PLAN
    title = "Change the plan of the meeting"
    button = "Save"
    form_class = PlanForm

    def revised(self) -> Meeting:
        return self.meeting

    def initial(self) -> dict[str, Any]:
        local = in_london(self.meeting.starts_at)
        return {
            "starts_on": local.date(),
            "starts_time": local.time(),
            "setting": self.meeting.setting,
            "place": self.meeting.place,
        }

    def save(self, form: Any) -> str:
        given = form.cleaned_data
        services.change_plan(
            self.meeting,
            starts_at=form.needed_moment,
            setting=given["setting"],
            place=given["place"],
            revision=self.typed_revision(),
            by=self.acting,
        )
        return self.saved()


class HoldMeeting(MeetingQuestion):
    transition = table.HOLD
    title = "Record that the meeting was held"
    button = table.HOLD.label
    form_class = HeldForm

    def initial(self) -> dict[str, Any]:
        local = in_london(self.meeting.starts_at)
        return {"held_on": local.date(), "held_time": local.time()}

    def save(self, form: Any) -> str:
        services.hold(self.meeting, at=form.needed_moment, by=self.acting)
        return self.saved()


class CancelMeeting(MeetingQuestion):
    transition = table.CANCEL
    title = "Cancel the meeting"
    button = table.CANCEL.label
    form_class = ReasonForm

    def context(self) -> dict[str, Any]:
        return {**super().context(), "cancel_text": "Keep the meeting"}

    def save(self, form: Any) -> str:
        services.cancel(self.meeting, reason=form.cleaned_data["reason"], by=self.acting)
        return self.saved()


class FreezePack(MeetingQuestion):
    """The review as it stands and the list of files of the case are kept as the papers of this meeting."""

    transition = table.FREEZE_PACK
    template_name = "rapid_reviews/meeting/freeze_pack.html"
    title = "Freeze the papers of the meeting"
    button = table.FREEZE_PACK.label
    form_class = ButtonForm

    def save(self, form: Any) -> str:
        pack = freeze_pack(self.meeting, by=self.acting)
        self.saved()
        return reverse("meeting_pack", args=[self.case.pk, self.meeting.pk, pack.version])


class AgreeMinutes(MeetingQuestion):
    transition = table.AGREE_MINUTES
    title = "Record the minutes as agreed"
    button = table.AGREE_MINUTES.label
    form_class = ButtonForm

    def save(self, form: Any) -> str:
        services.agree_minutes(self.meeting, by=self.acting)
        return self.saved()


class CorrectMinutes(MeetingQuestion):
    transition = table.CORRECT_MINUTES
    title = "Correct the minutes"
    button = "Open the minutes again"
    form_class = ReasonForm

    def save(self, form: Any) -> str:
        services.correct_minutes(self.meeting, reason=form.cleaned_data["reason"], by=self.acting)
        return self.saved()


class SetQuorum(Question):
    """The partnership's rule: which partners must be present for a decision, from the next meeting planned."""

    permission = Permission.MANAGE_SETTINGS
    title = "Who must be present in a rapid review meeting"
    button = "Save"
    form_class = QuorumForm

    partnership: Partnership

    def find(self) -> None:
        found = self.acting.partnership if self.acting else None
        if found is None:
            raise Http404
        self.partnership = found

    def initial(self) -> dict[str, Any]:
        return {"partners": quorum_of(self.partnership)}

    def revised(self) -> Revision:
        return Revision(times_set(self.partnership))

    def back_url(self) -> str:
        return reverse("settings")

    def save(self, form: Any) -> str:
        chosen, revision = form.cleaned_data["partners"], self.typed_revision()
        services.set_quorum(self.partnership, partners=chosen, revision=revision, by=self.acting)
        messages.info(self.request, "Saved. It counts from the next meeting planned.")
        return self.back_url()
