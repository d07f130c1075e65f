"""Reads for those who act for the Panel: what was sent to it, where that stands, its letters, its files (roles.md)."""

from typing import Any
from uuid import UUID

from django.db.models import Case, CharField, Count, Exists, OuterRef, Q, QuerySet, Subquery, Value, When

from cspr.documents.models import DocumentVersion
from cspr.people.models import Membership
from rapid_reviews.models import PanelAnswer, RapidReview, SentReview
from rapid_reviews.options.review import ReviewStatus
from rapid_reviews.options.sending import PanelAnswerKind, Standing
from rapid_reviews.selectors.sending import versions_sent
from rapid_reviews.workflow.review import NOT_SENT

A_PAGE = 25
ON_THE_BOARD = 100
ORDER = tuple(Standing)
"""What waits for the Panel first, then what waits for its question to be answered."""


def _letters() -> "QuerySet[PanelAnswer]":
    return PanelAnswer.objects.filter(sent__review=OuterRef("pk"))


def _questions() -> "QuerySet[PanelAnswer]":
    return _letters().filter(kind=PanelAnswerKind.ASKS_FOR_MORE, replied_at__isnull=True)


def _said_of_the_last_version() -> "QuerySet[PanelAnswer]":
    last = SentReview.objects.filter(review=OuterRef(OuterRef("pk"))).order_by("-sent_at", "-recorded_at")
    letters = PanelAnswer.objects.filter(sent=Subquery(last.values("pk")[:1]))
    return letters.exclude(kind=PanelAnswerKind.ASKS_FOR_MORE)


def _is(standing: Standing) -> Value:
    return Value(standing.value)


STANDING = Case(
    When(status=ReviewStatus.CLOSED_NOT_MEETING, then=_is(Standing.CLOSED)),
    When(status=ReviewStatus.SENT, then=_is(Standing.WAITING)),
    When(Exists(_questions()), then=_is(Standing.QUESTION)),
    When(status__in=NOT_SENT, then=_is(Standing.AGAIN)),
    When(said=False, then=_is(Standing.WAITING)),
    default=_is(Standing.ANSWERED),
    output_field=CharField(),
)
"""Where it only asked, the Panel has not said yet what it makes of the decision: it waits for the Panel again."""


def sent_reviews(acting: Membership) -> "QuerySet[Any]":
    """What was sent to the Panel, each with ``standing``, ``said`` and ``answer_by``: what waits longest first.

    ``said``: whether the Panel wrote what it makes of the version sent last, beside its questions.
    """
    national = _letters().filter(kind=PanelAnswerKind.NATIONAL_REVIEW)
    rows = RapidReview.objects.sent_to(acting).annotate(
        said=Exists(_said_of_the_last_version()),
        answer_by=Subquery(_questions().order_by("answer_by").values("answer_by")[:1]),
        is_national=Exists(national),
    )
    found: QuerySet[Any] = rows.annotate(standing=STANDING).select_related("case", "partnership")
    return found


def in_order(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    """What waits for the Panel on top and the one that waits longest first; the others the latest first."""
    places = [When(standing=one.value, then=Value(place)) for place, one in enumerate(ORDER)]
    waits = Case(When(standing=Standing.WAITING, then="sent_at"))
    return rows.order_by(Case(*places), waits, "-sent_at", "pk")


def counts(acting: Membership) -> dict[str, int]:
    """How many stand where."""
    rows = sent_reviews(acting).order_by().values_list("standing").annotate(Count("pk"))
    return dict(rows)


def waiting(acting: Membership) -> list[Any]:
    """What waits for the Panel, and the questions it waits to have answered: the first of each for its board."""
    rows = in_order(sent_reviews(acting))
    kinds = (Standing.WAITING, Standing.QUESTION)
    return [one for kind in kinds for one in rows.filter(standing=kind)[:ON_THE_BOARD]]


def find_sent(review_id: UUID, *, to: Membership) -> RapidReview | None:
    """One review that was sent to the Panel, for who acts for it; None for everybody else."""
    found: RapidReview | None = (
        sent_reviews(to).select_related("case__partnership").filter(pk=review_id).first()
    )
    return found


def find_sending(review: RapidReview, sent_id: UUID) -> SentReview | None:
    """One version as it was sent."""
    return versions_sent(review).filter(pk=sent_id).first()


def letters(review: RapidReview) -> "QuerySet[PanelAnswer]":
    """What the Panel wrote and what was answered to it, the latest first."""
    people = ("received_by", "replied_by", "considered__recorded_by")
    who = [f"{one}__{part}" for one in people for part in ("user", "partnership", "body")]
    rows = PanelAnswer.objects.filter(sent__review=review).select_related("sent__decision")
    files = ("letter__versions", "reply_document__versions")
    return rows.prefetch_related(*files, *who).order_by("-received_at", "-number")


def find_file(review: RapidReview, version_id: UUID) -> DocumentVersion | None:
    """A file that went to the Panel or came from it; no other file of the case is one."""
    sent = SentReview.objects.filter(review=review)
    answers = PanelAnswer.objects.filter(sent__review=review)
    ways = Q(document__in=sent.values("word")) | Q(document__in=sent.values("pdf"))
    ways |= Q(document__in=answers.values("letter")) | Q(document__in=answers.values("reply_document"))
    return DocumentVersion.objects.filter(ways, pk=version_id).select_related("document").first()
