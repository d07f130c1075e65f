"""What of the rapid reviews waits for somebody, as SELECTs: whoever asks for them checks which cases may be opened.

Reviews are read from index ``review_waits``, all else from what is open of it; no kind reads reviews that rest.
"""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from cspr.cases.waiting import Kind, Kinds
from cspr.deadlines.services import numbers_of
from cspr.people.models import Membership
from cspr.permissions import Permission, can
from cspr.statute.clocks import LETTERS, MEETING, RETURN
from cspr.statute.england_and_wales import Calendar

YEARS = 3
"""A review open longer than this has no day of its template on the board."""

# A day of the partnership's template is the n-th working day after day 0: days up to day 0 are counted, then n more.
DAYS = "SELECT %(days)s::date[] AS days"
# The reviews that wait (index review_waits), with the days that C5 gives them while it runs.
REVIEWS = """
    SELECT v.id, v.case_id, v.status, v.opened_at, d.due_on,
           w.days[NULLIF(width_bucket(d.start_on, w.days), 0) + %(letters)s] AS letters_on,
           w.days[NULLIF(width_bucket(d.start_on, w.days), 0) + %(returns)s] AS returns_on,
           w.days[NULLIF(width_bucket(d.start_on, w.days), 0) + %(meeting)s] AS meeting_on
      FROM rapid_reviews_rapidreview v CROSS JOIN working w
      LEFT JOIN deadlines_deadline d ON d.case_id = v.case_id AND d.clock = 'C5' AND d.met_at IS NULL
                                    AND d.withdrawn_at IS NULL
     WHERE v.partnership_id = %(partnership)s AND v.settled_at IS NULL AND NOT (v.status = 'closed_not_meeting')"""
# These, and those that wait for nothing themselves but have something left over.
EVERY = """
    SELECT v.id, v.case_id, v.opened_at, v.returns_on FROM reviews v
    UNION ALL
    SELECT v.id, v.case_id, v.opened_at, NULL::date FROM rapid_reviews_rapidreview v
     WHERE v.partnership_id = %(partnership)s AND v.id IN (
       SELECT q.review_id FROM rapid_reviews_informationrequest q WHERE q.status IN ('issued', 'answered')
       UNION SELECT g.review_id FROM rapid_reviews_meeting g WHERE g.status IN ('planned', 'held')
       UNION SELECT a.review_id FROM rapid_reviews_safetyaction a WHERE a.status = 'to_do'
       EXCEPT SELECT v.id FROM reviews v)"""
# The reviews before the Panel: what was sent last, what the Panel decided on it last, whether it asked and waits.
BEFORE_PANEL = """
    SELECT v.case_id, s.id AS sent_id, s.sent_at,
           (SELECT a.kind FROM rapid_reviews_panelanswer a WHERE a.sent_id = s.id AND a.kind <> 'more'
             ORDER BY a.received_at DESC, a.number DESC LIMIT 1) AS answer,
           EXISTS (SELECT 1 FROM rapid_reviews_panelanswer a
                    WHERE a.sent_id = s.id AND a.kind = 'more' AND a.replied_at IS NULL) AS asks
      FROM reviews v JOIN LATERAL (
        SELECT s.id, s.sent_at FROM rapid_reviews_sentreview s WHERE s.review_id = v.id
         ORDER BY s.sent_at DESC, s.recorded_at DESC LIMIT 1) s ON true
     WHERE v.status IN ('sent', 'answered')"""
