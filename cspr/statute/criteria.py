"""What the chapter lists word for word for later steps: criteria, circumstances, reviewers' tests, report
content.

Rules 5.4, 5.5, 7.2, 8.1, 10.1 and 10.2. Data only: the stages that ask for them read them from here.
"""

from cspr.statute import sources
from cspr.statute.duty import Step, duties

IMPROVEMENTS = (
    "Highlights or may highlight improvements needed to safeguard and promote the welfare"
    " of children, including where those improvements have been previously identified"
)
THEMES = (
    "Highlights or may highlight recurrent themes in the safeguarding and promotion of"
    " the welfare of children"
)
INSTITUTIONS = (
    "Where the case may raise issues relating to safeguarding or promoting the welfare of"
    " children in institutional settings"
)

LOCAL_CRITERIA = duties(
    Step.DECIDE_REVIEW,
    "5.4",
    sources.CHAPTER_5,
    ("improvements", IMPROVEMENTS),
    ("themes", THEMES),
    (
        "working_together",
        (
            "Highlights or may highlight concerns regarding two or more organisations or agencies"
            " working together effectively to safeguard and promote the welfare of children"
        ),
    ),
    (
        "panel_prefers_local",
        (
            "Is one which the Child Safeguarding Practice Review Panel have considered and"
            " concluded a local review may be more appropriate"
        ),
    ),
)
LOCAL_CIRCUMSTANCES = duties(
    Step.DECIDE_REVIEW,
    "5.5",
    sources.CHAPTER_5,
    (
        "single_agency",
        ("Where the safeguarding partners have cause for concern about the actions of a single agency"),
    ),
    (
        "no_agency",
        (
            "Where there has been no agency involvement and this gives the safeguarding partners"
            " cause for concern"
        ),
    ),
    (
        "several_areas",
        (
            "Where more than one local authority, police area or Integrated Care Board is"
            " involved, including in cases where families have moved around"
        ),
    ),
    ("institutions", INSTITUTIONS),
)
NATIONAL_CRITERIA = duties(
    Step.CONSIDER_NATIONAL,
    "7.2",
    sources.CHAPTER_7,
    ("improvements", IMPROVEMENTS),
    (
        "legislation",
        (
            "Raises or may raise issues requiring legislative change or changes to guidance"
            " issued under or further to any enactment"
        ),
    ),
    ("themes", THEMES),
)
NATIONAL_CIRCUMSTANCES = duties(
    Step.CONSIDER_NATIONAL,
    "7.2",
    sources.CHAPTER_7,
    ("not_at_school", "Significant harm or death to a child educated otherwise than at school"),
    (
        "in_care_or_on_plan",
        (
            "Where a child is seriously harmed or dies while in the care of a local authority, or"
            " while on (or recently removed from) a child protection plan"
        ),
    ),
    ("range_of_abuse", "Cases which involve a range of types of abuse"),
    ("institutions", INSTITUTIONS),
)
REVIEWER = duties(
    Step.APPOINT_REVIEWER,
    "8.1",
    sources.CHAPTER_8,
    (
        "practice",
        (
            "Professional knowledge, understanding and practice relevant to local child"
            " safeguarding practice reviews, including the ability to engage both with"
            " practitioners and children and families"
        ),
    ),
    ("research", "Knowledge and understanding of research relevant to children's safeguarding issues"),
    (
        "complexity",
        (
            "Ability to recognise the complex circumstances in which practitioners work together"
            " to safeguard children"
        ),
    ),
    (
        "not_hindsight",
        (
            "Ability to understand practice from the viewpoint of the individuals, organisations"
            " or agencies involved at the time rather than using hindsight"
        ),
    ),
    ("communication", "Ability to communicate findings effectively"),
    ("conflict", "Whether the reviewer has any real or perceived conflict of interest"),
)
REPORT = duties(
    Step.FINISH_REPORT,
    "10.1",
    sources.CHAPTER_10_CONTENT,
    (
        "summary",
        (
            "A summary of any recommended improvements to be made by persons in the area to"
            " safeguard and promote the wellbeing of children"
        ),
    ),
    (
        "analysis",
        (
            "An analysis of any systemic or underlying reasons why actions were taken or not in"
            " respect of matters covered by the report"
        ),
    ),
    ("reviewer_name", "The name of the reviewer(s) should be included"),
)
RECOMMENDATION = duties(
    Step.MAKE_RECOMMENDATION,
    "10.2",
    sources.CHAPTER_10_CONTENT,
    ("what", "Say what is required."),
    ("who", "Say which agencies and others it is required of, collectively and individually."),
    ("by_when", "Say by when."),
    ("outcome", "Say which outcome for children it improves."),
)
ALL = (
    *LOCAL_CRITERIA,
    *LOCAL_CIRCUMSTANCES,
    *NATIONAL_CRITERIA,
    *NATIONAL_CIRCUMSTANCES,
    *REVIEWER,
    *REPORT,
    *RECOMMENDATION,
)
