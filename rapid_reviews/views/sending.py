"""Pages of what goes to the Panel and comes back: send, its answer, our answer, decide again, close. C5, 4.7, 7.1."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

from cspr.now import today
from cspr.people.models import BodyKind
from cspr.people.selectors import body_in_force
from cspr.permissions import Permission, can
from cspr.workflow import refusals
from rapid_reviews.forms.sending import CloseForm, PanelAnswerForm, ReplyForm, SendForm
from rapid_reviews.forms.signing import ReasonForm
from rapid_reviews.models import PanelAnswer
from rapid_reviews.pdf.sent_review import PDF_TYPE, sent_review_pdf
from rapid_reviews.presenters.national import national_url
from rapid_reviews.presenters.papers import since_asked
from rapid_reviews.presenters.sending import answer_shown, closings_shown, sending_shown
from rapid_reviews.presenters.signing import shown
from rapid_reviews.selectors.sending import find_answer, latest_sending, reply_expected_on, sendings
from rapid_reviews.selectors.signing import due_on, latest_version
from rapid_reviews.sent_copy import frozen
from rapid_reviews.services.closing import Correspondence, close_not_meeting, reopen
from rapid_reviews.services.panel_answers import Received, record_panel_answer, reply_to_panel
from rapid_reviews.services.sending import Sending, file_name, send_review
from rapid_reviews.services.signing import redecide
from rapid_reviews.views.review.base import OfAVersion, ReviewPage, ReviewQuestion
from rapid_reviews.word.sent_review import WORD_TYPE, sent_review_document
from rapid_reviews.workflow import review as table
from rapid_reviews.workflow import sending

WRITERS = {"docx": (sent_review_document, WORD_TYPE), "pdf": (sent_review_pdf, PDF_TYPE)}


def upload(form: Any, name: str) -> Any:
    """The one file of a field, or None."""
    files = form.cleaned_data.get(name)
    return files[0] if files else None


class SendReview(ReviewQuestion):
    """The two files to send, then what is recorded of the sending."""

    permission = sending.SEND_REVIEW.permission
    transition = sending.SEND_REVIEW
    form_class = SendForm
    template_name = "rapid_reviews/sending/send.html"
    title = "Send the rapid review to the Panel"
    button = "Record as sent"

    def initial(self) -> dict[str, Any]:
        return {"sender_name": self.acting.user.full_name}

    def context(self) -> dict[str, Any]:
        latest = latest_version(self.case)
        ready = latest is not None and not refusals(self.review, self.transition, self.acting)
        return {
            **super().context(),
            "version": shown(latest, self.acting, may_sign=False) if latest and ready else None,
            "due": due_on(self.case),
            "panel": body_in_force(BodyKind.PANEL, today()),
            "since": since_asked(self.review, latest) if latest and ready else [],
            "prepares": True,
        }

    def version_read(self) -> int:
        given = self.request.POST.get("version", "")
        return int(given) if given.isascii() and given.isdigit() and len(given) < 6 else 0

    def save(self, form: Any) -> str:
        given = form.cleaned_data
        record = Sending(
            at=form.needed_moment,
            how=given["how"],
            sender_name=given["sender_name"],
            evidence=upload(form, "evidence"),
            late_reason=given["late_reason"],
            version=self.version_read(),
        )
        send_review(self.review, record, by=self.acting)
        return reverse("rapid_review_sent", args=[self.case.pk])


class CopyToSend(OfAVersion, ReviewPage):
    """One decided version as the file that goes to the Panel. The bytes kept on sending are the same."""

    permission = Permission.SEND_REVIEW
    title = "The rapid review as a file for the Panel"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        ending = self.kwargs["ending"]
        if self.version.settled_at is None or ending not in WRITERS:
            raise Http404
        write, content_type = WRITERS[ending]
        copy = frozen(self.version)
        self.what = f"{self.title}, {ending}"
        headers = {
            "Content-Disposition": f'attachment; filename="{file_name(copy, ending)}"',
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
        }
        return HttpResponse(write(copy), content_type=content_type, headers=headers)


class Sent(ReviewPage):
    """Everything the Panel was sent on this review, and what it answered."""

    permission = Permission.SEE_CASES
    template_name = "rapid_reviews/sending/sent.html"
    title = "What the Panel was sent and answered"

    def context(self) -> dict[str, Any]:
        return {
            **super().context(),
            "sendings": [sending_shown(one, self.acting) for one in sendings(self.review)],
            "closings": closings_shown(self.review),
            "expected_on": reply_expected_on(self.case),
            "national_url": national_url(self.review),
            "may_see_dialogue": can(self.acting, Permission.SEE_NAMES),
        }


class RecordPanelAnswer(ReviewQuestion):
    """The Panel's letter: an answer to what was sent, or what it writes while the decision is taken again (7.1)."""

    permission = sending.RECORD_PANEL_ANSWER.permission
    form_class = PanelAnswerForm
    template_name = "rapid_reviews/sending/panel_answer.html"
    title = "Record the Panel’s answer"
    button = "Record the answer"
    once = True

    def find(self) -> None:
        super().find()
        self.transition = sending.step_of_an_answer(self.review)
        if self.transition is sending.RECORD_PANEL_LETTER:
            self.title, self.button = sending.RECORD_PANEL_LETTER.label, "Record the letter"

    def form(self, **kwargs: Any) -> PanelAnswerForm:
        return PanelAnswerForm(taken_again=sending.is_taken_again(self.review), **kwargs)

    def context(self) -> dict[str, Any]:
        return {**super().context(), "taken_again": sending.is_taken_again(self.review)}

    def save(self, form: Any) -> str:
        given = form.cleaned_data
        received = Received(
            kind=given["kind"],
            at=form.needed_moment,
            said_by=given["said_by"],
            letter=upload(form, "letter"),
            text=given["text"],
            rationale=given["rationale"] or "",
            next_steps=given["next_steps"] or "",
            answer_by=given["answer_by"],
            criteria=given["criteria"],
            circumstances=given["circumstances"],
        )
        record_panel_answer(self.review, received, by=self.acting)
        return self.recorded_url()

    def recorded_url(self) -> str:
        return reverse("rapid_review_sent", args=[self.case.pk])


