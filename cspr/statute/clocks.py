"""THE table of clocks, rules C1 to C16. A new edition of guidance is a new row, never a changed one.

A `Clock` is a rule; a deadline is that clock running on one case. A case keeps the row in force when its
clock started. Day 0 is the London day of the starting event. Reminders stand so many working days from the
due date.
"""

from datetime import date

from cspr.statute import sources
from cspr.statute.clock import Clock, Reminders, Setting
from cspr.statute.working_days import Months, OnDate, WorkingDays, Years

CARE_LEAVERS_ADDED = date(2023, 12, 15)
PANEL_GUIDANCE_2025 = date(2025, 6, 1)  # published in June 2025; the day of the month is not known to us

OFFICER = "Business unit officer"
MANAGER = "Business unit manager"
AGENCY_LEAD = "Agency lead"
PARTNER = "Delegated safeguarding partner"
LEAD_PARTNER = "Lead safeguarding partner"
PANEL_OFFICER = "Panel officer"

PANEL = "Panel"
SECRETARY_OF_STATE = "Secretary of State"
OFSTED = "Ofsted"
DFE = "Department for Education"


class NoClock(LookupError):
    """No edition of the clock was in force on that day."""


DECIDE = Setting(
    "decide_notifiable_days",
    "Working days to decide whether an incident is notifiable",
    1,
    WorkingDays,
    sources.DECIDE_SETTING,
    most=5,
)
LETTERS = Setting(
    "letters_due_day",
    "Working day of the rapid review by which the information requests go out",
    1,
    WorkingDays,
    sources.LETTERS_SETTING,
    most=15,
)
RETURN = Setting(
    "return_due_day",
    "Working day of the rapid review on which returns are due",
    10,
    WorkingDays,
    sources.RETURN_SETTING,
    most=15,
)
MEETING = Setting(
    "meeting_due_day",
    "Working day of the rapid review on which its meeting is held",
    14,
    WorkingDays,
    sources.MEETING_SETTING,
    most=15,
)
TELL = Setting(
    "tell_at_once_days",
    "Working days within which “as soon as” is shown as due",
    1,
    WorkingDays,
    sources.TELL_SETTING,
    most=5,
)
PANEL_REPLY = Setting(
    "panel_reply_days",
    "Working days after which the Panel's reply is chased",
    15,
    WorkingDays,
    sources.PANEL_REPLY_SETTING,
)
AUDIT = Setting(
    "audit_months", "Months after which an improvement is audited", 6, Months, sources.AUDIT_SETTING, most=24
)
MILESTONES = (LETTERS, RETURN, MEETING)
"""A partnership's own template of the rapid review, each counted from the day 0 of C5 and moving with it."""
SETTINGS = (DECIDE, *MILESTONES, TELL, PANEL_REPLY, AUDIT)

AWARE = "the local authority became aware of the incident"
SHORT = Reminders((-2, -1, 0, 1), escalate=1, escalate_to=(MANAGER, LEAD_PARTNER))
LONG = Reminders((-60, -40, -20, -10, 0, 1), escalate=1, escalate_to=(MANAGER, LEAD_PARTNER))
AT_ONCE = Reminders((0, 1), escalate=1, escalate_to=(MANAGER,))

