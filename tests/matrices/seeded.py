"""One of everything that has an address, in both partnerships, made by the verbs that make it."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.core.files.base import ContentFile

from cspr.cases.services import wall_off
from cspr.deadlines.services import make_feed
from cspr.decisions.models import Answer
from cspr.dispatch.models import Telling
from cspr.documents.models import DocumentVersion
from notifications.options.sharing import PieceKind
from notifications.services.areas import add_area
from notifications.services.referral_files import attach_file
from notifications.services.referral_rows import add_row
from tests.factories import incidents, notifications, referrals, sharing
from tests.factories.people import World
from tests.matrices.personas import People
from tests.matrices.rapid_seeded import Rapid, seed_rapid

ROWS: dict[str, dict[str, Any]] = {
    "agencies": {
        "name": "Invented Clinic",
        "kind": "gp",
        "worker": "",
        "contact": "",
        "involved_with": "",
        "still_involved": "YES",
    },
}
UPLOAD = ("invented.txt", b"An invented note.")


@dataclass
class Side:
    """What one partnership has: ids by the name of the route's argument, and cases by their stage."""

    ids: dict[str, UUID | str] = field(default_factory=dict)
    cases: dict[str, UUID] = field(default_factory=dict)
    referrals: dict[str, UUID] = field(default_factory=dict)
    rapid: Rapid = field(default_factory=Rapid)


@dataclass
class Seeded:
    people: People
    own: Side
    other: Side


def seed(people: People) -> Seeded:
    """Both partnerships' sides. ``people.walled`` is walled off every case of Northvale's."""
    own, other = _side(people.northvale, people.southmere), _side(people.southmere, people.northvale)
    _share(people.northvale, people.southmere, own, seen_by=other)
    _share(people.southmere, people.northvale, other, seen_by=own)
    for case_id in (*own.cases.values(), *own.rapid.cases.values()):
        _wall(people, case_id)
    assert people.walled is not None
    there = incidents.Incident.objects.get(case_id=other.cases["sent"]).case
    wall_off(there, user=people.walled.user, by=people.southmere.manager, reason="Invented conflict")
    return Seeded(people, own, other)


def _wall(people: People, case_id: UUID) -> None:
    from_case = incidents.Incident.objects.get(case_id=case_id).case
    assert people.walled is not None
    wall_off(from_case, user=people.walled.user, by=people.northvale.manager, reason="Invented conflict")


def _share(world: World, elsewhere: World, side: Side, *, seen_by: Side) -> None:
    """One piece of each kind shared with the other partnership, and its answer: ``shared_id`` is theirs, not ours."""
    incident = notifications.sent(world).incident
    area = sharing.area_of(incident, to=elsewhere, by=world.officer)
    made = sharing.shared(area, by=world.officer, for_partners=True)
    answer = sharing.answered(area, by=elsewhere.officer)
    side.cases["sent"] = incident.case_id
    side.ids |= {"share_id": made.pk, "answer_id": answer.pk}
    seen_by.ids |= {
        "shared_id": area.pk,
        "given_id": answer.pk,
        "copy_id": made.pieces.get(kind=PieceKind.NOTIFICATION).pk,
        "file_id": made.pieces.get(kind=PieceKind.DOCUMENT).pk,
    }


def _side(world: World, elsewhere: World) -> Side:
    side = Side()
    _referrals(side, world)
    side.rapid = seed_rapid(world)
    ready = incidents.ready(world)
    area = add_area(ready, by=world.officer, why="Invented reason", partnership=elsewhere.partnership)
    asked, decided = incidents.asked(world), incidents.decided(world)
    refused = incidents.decided(world, outcome=Answer.NO)
    wall = wall_off(ready.case, user=world.second_officer.user, by=world.manager, reason="Invented conflict")
    side.cases = {
        "received": incidents.Incident.objects.get(case__referrals=side.referrals["sent"]).case_id,
        "ready": ready.case_id, "asked": asked.case_id, "decided": decided.case_id, "refused": refused.case_id,
    }  # fmt: skip
    telling = Telling.objects.filter(case=decided.case).first()
    assert telling is not None
    side.ids |= {
        "area_id": area.pk,
        "wall_id": wall.pk,
        "other_id": asked.case_id,
        "telling_id": telling.pk,
        "deadline_id": decided.case.deadlines.first().pk,
        "membership_id": world.second_officer.pk,
        "agency_id": world.school.pk,
        "secret": make_feed(by=world.officer),
    }
    return side


def _referrals(side: Side, world: World) -> None:
    draft = referrals.complete(world.referrer)
    sent = incidents.received(world).case.referrals.get()
    row = add_row(draft, page="agencies", answers=ROWS["agencies"], by=world.referrer)
    attach_file(
        draft, upload=ContentFile(UPLOAD[1], name=UPLOAD[0]), description="Invented", by=world.referrer
    )
    side.referrals = {"draft": draft.pk, "sent": sent.pk}
    side.ids |= {
        "child_id": draft.children.get().pk,
        "row_id": row.pk,
        "version_id": DocumentVersion.objects.latest("added_at").pk,
    }


NOWHERE = uuid4()
"""An id that names nothing."""
