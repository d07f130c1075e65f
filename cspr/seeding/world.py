"""A partnership and everybody in it: one person per role of roles.md, and more where two are needed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from cspr.audit.recording import recorded
from cspr.cases.services import give_partnership_access
from cspr.people import services as people
from cspr.people.models import Agency, AgencyKind, Body, BodyKind, Membership, Partner, Partnership
from cspr.people.services import Place
from cspr.people.workflow import SEE_THE_PARTNERSHIP
from cspr.permissions import Role
from cspr.seeding.credentials import Derived
from cspr.seeding.words import Words


@dataclass(frozen=True)
class Names:
    """What a seeded partnership and its agencies are called, and the domain of its people's addresses."""

    partnership: str
    code: str
    short: str
    domain: str
    agencies: tuple[tuple[str, AgencyKind], ...]
    greek: Sequence[str] = ("Alpha", "Beta")


@dataclass
class World:
    """Everybody by what they are. ``agencies`` in the order of the names; each has a referrer and a lead."""

    partnership: Partnership
    names: Names
    words: Words
    agencies: list[Agency]
    people: dict[str, Membership] = field(default_factory=dict)

    def __getitem__(self, key: str) -> Membership:
        return self.people[key]

    @property
    def partners(self) -> list[Membership]:
        return [self.people[f"partner_{one.value.lower()}"] for one in Partner]

    def everybody(self) -> Iterator[tuple[str, Membership]]:
        return iter(self.people.items())


STAFF: tuple[tuple[str, Role, str, str], ...] = (
    ("officer", Role.OFFICER, "Olive Officer", "Safeguarding review officer"),
    ("second_officer", Role.OFFICER, "Oscar Officer", "Safeguarding review officer"),
    ("manager", Role.MANAGER, "Mona Manager", "Business unit manager"),
    ("scrutineer", Role.SCRUTINEER, "Sidney Scrutineer", "Independent scrutineer"),
    ("reviewer", Role.REVIEWER, "Rita Reviewer", "Independent reviewer"),
)
PARTNERS = {
    Partner.LA: ("Lara Council", "Leo Leader", "Director of children’s services", "Chief executive"),
    Partner.ICB: ("Helen Health", "Henry Leader", "Chief nurse", "Chief executive of the board"),
    Partner.POLICE: ("Peter Police", "Paula Leader", "Head of public protection", "Chief constable"),
}
IN_AGENCIES: tuple[tuple[str, Role, str, str], ...] = (
    ("referrer", Role.REFERRER, "Ruth Referrer", "Practitioner"),
    ("agency_lead", Role.AGENCY_LEAD, "Ada Lead", "Named safeguarding lead"),
    ("contributor", Role.CONTRIBUTOR, "Colin Contributor", "Practitioner"),
)


WITH_CONTRIBUTORS = 2
"""How many agencies, from the first, have somebody who answers what is assigned to them."""


@recorded
def give(
    *, name: str, email: str, role: Role, place: Place, title: str, words: Words, credentials: Derived
) -> Membership:
    """A person who can sign in, in one role, with what the role opens."""
    delegation = words.line(f"Scheme of delegation, {title.lower()}", 300) if place.partner else ""
    membership, _ = people.give_role(
        email=email,
        full_name=name,
        role=role,
        place=place,
        by=None,
        title=words.line(title, 150),
        delegation=delegation,
    )
    if role in SEE_THE_PARTNERSHIP:
        give_partnership_access(membership, by=None)
    if not membership.user.has_usable_password():
        credentials.give(membership.user)
    return membership


def make_world(names: Names, *, words: Words, credentials: Derived) -> World:
    """Add a partnership, its agencies, its unit, its partners and its agencies' people."""
    unit_email = f"unit@{names.domain}"
    partnership = people.add_partnership(
        name=names.partnership, code=names.code, unit_email=unit_email, by=None
    )
    agencies = [
        people.add_agency(name=name, kind=kind, partnerships=[partnership], by=None)
        for name, kind in names.agencies
    ]
    world = World(partnership=partnership, names=names, words=words, agencies=agencies)

    def add(key: str, name: str, role: Role, place: Place, title: str) -> None:
        first, _, last = name.lower().partition(" ")
        email = f"{first}.{last}@{names.domain}"
        world.people[key] = give(
            name=f"{name} ({names.short})",
            email=email,
            role=role,
            place=place,
            title=title,
            words=words,
            credentials=credentials,
        )

    for key, role, name, title in STAFF:
        add(key, name, role, Place(partnership=partnership), title)
    for partner, (delegate, lead, title, lead_title) in PARTNERS.items():
        place = Place(partnership=partnership, partner=partner.value)
        add(f"partner_{partner.value.lower()}", delegate, Role.PARTNER, place, title)
        add(f"lead_{partner.value.lower()}", lead, Role.LEAD_PARTNER, place, lead_title)
    for number, agency in enumerate(agencies, start=1):
        for key, role, name, title in IN_AGENCIES:
            if role == Role.CONTRIBUTOR and number > WITH_CONTRIBUTORS:
                continue
            add(f"{key}_{number}", f"{name}{number}", role, Place(agency=agency), title)
    return world


def make_national(
    *, domain: str, words: Words, credentials: Derived, bodies: Sequence[Body]
) -> dict[str, Membership]:
    """The people of no partnership: the Panel's officer and the system administrator."""
    panel = next(one for one in bodies if one.kind == BodyKind.PANEL)
    return {
        "panel_officer": give(
            name="Pia Panel",
            email=f"pia.panel@{domain}",
            role=Role.PANEL_OFFICER,
            place=Place(body=panel),
            title="Panel secretariat",
            words=words,
            credentials=credentials,
        ),
        "administrator": give(
            name="Adam Administrator",
            email=f"adam.administrator@{domain}",
            role=Role.ADMINISTRATOR,
            place=Place(),
            title="System administrator",
            words=words,
            credentials=credentials,
        ),
    }


BODIES_FROM = date(2018, 6, 29)
BODIES = (
    (BodyKind.PANEL, "Child Safeguarding Practice Review Panel"),
    (BodyKind.SECRETARY_OF_STATE, "Department for Education"),
    (BodyKind.OFSTED, "Ofsted"),
    (BodyKind.CQC, "Care Quality Commission"),
    (BodyKind.INSPECTORATE, "HM Inspectorate of Constabulary and Fire & Rescue Services"),
)


def make_bodies(*, domain: str) -> list[Body]:
    """The national bodies that are not there yet, as data, with addresses that reach nobody."""
    there = {one.kind for one in Body.objects.all()}
    for kind, name in BODIES:
        if kind not in there:
            people.add_body(
                name=name, kind=kind, email=f"{kind.value}@{domain}", by=None, effective_from=BODIES_FROM
            )
    return list(Body.objects.all())
