"""The demonstration: two invented partnerships, their people, and cases at every stage, as overdue today as ever."""

from collections.abc import Iterable

from django.db import transaction

from cspr.people.models import AgencyKind, Membership, Partnership
from cspr.seeding import credentials
from cspr.seeding.review_stages import ReviewStages, all_reviews
from cspr.seeding.stages import Stages, all_of
from cspr.seeding.words import Plain
from cspr.seeding.world import Names, World, make_bodies, make_national, make_world

DOMAIN = "demo.invalid"
NORTHVALE = Names(
    partnership="Northvale Safeguarding Children Partnership",
    code="NVL",
    short="Northvale",
    domain=f"northvale.{DOMAIN}",
    agencies=(
        ("Northvale Invented Primary School", AgencyKind.SCHOOL),
        ("Northvale Invented Hospital Trust", AgencyKind.HOSPITAL),
        ("Northvale Invented Housing", AgencyKind.HOUSING),
    ),
)
SOUTHMERE = Names(
    partnership="Southmere Safeguarding Children Partnership",
    code="SMR",
    short="Southmere",
    domain=f"southmere.{DOMAIN}",
    agencies=(
        ("Southmere Invented College", AgencyKind.SCHOOL),
        ("Southmere Invented Surgery", AgencyKind.GP),
        ("Southmere Invented Youth Justice Service", AgencyKind.YOUTH_JUSTICE),
    ),
)
GREEK = (
    "Alpha", "Beta", "Gamma", "Delta", "Epsilon", "Zeta", "Eta", "Theta", "Iota", "Kappa", "Lambda", "Mu", "Nu", "Xi",
    "Omicron", "Pi", "Rho", "Sigma", "Tau", "Upsilon", "Phi", "Chi", "Psi", "Omega", "Aleph", "Bet", "Gimel", "Dalet",
    "He", "Vav", "Zayin", "Het", "Tet", "Yod", "Kaf", "Lamed",
)  # fmt: skip


def is_there() -> bool:
    """Whether the demonstration was made already."""
    return Partnership.objects.filter(code__in=[NORTHVALE.code, SOUTHMERE.code]).exists()


@transaction.atomic
def make_demo() -> list[World]:
    """Make all of it, or nothing. Call it once: see ``is_there``."""
    own, words = credentials.of_the_demo(), Plain()
    bodies = make_bodies(domain=DOMAIN)
    make_national(domain=DOMAIN, words=words, credentials=own, bodies=bodies)
    north, south = (make_world(names, words=words, credentials=own) for names in (NORTHVALE, SOUTHMERE))
    stages = Stages(north, list(GREEK), other=south.partnership)
    all_of(stages)
    all_reviews(stages)
    stages.submitted(1, agency=2)
    stages.views_requested(2, received=4)
    stages.notifiable(4)
    there = Stages(south, list(GREEK), other=north.partnership)
    for make in (there.draft, there.submitted, there.views_given, there.notifiable, there.sent_a):
        make()
    ReviewStages(there).gathering(5)
    ReviewStages(there).with_partners(11)
    return [north, south]


def people() -> Iterable[Membership]:
    """The demonstration's people by partnership and role, as they are in force."""
    rows = Membership.objects.current().filter(user__email__endswith=DOMAIN)
    return rows.select_related("user", "partnership", "agency", "body").order_by("user__created_at")
