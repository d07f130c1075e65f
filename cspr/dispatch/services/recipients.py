"""Whom a telling goes to: a partner's office, a body, another partnership, or somebody by name."""

from dataclasses import dataclass

from cspr.cases.models import Case
from cspr.dispatch import selectors
from cspr.dispatch.models import Telling
from cspr.people.models import Body, Membership, Partner, Partnership
from cspr.people.selectors import partners_of


@dataclass(frozen=True)
class To:
    """One recipient. Made by ``safeguarding_partner``, ``body_named``, ``other_partnership`` or ``named``."""

    recipient: Telling.Recipient
    name: str
    email: str = ""
    membership: Membership | None = None
    partner: str = ""
    partnership: Partnership | None = None
    body: Body | None = None

    @classmethod
    def safeguarding_partner(cls, partner: Partner, *, of: Case) -> "To":
        """The delegated person of one of the case's three partners, minus people walled off the case."""
        people = [one for one in partners_of(of.partnership) if one.partner == partner]
        free = [one for one in people if not selectors.walled_off(of, email=one.user.email)]
        chosen = free[0] if free else None
        words = Partner(partner).label
        return cls(
            recipient=Telling.Recipient.PARTNER,
            name=f"{words[0].upper()}{words[1:]}, {of.partnership.name}",
            email=chosen.user.email if chosen else "",
            membership=chosen,
            partner=Partner(partner).value,
            partnership=of.partnership,
        )

    @classmethod
    def body_named(cls, body: Body) -> "To":
        """A body held as data: the Panel, Ofsted, the Secretary of State."""
        return cls(recipient=Telling.Recipient.BODY, name=body.name, email=body.email, body=body)

    @classmethod
    def other_partnership(cls, partnership: Partnership) -> "To":
        """Another area's business unit (rule C2, 4.8)."""
        email = partnership.unit_email
        return cls(Telling.Recipient.PARTNERSHIP, name=partnership.name, email=email, partnership=partnership)

    @classmethod
    def named(cls, name: str, *, email: str = "") -> "To":
        """Somebody the system does not know."""
        return cls(recipient=Telling.Recipient.NAMED, name=name, email=email)
