"""Whose referrals a capacity may see. Rules of roles.md: one's own, one's agency's, one's partnership's; walls win."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from cspr.cases.models import Case, Wall
from cspr.models import ControlledQuerySet
from cspr.permissions import Permission, Role, can

if TYPE_CHECKING:
    from cspr.people.models import Membership


class ReferralQuerySet(ControlledQuerySet):
    def visible_to(self, acting: Membership | None) -> ReferralQuerySet:
        """A referrer's own, an agency lead's agency's; for the partnership those of cases it may open, never drafts."""
        if acting is None or not can(acting, Permission.SEE_REFERRALS):
            return self.none()
        if not acting.is_agency:
            return self.filter(case__in=Case.objects.visible_to(acting))
        own = Q(agency_id=acting.agency_id)
        if acting.role == Role.REFERRER:
            own &= Q(started_by__user_id=acting.user_id)
        walled = Wall.objects.filter(case=OuterRef("case"), user_id=acting.user_id, lifted_at__isnull=True)
        return self.filter(own).exclude(Exists(walled))

    def editable_by(self, acting: Membership | None) -> ReferralQuerySet:
        """Those a person of the agency may still answer, add to or withdraw; the unit reads only."""
        visible = self.visible_to(acting)
        return visible if acting is not None and acting.is_agency else visible.none()
