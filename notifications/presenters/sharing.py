"""What is shared with other areas as pages show it: to the unit that shares, and to those it is shared with."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.html import format_html

from cspr.documents.models import DocumentVersion
from cspr.documents.selectors import latest
from cspr.govuk.dates import long_date, long_moment, medium_date
from cspr.govuk.parts import Row, Table
from cspr.now import london_day
from cspr.people.models import Membership
from cspr.permissions import Permission, can
from notifications.models import AreaAnswer, OtherArea, Share, SharedPiece
from notifications.options.sharing import PieceKind
from notifications.selectors.sharing import SharedCase
from notifications.services.sharing import share_refusals

TO_THE_UNIT = "The business unit there"
TO_PARTNERS = "The business unit and the three delegated safeguarding partners there"


@dataclass(frozen=True)
class Part:
    """One section of a piece."""

    title: str
    rows: list[Row]


@dataclass(frozen=True)
class PieceShown:
    """One piece: its text, or the way to it; ``told`` says of a file its name and virus check."""

    title: str
    parts: list[Part]
    href: str = ""
    action: str = ""
    told: str = ""
    text: str = ""


@dataclass(frozen=True)
class ShareShown:
    """One act of sharing with its pieces. ``state`` says where it stands for the unit that shared."""

    heading: str
    rows: list[Row]
    pieces: list[PieceShown]
    is_new: bool = False
    state: str = ""
    withdraw_href: str = ""


@dataclass(frozen=True)
class AnswerShown:
    """One answer of the other area."""

    heading: str
    text: str
    file: str = ""
    file_href: str = ""
    told: str = ""
    note_href: str = ""


@dataclass(frozen=True)
class AreaShown:
    """One other area for the unit that holds the case. ``refusals`` say why nothing can be shared with it."""

    area: OtherArea
    shares: list[ShareShown]
    answers: list[AnswerShown]
    share_href: str
    refusals: list[str]


def note_of(piece: SharedPiece) -> str:
    """The words of a note; empty for another piece."""
    return str(piece.content[0]["rows"][0][1]) if piece.kind == PieceKind.NOTE else ""


def parts_of(piece: SharedPiece) -> list[Part]:
    """The text of a piece, section by section; a note is words alone."""
    if piece.kind == PieceKind.NOTE:
        return []
    return [
        Part(section["title"], [Row(label, text) for label, text in section["rows"]])
        for section in piece.content
    ]


def _file_words(version: DocumentVersion | None, title: str = "") -> str:
    """A file's name, where its title is another, and its virus check."""
    if version is None:
        return ""
    scan = version.get_scan_display().lower()
    return scan if version.original_name == title else f"{version.original_name}, {scan}"


def own_area(area: OtherArea, acting: Membership) -> AreaShown:
    """An area with everything shared and answered, and what this person can do."""
    may_share = can(acting, Permission.SHARE)
    case_id = area.incident.case_id
    return AreaShown(
        area=area,
        shares=[_own_share(one, case_id, may_share=may_share) for one in area.shares.all()],
        answers=[_own_answer(one, case_id, may_note=may_share) for one in area.answers.all()],
        share_href=reverse("share_with_area", args=[case_id, area.pk]) if may_share else "",
        refusals=share_refusals(area, acting) if may_share else [],
    )


def _own_share(share: Share, case_id: object, *, may_share: bool) -> ShareShown:
    rows = [
        Row("Why", share.reason),
        Row("Shown to", TO_PARTNERS if share.for_partners else TO_THE_UNIT),
        Row("Until", long_date(share.ends_on) if share.ends_on else "Until it is withdrawn"),
        Row("Read there", _received(share)),
    ]
    if share.withdrawn_at:
        told = f"{long_moment(share.withdrawn_at)}, by {share.withdrawn_by}. {share.withdrawn_reason}"
        rows.append(Row("Withdrawn", told))
    stands = share.is_in_force
    return ShareShown(
        heading=f"Shared {long_moment(share.shared_at)}, by {share.shared_by.user.full_name}",
        rows=rows,
        pieces=[_own_piece(one) for one in share.pieces.all()],
        state="Shown now" if stands else "Withdrawn" if share.withdrawn_at else "Ended",
        withdraw_href=reverse("withdraw_share", args=[case_id, share.pk]) if stands and may_share else "",
    )