# The national reviews the Panel holds (index panelanswer_national), each with what nothing is recorded of yet (7.2).
NATIONAL = """
    SELECT v.id, v.case_id, n.since, array_remove(ARRAY[
             CASE WHEN NOT EXISTS (
               SELECT 1 FROM rapid_reviews_nationalconsidered c WHERE c.answer_id = n.letter_id) THEN 'considered' END,
             CASE WHEN d.scope IS NOT TRUE THEN 'scope' END,
             CASE WHEN d.method IS NOT TRUE THEN 'method' END,
             CASE WHEN d.engagement IS NOT TRUE THEN 'engagement' END,
             CASE WHEN d.partners IS NOT TRUE THEN 'partners' END,
             CASE WHEN NOT EXISTS (
               SELECT 1 FROM rapid_reviews_secretarytold t WHERE t.review_id = v.id) THEN 'secretary' END,
             CASE WHEN (
               SELECT bool_and(EXISTS (SELECT 1 FROM rapid_reviews_familycontact t
                                        WHERE t.person_id = f.id AND t.matter = 'national'))
                 FROM rapid_reviews_familyperson f WHERE f.review_id = v.id) IS NOT TRUE THEN 'family' END
           ], NULL) AS missing
      FROM (SELECT s.review_id, min(a.received_at) AS since,
                   (array_agg(a.id ORDER BY a.received_at DESC))[1] AS letter_id
              FROM rapid_reviews_panelanswer a JOIN rapid_reviews_sentreview s ON s.id = a.sent_id
             WHERE a.kind = 'national_review' GROUP BY s.review_id) n
      JOIN rapid_reviews_rapidreview v ON v.id = n.review_id
     CROSS JOIN LATERAL (
       SELECT bool_or(d.scope <> '') AS scope, bool_or(d.method <> '') AS method,
              bool_or(d.engagement <> '') AS engagement,
              bool_or('LA' = ANY(d.partners)) AND bool_or('ICB' = ANY(d.partners))
              AND bool_or('POLICE' = ANY(d.partners)) AS partners
         FROM rapid_reviews_nationalscope d WHERE d.review_id = v.id) d
     WHERE v.partnership_id = %(partnership)s AND NOT (v.status = 'closed_not_meeting')"""

