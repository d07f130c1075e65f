"""The parts of a case file as rows: what the referrals, the incident and the decisions say."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.html import format_html

from cspr.cases.models import Case
from cspr.documents.models import Document
from cspr.documents.selectors import documents_of_case, latest
from cspr.govuk.dates import long_date
from cspr.govuk.parts import Row, Table
from cspr.now import london_day
from cspr.people.models import Membership
from notifications.models import FamilyMember, InvolvedAgency, Referral, ReferredChild
from notifications.presenters.answers import answer_rows, moment

CHILD_NAMES = {
    "name": "Name",
    "other_names": "Other names",
    "nhs_number": "NHS number",
    "address": "Home address",
}
CHILD = {
    "kind": "Child",
    "born_on": "Date of birth",
    "age": "Age",
    "expected_on": "Expected date of birth",
    "sex": "Sex",
    "ethnicity": "Ethnicity",
    "legal_status": "Legal status",
    "care_status": "Looked after or care leaver",
    "placement": "Placement",
    "protection_plan": "Child protection plan",
    "need_plan": "Child in need plan",
}
BIRTH = ("born_on", "age", "expected_on")
FAMILY_NAMES = {"name": "Name", "address": "Address"}
FAMILY = {"relationship": "Relationship", "born_on": "Date of birth", "age": "Age", "safety": "Safe now"}
AGENCY = {"kind": "Kind of agency", "involved_with": "Involved with", "still_involved": "Still involved"}
AGENCY_NAMES = {"worker": "Worker", "contact": "Contact"}


@dataclass(frozen=True)
class Card:
    title: str
    rows: list[Row]


@dataclass(frozen=True)
class CardGroup:
    heading: str
    cards: list[Card]
    empty: str


def people(referrals: Iterable[Referral], *, named: bool) -> dict[str, Any]:
    """Children, family and agencies; names, addresses and contacts only when they were asked for."""
    children = [child for one in referrals for child in one.children.all()]
    family = [person for one in referrals for person in one.family.all()]
    agencies = [agency for one in referrals for agency in one.agencies.all()]
    return {
        "groups": [
            CardGroup("Children", _cards(children, CHILD, CHILD_NAMES, named), "No child is recorded."),
            CardGroup(
                "Family and other children",
                _cards(family, FAMILY, FAMILY_NAMES, named),
                "Nobody is recorded.",
            ),
            CardGroup("Agencies", _cards(agencies, AGENCY, AGENCY_NAMES, named), "No agency is recorded."),
        ]
    }


def _cards(
    rows: Iterable[ReferredChild | FamilyMember | InvolvedAgency],
    questions: Mapping[str, str],
    names: Mapping[str, str],
    named: bool,
) -> list[Card]:
    asked = {**names, **questions} if named else questions
    return [Card(_title(row), answer_rows(row, _applying(row, asked))) for row in rows]


def _applying(row: Any, asked: Mapping[str, str]) -> Mapping[str, str]:
    """The questions without the ways of saying a birth that were not used for this person."""
    unused = {name for name in BIRTH if not getattr(row, name, None)}
    if unused >= {name for name in BIRTH if name in asked}:
        unused.discard("born_on")
    return {name: label for name, label in asked.items() if name not in unused}


def _title(row: ReferredChild | FamilyMember | InvolvedAgency) -> str:
    if isinstance(row, ReferredChild):
        return f"{row}{', lead child' if row.is_lead else ''}"
    return str(row)


def chronology(referrals: Iterable[Referral]) -> Table:
    """Every key date in one order; the ones without a date stand last."""
    rows = [(date_, one.agency.name) for one in referrals for date_ in one.key_dates.all()]
    rows.sort(key=lambda pair: (pair[0].happened_on or date.max, pair[0].position))
    return Table(
        caption="Key dates the referrers gave",
        head=("When", "What happened", "Source", "Told by"),
        rows=[(moment(one.happened), one.event, one.source or "Not given", agency) for one, agency in rows],
        empty="The key dates that agencies give with their referrals will stand here, each with its source.",
    )


def documents(case: Case, acting: Membership) -> Table:
    """Every file of the case, the newest first."""
    return Table(
        caption="Documents of this case",
        head=("Document", "Kind", "Added", "Virus check"),
        rows=[_document(one) for one in documents_of_case(case, to=acting)],
        empty="Files given with referrals, evidence and the copies sent will stand here.",
    )


def _document(document: Document) -> tuple[Any, ...]:
    newest = latest(document)
    address = reverse("document_download", args=[newest.pk])
    return (
        format_html('<a class="govuk-link" href="{}">{}</a>', address, document.title),
        document.kind.replace("_", " ").capitalize(),
        f"{long_date(london_day(document.added_at))} by {document.added_by.user.full_name}",
        newest.get_scan_display(),
    )
