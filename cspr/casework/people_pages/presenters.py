"""People and organisations as rows of a page."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.html import format_html

from cspr.govuk.dates import long_date, long_moment
from cspr.govuk.parts import Row, Table
from cspr.now import today
from cspr.people.models import Agency, Body, Membership, Partnership


def standing(membership: Membership) -> str:
    """Whether a role is in force, in words."""
    if not membership.user.is_active:
        return "Account closed"
    if membership.ended_at is not None:
        return "Ended"
    day = today()
    if membership.starts_on > day:
        return f"From {long_date(membership.starts_on)}"
    if membership.ends_on is None:
        return "In force"
    if membership.ends_on < day:
        return "Ended"
    return f"Until {long_date(membership.ends_on)}"


def people(rows: Sequence[Membership]) -> Table:
    """Name, role, title, standing."""
    return Table(
        caption="People and their roles",
        head=("Name", "Role", "Job title", "Standing"),
        rows=[
            (
                format_html(
                    '<a class="govuk-link" href="{}">{}</a>',
                    reverse("person", args=[one.pk]),
                    one.user.full_name,
                ),
                one.capacity,
                one.title or "Not given",
                standing(one),
            )
            for one in rows
        ],
        empty="Nobody matches. People stand here once a role was given to them.",
    )


def person(membership: Membership, *, second_factor: bool) -> list[Row]:
    """Everything about one role of one person."""
    user = membership.user
    rows = [
        Row("Email address", user.email),
        Row("Role", membership.capacity),
        Row("Job title", membership.title or "Not given"),
        Row("First day", long_date(membership.starts_on)),
        Row("Last day", long_date(membership.ends_on) if membership.ends_on else "Not set"),
        Row("Standing", standing(membership)),
        Row("Last sign-in", long_moment(user.last_login) if user.last_login else "Never"),
        Row("Second factor", "Set up" if second_factor else "Not set up"),
    ]
    if membership.partner:
        rows.insert(3, Row("Delegation", membership.delegation or "Not given"))
    if membership.ended_at is not None:
        rows.append(Row("Ended", f"{long_moment(membership.ended_at)} by {membership.ended_by}"))
    return rows


def partnerships(rows: Sequence[Partnership]) -> Table:
    return Table(
        caption="Partnerships",
        head=("Name", "Code", "Business unit"),
        rows=[
            (one.name, one.code, ", ".join(filter(None, (one.unit_email, one.unit_telephone))) or "Not given")
            for one in rows
        ],
        show_caption=True,
        empty="The partnerships that work with this system will stand here.",
    )


def agencies(rows: Sequence[Agency], *, may_change: bool) -> Table:
    return Table(
        caption="Agencies",
        head=("Name", "Kind", "Serves"),
        rows=[
            (
                format_html(
                    '<a class="govuk-link" href="{}">{}</a>', reverse("agency", args=[one.pk]), one.name
                )
                if may_change
                else one.name,
                one.get_kind_display(),
                ", ".join(partnership.name for partnership in one.partnerships.all())
                if may_change
                else "Yours",
            )
            for one in rows
        ],
        show_caption=True,
        empty="Agencies that refer to the partnership will stand here.",
    )


def bodies(rows: Sequence[Body]) -> Table:
    return Table(
        caption="National bodies",
        head=("Name", "Office", "Email address", "From"),
        rows=[
            (one.name, one.get_kind_display(), one.email or "Not given", long_date(one.effective_from))
            for one in rows
        ],
        show_caption=True,
        empty="The bodies that duties name as recipients will stand here.",
    )
