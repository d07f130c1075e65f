"""What the partners are shown when they are asked (rule 4.3), word for word as it stands: frozen into the question."""

from cspr.govuk.dates import long_date, long_moment
from cspr.statute.definitions import route
from notifications.models import Incident, Referral
from notifications.options import CareStatus
from notifications.selectors.incident import areas_of, referrals_of

Paper = list[str]


def papers_of(incident: Incident) -> list[Paper]:
    """[label, text] pairs: the dates, each test with its reason, the route, and what every referral says happened.

    Children are counted, not named: a name is a deliberate, logged step away.
    """
    referrals = referrals_of(incident)
    told = [paper for referral in referrals for paper in _referral(referral)]
    areas = "; ".join(f"{area}: {area.why}" for area in areas_of(incident))
    rows = [*_dates(incident), *_tests(incident), *_route(incident), ["Other areas concerned", areas], *told]
    return [row for row in rows if row[1]]


def facts_of(incident: Incident) -> list[Paper]:
    """What is recorded so far: the dates, the tests that are answered, the route once confirmed, what referrals say.

    Which other areas are concerned is not among them: each area learns of itself only (rule 4.8).
    """
    route_known = _route(incident) if incident.route else []
    told = [paper for referral in referrals_of(incident) for paper in _referral(referral)]
    return [row for row in (*_dates(incident), *_tests(incident), *route_known, *told) if row[1]]


def proposal_of(incident: Incident) -> str:
    """What the unit proposes, in one paragraph."""
    chosen = route(incident.route)
    return f"Route {chosen.key.value}: {chosen.title}. {chosen.sentence} {incident.route_reason}"


def _dates(incident: Incident) -> list[Paper]:
    time = f" at {incident.occurred_time:%H:%M}" if incident.occurred_time else ""
    day = incident.agency_aware_on
    return [
        ["When it happened", f"{incident.occurred}{time}" if incident.occurred else ""],
        ["Where it happened", incident.happened_in],
        [
            "When an agency became aware",
            f"{long_date(day)}. {incident.agency_aware_person}".strip() if day else "",
        ],
        [
            "When the local authority became aware",
            f"{long_moment(incident.aware_at)}. {incident.aware_person}. {incident.aware_evidence}"
            if incident.aware_at
            else "",
        ],
    ]


def _tests(incident: Incident) -> list[Paper]:
    """The four tests; the text of one that is not answered is empty."""
    care = CareStatus(incident.care_status).label if incident.care_status else ""
    if care and incident.age_at_death is not None:
        care = f"{care}, aged {incident.age_at_death}"
    return [
        ["Abuse or neglect (3.1)", _answer(incident.get_abuse_display(), incident.abuse_reason)],
        ["Harm (3.1 and 3.2)", _answer(incident.get_nature_display(), incident.nature_reason)],
        ["Place (4.2)", _answer(incident.get_place_display(), incident.place_reason)],
        ["Looked after or care leaver (4.4)", _answer(care, incident.care_reason)],
    ]


def _route(incident: Incident) -> list[Paper]:
    return [
        ["Route that follows from the answers", route(incident.route_proposed).title],
        ["Route the business unit proposes", proposal_of(incident)],
    ]


def _answer(answer: str, reason: str) -> str:
    if not answer:
        return ""
    return f"{answer}. {reason}" if reason else f"{answer}."


def _referral(referral: Referral) -> list[Paper]:
    name = f"Referral {referral.reference}, {referral.agency}"
    number = len(referral.children.all())
    children = "1 child" if number == 1 else f"{number} children"
    return [
        [f"{name}: children", children],
        [f"{name}: what happened", referral.narrative],
        [f"{name}: why abuse or neglect is suspected", referral.abuse_reason],
        [f"{name}: the harm", referral.serious_harm_reason or referral.other_nature],
        [f"{name}: what was done", referral.action_taken],
    ]