class Reply(ReviewQuestion):
    """What was answered to the Panel's question (C9)."""

    permission = Permission.ANSWER_PANEL
    form_class = ReplyForm
    template_name = "rapid_reviews/sending/reply.html"
    title = "Record the answer to the Panel’s question"
    button = "Record the answer"

    question: PanelAnswer

    def find(self) -> None:
        super().find()
        found = find_answer(self.review, self.kwargs["answer_id"])
        if found is None:
            raise Http404
        self.question = found

    def initial(self) -> dict[str, Any]:
        return {"said_by": self.acting.user.full_name}

    def context(self) -> dict[str, Any]:
        return {**super().context(), "asked": answer_shown(self.question, self.acting)}

    def show_form(self, form: Any, **more: Any) -> HttpResponse:
        waits = self.question.waits_for_reply
        more.setdefault("refusals", [] if waits else ["No question of the Panel waits for an answer here."])
        return super().show_form(form, **more)

    def save(self, form: Any) -> str:
        given = form.cleaned_data
        reply_to_panel(
            self.question,
            text=given["text"],
            how=given["how"],
            at=form.needed_moment,
            sender_name=given["said_by"],
            upload=upload(form, "file"),
            by=self.acting,
        )
        return reverse("rapid_review_sent", args=[self.case.pk])


class DecideAgain(ReviewQuestion):
    """A new version of the decision beside the first, after the Panel disagreed or asked to reconsider (7.1)."""

    permission = table.REDECIDE.permission
    transition = table.REDECIDE
    form_class = ReasonForm
    template_name = "rapid_reviews/sending/decide_again.html"
    title = "Decide again"
    button = table.REDECIDE.label

    def context(self) -> dict[str, Any]:
        sent = latest_sending(self.review)
        answers = sending_shown(sent, self.acting).answers if sent else []
        return {**super().context(), "answers": answers}

    def save(self, form: Any) -> str:
        redecide(self.review, by=self.acting, reason=form.cleaned_data["reason"])
        return self.own_url()


class ReopenReview(ReviewQuestion):
    """A closing that turns out to be wrong (4.7)."""

    permission = Permission.REOPEN
    form_class = ReasonForm
    template_name = "rapid_reviews/sending/reopen.html"
    title = sending.REOPEN_REVIEW.label
    button = sending.REOPEN_REVIEW.label

    def find(self) -> None:
        super().find()
        self.transition = sending.step_of_reopening(self.review)

    def save(self, form: Any) -> str:
        reopen(self.review, reason=form.cleaned_data["reason"], by=self.acting)
        return self.own_url()


class CloseNotMeeting(ReviewQuestion):
    permission = sending.CLOSE_NOT_MEETING.permission
    transition = sending.CLOSE_NOT_MEETING
    form_class = CloseForm
    template_name = "rapid_reviews/sending/close.html"
    title = "Close as not meeting the criteria"
    button = sending.CLOSE_NOT_MEETING.label

    def save(self, form: Any) -> str:
        close_not_meeting(
            self.review,
            reason=form.cleaned_data["reason"],
            correspondence=Correspondence(
                upload(form, "correspondence"), form.cleaned_data["said_by"], form.needed_moment
            ),
            by=self.acting,
        )
        return reverse("rapid_review_sent", args=[self.case.pk])
