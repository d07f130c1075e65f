"""Pages of immediate safety actions and of learning shared at once. Rule 6.1."""

from typing import Any

from django.http import Http404

from cspr.permissions import Permission, can
from cspr.views import TransitionPage
from rapid_reviews.forms.safety import ActionForm, DoneForm, LearningForm
from rapid_reviews.forms.signing import ReasonForm
from rapid_reviews.models import SafetyAction
from rapid_reviews.presenters.safety import learning_table, shown_actions
from rapid_reviews.selectors.safety import actions_of, find_action, learning_of
from rapid_reviews.services import safety as services
from rapid_reviews.views.around import ReviewAroundQuestion
from rapid_reviews.views.review.base import ReviewPage
from rapid_reviews.workflow import safety as table

KEEP = Permission.KEEP_SAFETY_ACTIONS


class SafetyActions(ReviewPage):
    """What was done at once, by whom, until when; what was learned and shared."""

    permission = Permission.SEE_CASES
    template_name = "rapid_reviews/safety/safety.html"
    title = "Immediate safety actions"

    def context(self) -> dict[str, Any]:
        return {
            **super().context(),
            "actions": shown_actions(actions_of(self.review), self.acting),
            "learning": learning_table(learning_of(self.review)),
            "may_keep": can(self.acting, KEEP),
        }


class SafetyQuestion(ReviewAroundQuestion):
    permission = KEEP
    home = "safety_actions"


class AddAction(SafetyQuestion):
    title = "Add an immediate safety action"
    button = "Add this action"
    form_class = ActionForm
    once = True

    def save(self, form: Any) -> str:
        services.add_action(self.review, by=self.acting, **form.cleaned_data)
        return self.saved()


class ShareLearning(SafetyQuestion):
    title = "Record learning shared at once"
    button = "Save"
    form_class = LearningForm
    once = True

    def save(self, form: Any) -> str:
        services.share_learning(self.review, by=self.acting, **form.cleaned_data)
        return self.saved()


class ActionQuestion(SafetyQuestion, TransitionPage):
    """A page of one action: one of another review is not found."""

    action: SafetyAction

    def find(self) -> None:
        super().find()
        found = find_action(self.review, self.kwargs["action_id"])
        if found is None:
            raise Http404
        self.action = found

    def subject(self) -> SafetyAction:
        return self.action


class ChangeAction(ActionQuestion):
    transition = table.CHANGE
    title = "Change an immediate safety action"
    button = "Save"
    form_class = ActionForm

    def revised(self) -> SafetyAction:
        return self.action

    def initial(self) -> dict[str, Any]:
        return {name: getattr(self.action, name) for name in ActionForm.base_fields}

    def save(self, form: Any) -> str:
        revision = self.typed_revision()
        services.change_action(self.action, by=self.acting, revision=revision, **form.cleaned_data)
        return self.saved()


class CompleteAction(ActionQuestion):
    transition = table.COMPLETE
    title = "Record that the action was done"
    button = table.COMPLETE.label
    form_class = DoneForm

    def save(self, form: Any) -> str:
        services.complete_action(self.action, by=self.acting, **form.cleaned_data)
        return self.saved()


class DropAction(ActionQuestion):
    transition = table.DROP
    title = "Record that the action is no longer needed"
    button = "Save"
    form_class = ReasonForm

    def save(self, form: Any) -> str:
        services.drop_action(self.action, by=self.acting, reason=form.cleaned_data["reason"])
        return self.saved()


class ReopenAction(ActionQuestion):
    transition = table.REOPEN
    title = "Put the action back to be done"
    button = table.REOPEN.label
    form_class = ReasonForm

    def save(self, form: Any) -> str:
        services.reopen_action(self.action, by=self.acting, reason=form.cleaned_data["reason"])
        return self.saved()