def _received(share: Share) -> str:
    if share.received_at is None:
        return "Not recorded yet"
    return f"{long_moment(share.received_at)}, by {share.received_by}"


def _own_piece(piece: SharedPiece) -> PieceShown:
    """What was shared, for everybody who may open the case: of a sent copy the pages, not the names on them."""
    if piece.kind == PieceKind.NOTIFICATION:
        pages = "; ".join(section["title"] for section in piece.content)
        return PieceShown(piece.title, [], told=f"Pages: {pages}")
    told = _file_words(piece.version, piece.title)
    return PieceShown(piece.title, parts_of(piece), told=told, text=note_of(piece))


def _own_answer(answer: AreaAnswer, case_id: object, *, may_note: bool) -> AnswerShown:
    file = latest(answer.document) if answer.document else None
    told = f"Read {long_moment(answer.noted_at)}, by {answer.noted_by}" if answer.noted_at else ""
    waits = may_note and answer.noted_at is None
    return AnswerShown(
        heading=f"Answered {long_moment(answer.answered_at)}, by {answer.answered_by}",
        text=answer.text,
        file=_file_words(file),
        file_href=reverse("document_download", args=[file.pk]) if file and file.may_be_opened else "",
        told=told,
        note_href=reverse("note_answer", args=[case_id, answer.pk]) if waits else "",
    )


def share_shown(share: Share, area: OtherArea) -> ShareShown:
    """One act of sharing for those it is shared with."""
    rows = [Row("Why you are shown this", share.reason)]
    if share.ends_on:
        rows.append(Row("Shown until", long_date(share.ends_on)))
    rows.append(Row("Recorded as read", _received(share)))
    return ShareShown(
        heading=f"Shared {long_moment(share.shared_at)}",
        rows=[Row("Shared by", str(share.shared_by)), *rows],
        pieces=[_piece(one, area) for one in share.pieces.all()],
        is_new=share.received_at is None,
    )


def _piece(piece: SharedPiece, area: OtherArea) -> PieceShown:
    if piece.kind == PieceKind.NOTIFICATION:
        href = reverse("shared_copy", args=[area.pk, piece.pk])
        return PieceShown(
            piece.title,
            [],
            href=href,
            action="Show these pages. Names stand on them; this is recorded",
        )
    if piece.version is not None:
        opens = piece.version.may_be_opened
        href = reverse("shared_file", args=[area.pk, piece.pk]) if opens else ""
        action = f"Open {piece.title}" if opens else ""
        return PieceShown(
            piece.title, [], href=href, action=action, told=_file_words(piece.version, piece.title)
        )
    return PieceShown(piece.title, parts_of(piece), text=note_of(piece))


def answer_shown(answer: AreaAnswer, area: OtherArea) -> AnswerShown:
    """One answer for the area that gave it."""
    file = latest(answer.document) if answer.document else None
    opens = file is not None and file.may_be_opened
    noted = (
        f"Read by them {long_moment(answer.noted_at)}"
        if answer.noted_at
        else "Not yet recorded as read by them"
    )
    return AnswerShown(
        heading=f"Answered {long_moment(answer.answered_at)}, by {answer.answered_by}",
        text=answer.text,
        file=_file_words(file),
        file_href=reverse("shared_answer_file", args=[area.pk, answer.pk]) if opens else "",
        told=noted,
    )


def shared_table(cases: Iterable[SharedCase]) -> Table:
    """The cases of which something is shared with us: no names, nothing of what it says."""
    return Table(
        caption="Shared with us by other areas",
        head=("Reference", "Known as", "Shared by", "Last shared", "Not yet read"),
        rows=[
            (
                format_html(
                    '<a class="govuk-link" href="{}">{}</a>',
                    reverse("shared_case", args=[one.area_id]),
                    one.reference,
                ),
                one.pseudonym,
                one.partnership,
                medium_date(london_day(one.shared_at)),
                str(one.unread) if one.unread else "None",
            )
            for one in cases
        ],
        empty="When another area shares something of one of its cases with you, the case will stand here.",
    )


def whose(area: OtherArea) -> str:
    """The case in the words of those it is shared with: reference, pseudonym, whose it is."""
    case = area.incident.case
    return f"{case.reference}, {case.pseudonym}, {case.partnership.name}"