PREPARE = Kind(
    "review",
    """
    SELECT v.case_id, v.id, v.due_on, NOT %(unit)s, v.opened_at
      FROM reviews v WHERE v.status IN ('gathering', 'signed')""",
    "SELECT jsonb_build_object('status', v.status) FROM rapid_reviews_rapidreview v WHERE v.id = r.about",
)
SIGNATURES = Kind(
    "signatures",
    """
    SELECT v.case_id, v.id, v.due_on, NOT (
             %(signs)s AND a.user_id <> %(user)s AND NOT EXISTS (
               SELECT 1 FROM decisions_signoff s WHERE s.decision_id = o.id AND s.partner = %(partner)s)
             OR %(leads)s AND EXISTS (
               SELECT 1 FROM rapid_reviews_escalation e WHERE e.review_id = v.id AND e.outcome = '' AND NOT EXISTS (
                 SELECT 1 FROM rapid_reviews_leadanswer l WHERE l.escalation_id = e.id AND l.partner = %(partner)s))),
           v.opened_at
      FROM reviews v
      JOIN decisions_decision o ON o.case_id = v.case_id AND o.question = 'rapid_review' AND o.status = 'open'
      JOIN people_membership a ON a.id = o.asked_by_id
     WHERE v.status = 'with_partners'""",
    """
    SELECT jsonb_build_object(
             'asked_by', u.full_name,
             'signed', array(SELECT s.partner FROM decisions_signoff s WHERE s.decision_id = o.id),
             'why', (SELECT e.why FROM rapid_reviews_escalation e WHERE e.review_id = r.about AND e.outcome = ''))
      FROM decisions_decision o
      JOIN people_membership m ON m.id = o.asked_by_id JOIN people_user u ON u.id = m.user_id
     WHERE o.case_id = r.case_id AND o.question = 'rapid_review' AND o.status = 'open'""",
)
PANEL_QUESTION = Kind(
    "panel_question",
    """
    SELECT v.case_id, a.id, a.answer_by, NOT %(unit)s, a.received_at FROM rapid_reviews_panelanswer a
      JOIN rapid_reviews_sentreview s ON s.id = a.sent_id JOIN rapid_reviews_rapidreview v ON v.id = s.review_id
     WHERE a.kind = 'more' AND a.replied_at IS NULL AND v.partnership_id = %(partnership)s
       AND (v.status <> 'closed_not_meeting' OR a.received_at > v.closed_at)""",
    """
    SELECT jsonb_build_object('came_on', (a.received_at AT TIME ZONE 'Europe/London')::date)
      FROM rapid_reviews_panelanswer a WHERE a.id = r.about""",
)
DECIDE_AGAIN = Kind(
    "decide_again",
    """
    SELECT p.case_id, p.sent_id, NULL::date, NOT %(unit)s, p.sent_at
      FROM before_panel p WHERE p.answer IN ('disagrees', 'reconsider')""",
    "SELECT jsonb_build_object('answer', p.answer) FROM before_panel p WHERE p.sent_id = r.about",
)
PANEL_ANSWER = Kind(
    "panel_answer",
    """
    SELECT p.case_id, p.sent_id, NULL::date, true, p.sent_at
      FROM before_panel p WHERE p.answer IS NULL AND NOT p.asks""",
    """
    SELECT jsonb_build_object(
             'since', (greatest(s.sent_at, (
               SELECT max(a.replied_at) FROM rapid_reviews_panelanswer a WHERE a.sent_id = s.id)
             ) AT TIME ZONE 'Europe/London')::date,
             'expected', (
               SELECT min(d.due_on) FROM deadlines_deadline d
                WHERE d.case_id = r.case_id AND d.clock = 'C8' AND d.met_at IS NULL AND d.withdrawn_at IS NULL))
      FROM rapid_reviews_sentreview s WHERE s.id = r.about""",
)
NATIONAL_REVIEW = Kind(
    "national",
    "SELECT n.case_id, n.id, NULL::date, false, n.since FROM national_reviews n WHERE cardinality(n.missing) > 0",
    "SELECT jsonb_build_object('missing', n.missing) FROM national_reviews n WHERE n.id = r.about",
)
REQUESTS_TO_ASK = Kind(
    "requests_to_ask",
    """
    SELECT v.case_id, v.id, v.letters_on, false, v.opened_at FROM reviews v
     WHERE v.status = 'gathering' AND NOT EXISTS (
       SELECT 1 FROM rapid_reviews_informationrequest q WHERE q.review_id = v.id AND q.status <> 'withdrawn')""",
)
REQUESTS_TO_ISSUE = Kind(
    "requests_to_issue",
    """
    SELECT v.case_id, v.id, v.letters_on, false, v.opened_at FROM reviews v
     WHERE v.status IN ('gathering', 'with_partners', 'signed') AND v.id IN (
       SELECT q.review_id FROM rapid_reviews_informationrequest q WHERE q.status = 'draft')""",
    """
    SELECT jsonb_build_object('drafts', count(*)) FROM rapid_reviews_informationrequest q
     WHERE q.review_id = r.about AND q.status = 'draft'""",
)
REFUSED = Kind(
    "refused",
    """
    SELECT v.case_id, q.id, NULL::date, false, q.issued_at FROM reviews v
      JOIN rapid_reviews_informationrequest q ON q.review_id = v.id AND q.status = 'refused'
     WHERE v.status IN ('gathering', 'with_partners', 'signed')""",
    """
    SELECT jsonb_build_object('agency', g.name) FROM rapid_reviews_informationrequest q
      JOIN people_agency g ON g.id = q.agency_id WHERE q.id = r.about""",
)
RETURNS = Kind(
    "returns",
    """
    SELECT v.case_id, v.id, v.returns_on, true, v.opened_at FROM every v WHERE v.id IN (
       SELECT q.review_id FROM rapid_reviews_informationrequest q WHERE q.status IN ('issued', 'answered'))""",
    """
    SELECT jsonb_build_object(
             'asked', count(*),
             'waited', count(*) FILTER (WHERE q.status IN ('issued', 'answered')),
             'first', jsonb_agg(jsonb_build_array(g.name, (q.issued_at AT TIME ZONE 'Europe/London')::date)
                                ORDER BY q.issued_at, g.name) FILTER (WHERE q.status IN ('issued', 'answered')))
      FROM rapid_reviews_informationrequest q JOIN people_agency g ON g.id = q.agency_id
     WHERE q.review_id = r.about AND q.status NOT IN ('draft', 'withdrawn')""",
)
MEETING_TO_PLAN = Kind(
    "meeting_to_plan",
    """
    SELECT v.case_id, v.id, v.meeting_on, false, v.opened_at FROM reviews v
     WHERE v.status IN ('gathering', 'with_partners') AND NOT EXISTS (
       SELECT 1 FROM rapid_reviews_meeting g WHERE g.review_id = v.id AND NOT (g.status = 'cancelled'))""",
)
MEETING_TO_HOLD = Kind(
    "meeting",
    """
    SELECT v.case_id, g.id,
           CASE g.status WHEN 'planned' THEN (g.starts_at AT TIME ZONE 'Europe/London')::date END, false, g.starts_at
      FROM rapid_reviews_meeting g JOIN every v ON v.id = g.review_id WHERE g.status IN ('planned', 'held')""",
    "SELECT jsonb_build_object('status', g.status) FROM rapid_reviews_meeting g WHERE g.id = r.about",
)
MEETING_TO_ATTEND = Kind(
    "meeting_to_attend",
    """
    SELECT v.case_id, g.id, (g.starts_at AT TIME ZONE 'Europe/London')::date, false, g.starts_at
      FROM rapid_reviews_attendance t JOIN rapid_reviews_meeting g ON g.id = t.meeting_id
      JOIN rapid_reviews_rapidreview v ON v.id = g.review_id
     WHERE t.membership_id = %(membership)s AND t.presence = 'invited' AND g.status = 'planned'
       AND v.partnership_id = %(partnership)s""",
)
SAFETY = Kind(
    "safety",
    """
    SELECT v.case_id, a.id, a.due_on, false, a.added_at FROM rapid_reviews_safetyaction a
      JOIN every v ON v.id = a.review_id WHERE a.status = 'to_do'""",
    "SELECT jsonb_build_object('owner', a.owner_agency) FROM rapid_reviews_safetyaction a WHERE a.id = r.about",
)
PROCEEDING = Kind(
    "proceeding",
    """
    SELECT p.case_id, p.id, p.next_on, false, p.registered_at
      FROM cases_proceeding p JOIN cases_case k ON k.id = p.case_id
     WHERE p.status = 'running' AND p.next_on IS NOT NULL AND k.partnership_id = %(partnership)s""",
    "SELECT jsonb_build_object('kind', p.kind, 'other', p.other_kind) FROM cases_proceeding p WHERE p.id = r.about",
)
FAMILY_AGAIN = Kind(
    "family_again",
    """
    SELECT v.case_id, t.id, t.look_again_on, false, t.recorded_at FROM rapid_reviews_familycontact t
      JOIN rapid_reviews_familyperson f ON f.id = t.person_id JOIN rapid_reviews_rapidreview v ON v.id = f.review_id
     WHERE t.look_again_on <= %(on)s AND v.partnership_id = %(partnership)s AND NOT EXISTS (
       SELECT 1 FROM rapid_reviews_familycontact later
        WHERE later.person_id = t.person_id AND later.matter = t.matter AND later.recorded_at > t.recorded_at)""",
)
FAMILY_TO_TELL = Kind(
    "family_to_tell",
    """
    SELECT v.case_id, v.id, NULL::date, false, v.opened_at FROM rapid_reviews_rapidreview v
     WHERE v.partnership_id = %(partnership)s AND v.family_to_tell AND (
             v.status IN ('signed', 'sent', 'answered')
             OR v.status = 'closed_not_meeting' AND v.sent_at IS NOT NULL)""",
)


