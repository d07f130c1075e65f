"""THE table of a rapid review's sections: what each asks, why, and which must be there before the partners sign.

Rules 6.1 and 6.5. Criteria (5.4, 5.5) and the decision have tables of their own.
"""

from dataclasses import dataclass

from cspr.statute.sources import CHAPTER_6, CHAPTER_7, CHAPTER_9, PANEL_2025, Source


@dataclass(frozen=True)
class SectionOf:
    """One section. ``facts``: what the case knows is shown in it and frozen with it. ``question`` labels its text."""

    key: str
    title: str
    question: str
    help: str
    source: Source
    required: bool = True
    facts: bool = False

    @property
    def missing(self) -> str:
        return f"Write the section “{self.title}”."


FACTS = "The facts and what agencies did"
ACTION = "Safety, learning and what can improve"
CONTEXT = "The child, the family and their context"

SECTIONS: tuple[SectionOf, ...] = (
    SectionOf(
        "identifiers", "Reference and dates", "Anything to add to the references and dates",
        "The rapid review follows the notification and is due within 15 working days of it being sent.",
        PANEL_2025, required=False, facts=True,
    ),
    SectionOf(
        "children", "The child or children", "Anything to add about the child or children",
        "Age, sex, ethnicity, disability, religion, language, legal status, plans and education.",
        PANEL_2025, required=False, facts=True,
    ),
    SectionOf(
        "family", "Family and household", "Who is in the family, and are the other children safe now?",
        "Describe the family and household. Say of every other child whether they are safe now, and how that is known.",
        PANEL_2025, facts=True,
    ),
    SectionOf(
        "incident", "What happened", "A short factual summary of the incident",
        "Gather the facts about the case, as far as they can be readily established at the time.",
        CHAPTER_6, facts=True,
    ),
    SectionOf(
        "immediate-action", "Immediate action", "What was done at once to keep children safe?",
        "Discuss whether any immediate action is needed to ensure children’s safety, and share any learning "
        "appropriately. Cover surviving and other children, and what it meant for staff and the community.",
        CHAPTER_6, facts=True,
    ),
    SectionOf(
        "agencies", "Agencies asked and their answers", "Anything to add about the agencies",
        "Which agencies were involved, which were asked, and which did not reply. Education is always asked.",
        PANEL_2025, required=False, facts=True,
    ),
    SectionOf(
        "involvement", "Agency involvement and timeline", "How were agencies involved, and when?",
        "A short account of the agencies’ involvement in the order of time. The merged chronology goes with it.",
        PANEL_2025,
    ),
    SectionOf(
        "practice-episodes", "Key practice episodes", "Which episodes mattered, and why did people act as they did?",
        "Analyse the key practice episodes: what was done, what was known at the time, and why.",
        PANEL_2025,
    ),
    SectionOf(
        "child-experience", "The child’s lived experience", "What was life like for the child, and who heard them?",
        "Recognise the child’s perspective: what they said, showed and lived with day to day.",
        CHAPTER_9,
    ),
    SectionOf(
        "equality", "Equality and context",
        "How did racism, disability and other inequality bear on the child’s life and on practice?",
        "Say how race and racism, disability and ableism, and other protected characteristics bore on the child’s life "
        "and on what was done. If they did not, say how that was considered.",
        PANEL_2025,
    ),
    SectionOf(
        "good-practice", "Good practice", "What was done well?",
        "Practice to recognise and to build on, with the agency that did it.", PANEL_2025,
    ),
    SectionOf(
        "learning", "Learning and how it is shared", "What is learned, what is done already, who will hear of it?",
        "The learning so far, what agencies have done already, and how it reaches those who need it.",
        CHAPTER_6,
    ),
    SectionOf(
        "improvements", "Potential for improvement", "What could change to safeguard and promote children’s welfare?",
        "Consider the potential for identifying improvements to safeguard and promote the welfare of children.",
        CHAPTER_6,
    ),
    SectionOf(
        "parallel", "Parallel processes", "How do other processes bear on this one?",
        "Police, coroner, child death review, family court, other statutory reviews, and what each holds back.",
        CHAPTER_7, required=False, facts=True,
    ),
    SectionOf(
        "family-told", "The family", "Has the family been told, by whom, and how will they hear the decision?",
        "The rationale for the decision is transparent and is told, families included: who, how and when, or why not.",
        CHAPTER_6, facts=True,
    ),
)  # fmt: skip
PARTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (FACTS, ("identifiers", "incident", "agencies", "involvement", "practice-episodes")),
    (CONTEXT, ("children", "family", "child-experience", "equality", "parallel", "family-told")),
    (ACTION, ("immediate-action", "good-practice", "learning", "improvements")),
)
"""The sections under the headings of the task list."""
BY_KEY = {one.key: one for one in SECTIONS}
EQUALITY = "equality"
