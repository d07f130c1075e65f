"""Whom a clock's reminders go to: the words of the statute's table as people of the case's partnership."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from cspr.cases.models import Case, PartnershipGrant, Wall
from cspr.deadlines import owners
from cspr.deadlines.models import Deadline
from cspr.deadlines.owners import Reminded
from cspr.people.models import Membership, Partner
from cspr.permissions import Role
from cspr.statute import clocks
from cspr.statute.clock import Clock

ROLES = {
    clocks.OFFICER: Role.OFFICER,
    clocks.MANAGER: Role.MANAGER,
    clocks.PARTNER: Role.PARTNER,
    clocks.LEAD_PARTNER: Role.LEAD_PARTNER,
    clocks.AGENCY_LEAD: Role.AGENCY_LEAD,
    clocks.PANEL_OFFICER: Role.PANEL_OFFICER,
}
OF_ONE_PARTNER = {"C4": Partner.LA}
"""Rule 4.3: the local authority is the legal notifier, so of the three partners its own is the one reminded."""

OF_A_PARTNERSHIP = (Role.OFFICER, Role.MANAGER, Role.PARTNER, Role.LEAD_PARTNER)


@dataclass(frozen=True)
class Audience:
    """The people of some partnerships and the walls on some cases, read in three queries for a batch of deadlines."""

    people: dict[tuple[uuid.UUID, str], list[Membership]]
    walled: frozenset[tuple[uuid.UUID, uuid.UUID]]
    granted: frozenset[tuple[uuid.UUID, uuid.UUID]]
    none: list[Membership] = field(default_factory=list)

    @classmethod
    def of(cls, cases: Iterable[Case], *, on: date) -> "Audience":
        """Everybody who could be reminded of these cases on a London date."""
        wanted = list(cases)
        partnerships = {case.partnership_id for case in wanted}
        members = (
            Membership.objects.current(on)
            .filter(partnership__in=partnerships, role__in=OF_A_PARTNERSHIP)
            .select_related("user", "partnership")
        )
        people: dict[tuple[uuid.UUID, str], list[Membership]] = defaultdict(list)
        for one in members:
            if one.partnership_id is not None:
                people[one.partnership_id, one.role].append(one)
        walls = Wall.objects.filter(case__in=[case.pk for case in wanted], lifted_at__isnull=True)
        grants = PartnershipGrant.objects.filter(content_object__in=partnerships)
        return cls(
            people=people,
            walled=frozenset(walls.values_list("case_id", "user_id")),
            granted=frozenset(grants.values_list("content_object_id", "user_id")),
        )

    def owners(self, deadline: Deadline, rule: Clock) -> list[Reminded]:
        """Whose act the clock waits for; where nobody holds that role, the partnership's managers."""
        case = deadline.case
        if rule.key in owners.REGISTERED:
            outside = list(owners.REGISTERED[rule.key](deadline))
            return outside or self._led_to_case(case, self._in_role(case, Role.MANAGER))
        found = self._in_role(case, ROLES[rule.owner], partner=OF_ONE_PARTNER.get(rule.key))
        return self._led_to_case(case, found or self._in_role(case, Role.MANAGER))

    def escalated_to(self, rule: Clock, case: Case) -> list[Reminded]:
        """Whom an overdue clock is brought to."""
        found = [one for word in rule.reminders.escalate_to for one in self._in_role(case, ROLES[word])]
        return self._led_to_case(case, found or self._in_role(case, Role.MANAGER))

    def _led_to_case(self, case: Case, people: Iterable[Membership]) -> list[Reminded]:
        return [Reminded(one, link_for(case, one)) for one in people]

    def _in_role(self, case: Case, role: Role, *, partner: Partner | None = None) -> list[Membership]:
        return [
            one
            for one in self.people.get((case.partnership_id, role), self.none)
            if (case.pk, one.user_id) not in self.walled
            and (role == Role.LEAD_PARTNER or (case.partnership_id, one.user_id) in self.granted)
            and (partner is None or one.partner == partner)
        ]


def link_for(case: Case, to: Membership) -> str:
    """Where a reminder leads: the case; for a lead partner, who opens no case by role alone, the board."""
    return "/" if to.role == Role.LEAD_PARTNER else f"/cases/{case.pk}/"