def kinds(acting: Membership, on: date, in_force: Calendar) -> Kinds:
    """What waits on the rapid reviews for this capacity; days of the partnership's template by this calendar."""
    numbers = numbers_of(acting.partnership) if acting.partnership else {}
    given = {
        "unit": acting.is_unit,
        "signs": can(acting, Permission.SIGN_REVIEW),
        "leads": can(acting, Permission.DECIDE_ESCALATION),
        "letters": numbers.get(LETTERS.name),
        "returns": numbers.get(RETURN.name),
        "meeting": numbers.get(MEETING.name),
        "days": _days(in_force, on.year),
    }
    shared = {
        "working": DAYS, "reviews": REVIEWS, "before_panel": BEFORE_PANEL, "every": EVERY, "national_reviews": NATIONAL,
    }  # fmt: skip
    return Kinds(list(_kinds(acting)), shared, given)


@lru_cache(maxsize=8)
def _days(in_force: Calendar, year: int) -> str:
    """The working days around a year as PostgreSQL reads an array."""
    days = in_force.days(date(year - YEARS, 1, 1), date(year + 1, 12, 31))
    return "{" + ",".join(one.isoformat() for one in days) + "}"


def _kinds(acting: Membership) -> Iterator[Kind]:
    if acting.is_unit or can(acting, Permission.SIGN_REVIEW):
        yield from (PREPARE, PANEL_QUESTION, DECIDE_AGAIN, PANEL_ANSWER)
    if acting.is_unit:
        yield NATIONAL_REVIEW
    if can(acting, Permission.SEE_CASES):
        yield SIGNATURES
    if can(acting, Permission.REQUEST_INFORMATION):
        yield from (REQUESTS_TO_ASK, REQUESTS_TO_ISSUE, REFUSED, RETURNS)
    if can(acting, Permission.RECORD_MEETING):
        yield from (MEETING_TO_PLAN, MEETING_TO_HOLD)
    else:
        yield MEETING_TO_ATTEND
    if can(acting, Permission.KEEP_SAFETY_ACTIONS):
        yield SAFETY
    if can(acting, Permission.KEEP_PROCEEDINGS):
        yield PROCEEDING
    if can(acting, Permission.TELL_FAMILY):
        yield from (FAMILY_AGAIN, FAMILY_TO_TELL)
