"""A case shared with another area (rule 4.8): pieces shared and read, an answer, and one share that was withdrawn."""

from cspr.people.models import Partnership
from cspr.people.selectors import unit_of
from cspr.seeding.case_story import CaseStory
from cspr.seeding.referral_story import file_of
from notifications.selectors import sharing as selectors
from notifications.services import shared as theirs
from notifications.services.areas import add_area
from notifications.services.sharing import Chosen, note_answer, share, withdraw_share

FACTS, PAGES, DOCUMENTS = 4, 2, 1
"""How many of each kind are shared, of those there are."""


def share_with(one: CaseStory, other: Partnership) -> CaseStory:
    """The unit shares pieces of a case whose notification was sent; the other area reads them and answers."""
    line, officer = one.words.line, one.officer
    why = line("The father lives there")
    area = add_area(one.incident, by=officer, why=why, partnership=other)
    facts = selectors.fact_choices(one.incident)
    pages = selectors.copy_choices(one.case)
    documents = selectors.document_choices(one.case, to=officer)
    share(
        area,
        chosen=Chosen(
            facts=tuple(choice.key for choice in facts[:FACTS]),
            pages=tuple(choice.key for choice in pages[:PAGES]),
            documents=tuple(choice.key for choice in documents[:DOCUMENTS]),
            note=line("Do your agencies know this family?", 500),
        ),
        reason=line("The father and the grandparents are known there."),
        for_partners=True,
        by=officer,
    )
    there = unit_of(other)
    theirs.receive(area, by=there[0])
    text = line("A health visitor here saw the family twice last year.", 500)
    given = theirs.answer(area, text=text, upload=file_of(one.words, "Answer"), by=there[0])
    note_answer(given, by=officer)
    mistaken = share(
        area,
        chosen=Chosen(note=line("A note about a cousin.", 500)),
        reason=line("A cousin lives there."),
        by=officer,
    )
    withdraw_share(mistaken, reason=line("The cousin lives in another area."), by=officer)
    share(
        area,
        chosen=Chosen(note=line("The date of the strategy meeting is now known.", 500)),
        reason=line("Their social worker is invited."),
        by=officer,
    )
    theirs.answer(area, text=line("We will attend the meeting."), upload=None, by=there[0])
    return one
