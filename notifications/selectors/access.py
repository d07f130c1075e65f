"""Who can be walled off a case, or given it; which case somebody may break the glass for."""

from uuid import UUID

from django.db.models import Q, QuerySet

from cspr.cases.models import Case, CaseGrant, Wall
from cspr.people.models import Membership
from cspr.permissions import Role
from notifications.models import OtherArea
from notifications.selectors.sharing import SEE_SHARED


def standing_walls(case: Case) -> "QuerySet[Wall]":
    """The walls that stand, for the manager."""
    rows = Wall.objects.filter(case=case, lifted_at__isnull=True)
    return rows.select_related("user", "raised_by__user").order_by("user__full_name")


def find_wall(case: Case, wall_id: UUID) -> Wall | None:
    return standing_walls(case).filter(pk=wall_id).first()


def people_of(case: Case, *, but: Membership) -> "QuerySet[Membership]":
    """The partnership's people today who are not walled off the case, but the one who asks."""
    walled = Wall.objects.filter(case=case, lifted_at__isnull=True).values("user_id")
    rows = Membership.objects.current().filter(partnership_id=case.partnership_id)
    return rows.exclude(user_id__in=walled).exclude(user_id=but.user_id).select_related("user", "partnership")


def people_to_wall_off(case: Case, *, but: Membership) -> "QuerySet[Membership]":
    """The partnership's people, those of other areas named who could be shown something (4.8), the Panel's officers."""
    areas = OtherArea.objects.filter(incident__case=case, partnership__isnull=False).values("partnership")
    walled = Wall.objects.filter(case=case, lifted_at__isnull=True).values("user_id")
    elsewhere = Q(partnership__in=areas, role__in=SEE_SHARED) | Q(role=Role.PANEL_OFFICER)
    theirs = Membership.objects.current().filter(elsewhere)
    theirs = theirs.exclude(user_id__in=walled).select_related("user", "partnership")
    return people_of(case, but=but) | theirs


def people_to_wall_off_there(area: OtherArea, *, but: Membership) -> "QuerySet[Membership]":
    """The other area's people who could be shown something, but the one who asks."""
    walled = Wall.objects.filter(case=area.incident.case_id, lifted_at__isnull=True).values("user_id")
    rows = Membership.objects.current().filter(partnership=area.partnership_id, role__in=SEE_SHARED)
    return rows.exclude(user_id__in=walled).exclude(user_id=but.user_id).select_related("user", "partnership")


def broken_glass(case: Case) -> "QuerySet[CaseGrant]":
    """Every time somebody broke the glass to open the case, the latest first."""
    rows = CaseGrant.objects.filter(content_object=case, broke_glass=True).order_by("-starts_at")
    return rows.select_related("user", "membership__user", "membership__partnership", "reviewed_by__user")


def glass_to_review(case: Case, *, by: Membership) -> "QuerySet[CaseGrant]":
    """Those at which nobody has looked, but one's own."""
    return broken_glass(case).filter(reviewed_at__isnull=True).exclude(user_id=by.user_id)


def behind_glass(reference: str, *, to: Membership) -> Case | None:
    """A case of one's own partnership by reference; one a wall hides does not exist for the person it hides it from."""
    if to.partnership_id is None:
        return None
    walled = Wall.objects.filter(user_id=to.user_id, lifted_at__isnull=True).values("case_id")
    rows = Case.objects.filter(partnership_id=to.partnership_id, reference__iexact=reference.strip())
    return rows.exclude(pk__in=walled).first()
