"""What is written of a meeting: who came, a conflict declared, the minutes."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse

from cspr.workflow import Transition
from rapid_reviews.forms.meeting import (
    AttendeeForm,
    ConflictForm,
    DecisionForm,
    InviteForm,
    ItemForm,
    PresenceForm,
    RollForm,
)
from rapid_reviews.forms.signing import ReasonForm
from rapid_reviews.models import Attendance, Minute
from rapid_reviews.selectors.meeting import can_be_invited, find_attendance, find_minute, people_to_invite
from rapid_reviews.services import attendance as attending
from rapid_reviews.services import meeting as services
from rapid_reviews.views.meeting.base import MeetingQuestion
from rapid_reviews.workflow import meeting as table

NOBODY = "Nobody is on the list of this meeting: invite people first."
CONFLICT = "Has a conflict of interest in this case: does not count as present for a partner"


class AddAttendee(MeetingQuestion):
    transition = table.ATTEND
    title = "Add one person to the list of the meeting"
    button = "Add this person"
    once = True

    def form(self, **kwargs: Any) -> AttendeeForm:
        return AttendeeForm(people=people_to_invite(self.meeting), **kwargs)

    def save(self, form: Any) -> str:
        attending.invite(self.meeting, by=self.acting, **form.answers())
        return self.saved()


class InvitePeople(MeetingQuestion):
    """People with accounts, several at once."""

    transition = table.ATTEND
    template_name = "rapid_reviews/meeting/invite.html"
    title = "Invite people to the meeting"
    button = "Invite them"
    once = True

    def form(self, **kwargs: Any) -> InviteForm:
        known = can_be_invited(self.case).select_related("user", "partnership", "agency")
        return InviteForm(people=people_to_invite(self.meeting), known=known, **kwargs)

    def save(self, form: Any) -> str:
        attending.invite_people(self.meeting, by=self.acting, **form.cleaned_data)
        return self.saved()


class RecordRoll(MeetingQuestion):
    """Whether each person on the list came, on one page: only what is changed there is recorded."""

    transition = table.ATTEND
    template_name = "rapid_reviews/meeting/roll.html"
    title = "Record who came to the meeting"
    button = "Save attendance"

    def listed(self) -> list[Attendance]:
        return list(self.meeting.attendance.all())

    def form(self, **kwargs: Any) -> RollForm:
        listed = self.listed()
        notes = {one.pk: CONFLICT for one in listed if table.has_conflict(self.meeting, one)}
        return RollForm(listed=listed, notes=notes, **kwargs)

    def show_form(self, form: Any, **more: Any) -> HttpResponse:
        nobody = not self.listed()
        if nobody:
            more.setdefault("refusals", [NOBODY])
        return super().show_form(form, **{"nobody": nobody, **more})

    def keep_and_show(self, form: Any, **more: Any) -> HttpResponse:
        """What a colleague recorded meanwhile is shown of everybody who was not touched on this page."""
        if more.get("changed"):
            self.find()
            form = self.form(data=form.brought_up_to_date(self.listed()))
        return super().keep_and_show(form, **more)

    def save(self, form: Any) -> str:
        attending.record_roll(self.meeting, changes=form.changes(self.listed()), by=self.acting)
        return self.saved()


class AttendeeQuestion(MeetingQuestion):
    """A page of one person of the list."""

    transition = table.ATTEND
    attendance: Attendance

    def find(self) -> None:
        super().find()
        found = find_attendance(self.meeting, self.kwargs["attendance_id"])
        if found is None:
            raise Http404
        self.attendance = found


class RecordPresence(AttendeeQuestion):
    button = "Save"
    form_class = PresenceForm

    def find(self) -> None:
        super().find()
        self.title = f"Attendance of {self.attendance.name}"

    def revised(self) -> Attendance:
        return self.attendance

    def initial(self) -> dict[str, Any]:
        return {"presence": self.attendance.presence, "part": self.attendance.part}

    def save(self, form: Any) -> str:
        revision = self.typed_revision()
        attending.record_presence(self.attendance, revision=revision, by=self.acting, **form.cleaned_data)
        return self.saved()


class DeclareConflict(AttendeeQuestion):
    button = "Record this conflict"
    form_class = ConflictForm

    def find(self) -> None:
        super().find()
        self.title = f"Conflict of interest of {self.attendance.name}"

    def save(self, form: Any) -> str:
        row = attending.declare_conflict(self.attendance, reason=form.cleaned_data["reason"], by=self.acting)
        if row.membership is not None and row.membership.user_id == self.acting.user_id:
            messages.success(
                self.request, "Your conflict of interest is recorded. The case is no longer shown to you."
            )
            return reverse("board")
        return self.saved()


class WithdrawConflict(AttendeeQuestion):
    """A conflict that was recorded of the wrong person, who has no account."""

    button = "Withdraw this conflict"
    form_class = ReasonForm

    def find(self) -> None:
        super().find()
        self.title = f"Withdraw the conflict of interest of {self.attendance.name}"

    def show_form(self, form: Any, **more: Any) -> HttpResponse:
        if self.attendance.membership_id is not None:
            more.setdefault("refusals", [attending.LIFT_THE_WALL])
        return super().show_form(form, **more)

    def save(self, form: Any) -> str:
        attending.withdraw_conflict(self.attendance, reason=form.cleaned_data["reason"], by=self.acting)
        return self.saved()


class MinuteItem(MeetingQuestion):
    """An item that was discussed, without a decision."""

    transition = table.MINUTE_ITEM
    title = "Minute an item"
    button = "Save"
    form_class: type[Any] = ItemForm
    once = True

    def save(self, form: Any) -> str:
        services.write_minute(self.meeting, by=self.acting, **form.cleaned_data)
        return self.saved()


class MinuteDecision(MinuteItem):
    """A decision: without the quorum it cannot be minuted, and the page says who is missing."""

    transition = table.MINUTE_DECISION
    title = "Minute a decision"
    button = "Save this decision"
    form_class = DecisionForm


class ChangeMinute(MeetingQuestion):
    title = "Change the minutes"
    button = "Save"
    minute: Minute

    def find(self) -> None:
        super().find()
        found = find_minute(self.meeting, self.kwargs["minute_id"])
        if found is None:
            raise Http404
        self.minute = found
        self.form_class = DecisionForm if found.decision else ItemForm

    @property
    def transition(self) -> Transition:  # type: ignore[override]
        return table.MINUTE_DECISION if self.minute.decision else table.MINUTE_ITEM

    def revised(self) -> Minute:
        return self.minute

    def initial(self) -> dict[str, Any]:
        return {name: getattr(self.minute, name) for name in DecisionForm.base_fields}

    def save(self, form: Any) -> str:
        given = {"decision": "", **form.cleaned_data}
        services.change_minute(self.minute, revision=self.typed_revision(), by=self.acting, **given)
        return self.saved()
