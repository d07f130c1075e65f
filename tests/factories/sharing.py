"""What is shared with another area, built through the verbs the units use. All of it is invented."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from cspr.people.models import Membership
from notifications.models import AreaAnswer, Incident, OtherArea, Share
from notifications.selectors import sharing as selectors
from notifications.services import shared as theirs
from notifications.services import sharing as ours
from notifications.services.areas import add_area
from notifications.services.sharing import Chosen
from tests.factories.people import World

NOTE = "An invented note to the other area"
REASON = "The invented family lived there"


def area_of(incident: Incident, *, to: World, by: Membership, **more: Any) -> OtherArea:
    """The other area, named on the incident."""
    why = "Invented reason why it concerns them"
    return add_area(incident, by=by, why=why, partnership=to.partnership, **more)


def everything(area: OtherArea, *, by: Membership, note: str = NOTE) -> Chosen:
    """All that can be chosen now."""
    incident = area.incident
    return Chosen(
        facts=tuple(one.key for one in selectors.fact_choices(incident)),
        pages=tuple(one.key for one in selectors.copy_choices(incident.case)),
        documents=tuple(one.key for one in selectors.document_choices(incident.case, to=by)),
        note=note,
    )


def shared(area: OtherArea, *, by: Membership, chosen: Chosen | None = None, **more: Any) -> Share:
    """Everything there is, or what is given, shared with the area."""
    given = {"reason": REASON, **more}
    return ours.share(area, chosen=chosen or everything(area, by=by), by=by, **given)


def letter(name: str = "answer.txt", text: bytes = b"An invented answer's file.") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text, content_type="text/plain")


def answered(
    area: OtherArea, *, by: Membership, text: str = "An invented answer", file: bool = True
) -> AreaAnswer:
    """The other area's answer, with a file."""
    return theirs.answer(area, text=text, upload=letter() if file else None, by=by)
