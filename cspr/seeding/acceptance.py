"""Cases for checking from outside: two partnerships of one name, every role, every stage, a marker in every text."""

import hashlib
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from cspr.people.models import AgencyKind, Partnership
from cspr.seeding import outline
from cspr.seeding.credentials import Derived
from cspr.seeding.review_stages import all_reviews
from cspr.seeding.stages import Made, Stages, all_of
from cspr.seeding.words import Marked
from cspr.seeding.world import Names, World, make_bodies, make_national, make_world

DOMAIN = "acceptance.invalid"
NAME = "Twinford Safeguarding Children Partnership"
AGENCIES = (
    ("Twinford Invented School", AgencyKind.SCHOOL),
    ("Twinford Invented Hospital Trust", AgencyKind.HOSPITAL),
    ("Twinford Invented Surgery", AgencyKind.GP),
)
CHILDREN = (
    "Ash", "Bay", "Clay", "Dale", "Eden", "Fern", "Glen", "Heath", "Isle", "June", "Kite", "Lake", "Marsh", "North",
    "Oak", "Peak", "Quay", "Reed", "Sand", "Tarn", "Vale", "Wold", "Yew", "Birch", "Cove", "Drift", "Elm", "Fjord",
)  # fmt: skip


@dataclass(frozen=True)
class Side:
    """One of the two partnerships and all that was made in it."""

    world: World
    made: list[Made]


def code_of(seed: int, side: str) -> str:
    """A code of six letters that is this seed's and this side's own."""
    drawn = hashlib.sha256(f"partnership {seed}".encode()).digest()
    return side + "".join(chr(ord("A") + byte % 26) for byte in drawn[:5])


def is_there(seed: int) -> bool:
    """Whether this seed was made already."""
    return Partnership.objects.filter(code=code_of(seed, "A")).exists()


@transaction.atomic
def make(seed: int) -> dict[str, Any]:
    """Make everything of a seed beside what is there, and describe it. Call it once a seed: see ``is_there``."""
    words, own = Marked(seed), Derived(f"acceptance {seed}")
    worlds = [_world(seed, side, words, own) for side in "AB"]
    bodies = make_bodies(domain=DOMAIN)
    national = make_national(domain=f"s{seed}.{DOMAIN}", words=words, credentials=own, bodies=bodies)
    others = (worlds[1].partnership, worlds[0].partnership)
    sides = [_side(world, other) for world, other in zip(worlds, others, strict=True)]
    everybody = [*national.values(), *(one for side in sides for _, one in side.world.everybody())]
    return {
        "seed": seed,
        "partnerships": [
            {"code": one.partnership.code, "name": one.partnership.name, "id": str(one.partnership.pk)}
            for one in worlds
        ],
        "people": [
            outline.person(one, password=own.password, totp_secret=own.totp_secret(one.user.email))
            for one in everybody
        ],
        "objects": [found for side in sides for made in side.made for found in outline.objects_of(made)],
    }


def _side(world: World, other: Partnership) -> Side:
    stages = Stages(world, list(CHILDREN), other=other)
    return Side(world, [*all_of(stages), *all_reviews(stages)])


def _world(seed: int, side: str, words: Marked, own: Derived) -> World:
    names = Names(
        partnership=NAME,
        code=code_of(seed, side),
        short=f"Twinford {side}",
        domain=f"{side.lower()}{seed}.{DOMAIN}",
        agencies=AGENCIES,
    )
    return make_world(names, words=words, credentials=own)
