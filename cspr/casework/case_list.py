"""Which cases stand in a list, and how a row reads."""

from collections.abc import Sequence

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html

from cspr.cases.models import Case
from cspr.govuk.dates import long_date
from cspr.govuk.parts import Table
from cspr.now import london_day
from cspr.people.models import Membership
from notifications.models import FamilyMember, Incident, Referral, ReferredChild

A_PAGE = 25
MOST_FOUND = 50
STAGES = tuple(Incident.Status.choices)


def cases(acting: Membership, *, stage: str = "") -> QuerySet[Case]:
    """The cases this person may open, joined ones left out, the newest first."""
    visible = (
        Case.objects.visible_to(acting)
        .filter(merged_into__isnull=True, incident__isnull=False)
        .select_related("incident")
    )
    if stage:
        visible = visible.filter(incident__status=stage)
    return visible.order_by("-opened_at")


class CasePages(Paginator):
    """The pages of the list, counted among the incidents: an index answers, where a join would read every case."""

    def __init__(self, acting: Membership, *, stage: str = "") -> None:
        super().__init__(cases(acting, stage=stage), A_PAGE)
        counted = Incident.objects.visible_to(acting).exclude(status=Incident.Status.LINKED)
        self.counted = counted.filter(status=stage) if stage else counted

    @cached_property
    def count(self) -> int:
        """As many as ``cases`` gives: a case whose incident is joined to another is joined itself."""
        return int(self.counted.count())


def search(acting: Membership, words: str) -> list[Case]:
    """Cases this person may open whose reference, pseudonym, referral or people match the words; at most 50."""
    name = Q(name__icontains=words)
    of_case = {"referral__case": OuterRef("pk")}
    matches = (
        Q(reference__icontains=words)
        | Q(pseudonym__icontains=words)
        | Exists(Referral.objects.filter(case=OuterRef("pk"), reference__icontains=words))
        | Exists(ReferredChild.objects.filter(name | Q(other_names__icontains=words), **of_case))
        | Exists(FamilyMember.objects.filter(name, **of_case))
    )
    return list(cases(acting).filter(matches)[:MOST_FOUND])


def table(rows: Sequence[Case]) -> Table:
    """Reference, pseudonym, stage, opened."""
    return Table(
        caption="Cases",
        head=("Reference", "Known as", "Stage", "Opened"),
        rows=[
            (
                format_html(
                    '<a class="govuk-link app-reference" href="{}">{}</a>',
                    reverse("case", args=[one.pk]),
                    one.reference,
                ),
                one.pseudonym,
                one.incident.get_status_display(),
                long_date(london_day(one.opened_at)),
            )
            for one in rows
        ],
        empty="No case matches. A case opens by itself when an agency sends a referral.",
    )