CLOCKS: tuple[Clock, ...] = (
    Clock(
        key="C1",
        title="Panel notification",
        verb_title="Notify the Panel",
        starts=AWARE,
        length=WorkingDays(5),
        satisfied_by="the notification is recorded as sent",
        owner=OFFICER,
        recipients=(PANEL,),
        also_told=(DFE, OFSTED),
        source=sources.CHAPTER_4,
        reminders=SHORT,
    ),
    Clock(
        key="C2",
        title="Telling the safeguarding partners",
        verb_title="Tell the safeguarding partners",
        starts=AWARE,
        length=WorkingDays(5),
        satisfied_by="each recipient has been told, one by one",
        owner=OFFICER,
        recipients=("Local authority", "Integrated care board", "Police", "Other areas' partnerships"),
        source=sources.CHAPTER_4_FIVE_DAYS,
        reminders=SHORT,
    ),
    Clock(
        key="C3",
        title="Death of a looked-after child",
        verb_title="Notify the Secretary of State and Ofsted",
        starts=AWARE,
        length=WorkingDays(5),
        satisfied_by="the notification is recorded as sent",
        owner=OFFICER,
        recipients=(SECRETARY_OF_STATE, OFSTED),
        source=sources.CHAPTER_4_LOOKED_AFTER,
        reminders=SHORT,
        effective_until=date(2023, 12, 14),
    ),
    Clock(
        key="C3",
        title="Death of a looked-after child or a care leaver under 25",
        verb_title="Notify the Secretary of State and Ofsted",
        starts=AWARE,
        length=WorkingDays(5),
        satisfied_by="the notification is recorded as sent",
        owner=OFFICER,
        recipients=(SECRETARY_OF_STATE, OFSTED),
        source=sources.WT_2023,
        reminders=SHORT,
        effective_from=CARE_LEAVERS_ADDED,
    ),
    Clock(
        key="C4",
        title="Decision whether the incident is notifiable",
        verb_title="Decide whether the incident is notifiable",
        starts="the referral was received",
        length=DECIDE,
        satisfied_by="the decision is recorded",
        owner=PARTNER,
        recipients=("Referrer",),
        source=sources.DECIDE_SETTING,
        reminders=AT_ONCE,
    ),
    Clock(
        key="C5",
        title="Rapid review",
        verb_title="Send the rapid review to the Panel",
        starts="the notification was sent to the Panel",
        length=WorkingDays(15),
        satisfied_by="the rapid review, signed off by all three partners, is sent",
        owner=OFFICER,
        recipients=(PANEL,),
        source=sources.PANEL_2025,
        reminders=Reminders((-5, -2, 0, 1), escalate=1, escalate_to=(MANAGER, LEAD_PARTNER)),
        effective_from=PANEL_GUIDANCE_2025,
    ),
    Clock(
        key="C6",
        title="Agency return",
        verb_title="Return the agency's information",
        starts="the notification that led to the request was sent to the Panel",
        length=RETURN,
        satisfied_by="the return is signed off, or a nil return is made",
        owner=AGENCY_LEAD,
        recipients=("Asking unit",),
        source=sources.RETURN_SETTING,
        reminders=Reminders((-3, -1, 0, 1), escalate=2, escalate_to=(OFFICER, MANAGER)),
        counted_from="C5",
    ),
    Clock(
        key="C7",
        title="Telling that a local review will be held",
        verb_title="Tell the Panel, Ofsted and DfE of the review",
        starts="it was decided to hold a local review, or a reviewer was named later",
        length=TELL,
        satisfied_by="each recipient has been told, with the reviewer's name where there is one",
        owner=OFFICER,
        recipients=(PANEL, OFSTED, DFE),
        source=sources.CHAPTER_6,
        reminders=AT_ONCE,
    ),
    Clock(
        key="C8",
        title="Panel's reply expected",
        verb_title="Ask the Panel for its reply",
        starts="the rapid review was sent to the Panel",
        length=PANEL_REPLY,
        satisfied_by="the Panel's reply is recorded",
        owner=OFFICER,
        recipients=("Business unit",),
        source=sources.PANEL_REPLY_SETTING,
        reminders=Reminders((0, 5)),
        breach=False,
    ),
    Clock(
        key="C9",
        title="Answer to the Panel's question",
        verb_title="Answer the Panel's question",
        starts="the Panel's letter was received",
        length=OnDate(),
        satisfied_by="the answer is sent",
        owner=OFFICER,
        recipients=(PANEL,),
        source=sources.PANEL_LETTER,
        reminders=Reminders((-2, 0, 1), escalate=1, escalate_to=(MANAGER,)),
    ),
    Clock(
        key="C10",
        title="Report completed and published",
        verb_title="Publish the report",
        starts="the partners decided to initiate the review",
        length=Months(6),
        satisfied_by="the report is published",
        owner=OFFICER,
        recipients=("Public",),
        source=sources.CHAPTER_10_SIX_MONTHS,
        reminders=LONG,
        level="local",
    ),
    Clock(
        key="C10",
        title="National report completed and published",
        verb_title="Publish the national report",
        starts="the Panel decided to initiate the review",
        length=Months(6),
        satisfied_by="the report is published",
        owner=PANEL_OFFICER,
        recipients=("Public",),
        source=sources.CHAPTER_13,
        reminders=Reminders(LONG.offsets),
        level="national",
    ),
    Clock(
        key="C11",
        title="Copy before publication",
        verb_title="Send the report before publication",
        starts="publication is planned",
        length=WorkingDays(7),
        satisfied_by="the version that will be published is sent to each recipient",
        owner=OFFICER,
        recipients=(PANEL, SECRETARY_OF_STATE, OFSTED),
        source=sources.CHAPTER_10_SEVEN_DAYS,
        reminders=Reminders((-5, -2, 0, 1), escalate=1, escalate_to=(MANAGER, LEAD_PARTNER)),
        backwards=True,
    ),
    Clock(
        key="C12",
        title="Kept publicly available",
        verb_title="Keep the report available",
        starts="the report was published",
        length=Years(1),
        satisfied_by="the time has passed, or the withdrawal has a recorded reason",
        owner=OFFICER,
        recipients=("Public",),
        source=sources.CHAPTER_10_PUBLICATION,
        reminders=Reminders((0,)),
        runs_through=True,
        level="local",
    ),
    Clock(
        key="C12",
        title="National report kept publicly available",
        verb_title="Keep the national report available",
        starts="the report was published",
        length=Years(3),
        satisfied_by="the time has passed, or the withdrawal has a recorded reason",
        owner=PANEL_OFFICER,
        recipients=("Public",),
        source=sources.CHAPTER_13,
        reminders=Reminders((0,)),
        runs_through=True,
        level="national",
    ),
    Clock(
        key="C13",
        title="Telling of a delay",
        verb_title="Tell the Panel and the Secretary of State of the delay",
        starts="the delay was foreseen, or the six months passed",
        length=TELL,
        satisfied_by="the reasons are sent to each recipient",
        owner=OFFICER,
        recipients=(PANEL, SECRETARY_OF_STATE),
        source=sources.CHAPTER_10_DELAY,
        reminders=AT_ONCE,
        level="local",
    ),
    Clock(
        key="C13",
        title="Telling of a national review's delay",
        verb_title="Tell the Secretary of State of the delay",
        starts="the delay was foreseen, or the six months passed",
        length=TELL,
        satisfied_by="the reasons are sent",
        owner=PANEL_OFFICER,
        recipients=(SECRETARY_OF_STATE,),
        source=sources.CHAPTER_13,
        reminders=Reminders(AT_ONCE.offsets),
        level="national",
    ),
    Clock(
        key="C14",
        title="Action from a recommendation",
        verb_title="Finish the action",
        starts="the action was agreed",
        length=OnDate(),
        satisfied_by="the action is done and its evidence accepted",
        owner=AGENCY_LEAD,
        recipients=("Action's owner", "Partnership"),
        source=sources.AGREED_ACTION,
        reminders=Reminders((-10, -5, 0, 1), escalate=5, escalate_to=(OFFICER,)),
    ),
    Clock(
        key="C15",
        title="Audit of an improvement",
        verb_title="Audit the improvement",
        starts="the action was done",
        length=AUDIT,
        satisfied_by="the audit is recorded",
        owner=OFFICER,
        recipients=("Partnership",),
        source=sources.CHAPTER_11,
        reminders=Reminders((-20, -5, 0, 1), escalate=5, escalate_to=(MANAGER,)),
    ),
    Clock(
        key="C16",
        title="Copy of the national report before publication",
        verb_title="Send the national report before publication",
        starts="publication is planned",
        length=WorkingDays(7),
        satisfied_by="the report is sent to the Secretary of State",
        owner=PANEL_OFFICER,
        recipients=(SECRETARY_OF_STATE,),
        also_told=("Safeguarding partners", OFSTED, "Care Quality Commission", "HMICFRS"),
        source=sources.CHAPTER_13,
        reminders=Reminders((-5, -2, 0, 1)),
        backwards=True,
    ),
)


def clock_in_force(key: str, on: date, *, level: str = "local") -> Clock:
    """The edition of clock `key` for one started on that day, in a local or a national review."""
    for clock in CLOCKS:
        if clock.key == key and clock.is_in_force(on, level=level):
            return clock
    raise NoClock(f"No edition of clock {key} was in force on {on:%d %B %Y}.")
