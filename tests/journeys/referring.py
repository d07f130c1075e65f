"""The pages of a referral as somebody of an agency fills them in. Everything typed is invented."""

from notifications.options import Purpose
from tests.journeys.person import Person

THEN = "12 11 2026"
NARRATIVE = "An invented account of an invented incident, typed in the browser."
NEXT = "Save and continue"
NOTE = {"name": "note.txt", "mimeType": "text/plain", "buffer": b"An invented note of an invented nurse."}


def begins(person: Person) -> Person:
    """To the task list of a new draft."""
    person.opens("/referrals/start").is_at("Refer a case for the notifiable-incident decision")
    return person.presses("Start the referral").reads("0 of 18 tasks completed")


def tells_about_the_referral(person: Person) -> Person:
    """The first section of the task list."""
    person.follows("Who is making this referral?")
    person.answers(referrer_role="Head of year", referrer_phone="01632 960 001").presses(NEXT)
    person.is_at("Which safeguarding lead have you consulted?")
    person.answers(lead_name="Invented Lead", lead_role="Designated safeguarding lead")
    person.answers(lead_phone="01632 960 002", lead_consulted_on=THEN).presses(NEXT)
    person.is_at("Why are you referring this?").answers(purpose=Purpose.CRITERIA).presses(NEXT)
    person.is_at("When did your agency become aware?")
    person.answers(agency_aware_on=THEN, agency_aware_person="Invented Nurse, school nurse").presses(NEXT)
    return person.is_at("Was there a delay in referring?").answers(delayed="NO").presses(NEXT)


def tells_about_the_child(person: Person, *, name: str = "Invented Childname") -> Person:
    """One child with all its pages."""
    person.follows("The child or children").answers(more="YES").presses(NEXT)
    person.answers(kind="born", name=name, born_on="27 3 2020").presses(NEXT)
    person.is_at("About the child").answers(sex="F", ethnicity="WBRI", disabilities="NONE").presses(NEXT)
    person.is_at("Where does the child live").answers(
        address="1 Invented Street", schooling="school"
    ).presses(NEXT)
    person.is_at("Is the child looked after").answers(
        care_status="neither", legal_status="NONE", placement="HOME"
    )
    person.presses(NEXT).is_at("Plans for the child")
    person.answers(protection_plan="never", need_plan="never").presses(NEXT)
    return (
        person
        if person.path.endswith("/lists/children")
        else to_tasks(person).follows("The child or children")
    )


def tells_what_happened(person: Person) -> Person:
    """The third section of the task list."""
    person.follows("When did it happen?").answers(occurred_precision="EXACT").answers(
        occurred_exact=THEN
    ).presses(NEXT)
    person.is_at("Where did it happen?").answers(place_kind="in_area", place_description="At home").presses(
        NEXT
    )
    person.is_at("What happened?").answers(narrative=NARRATIVE).presses(NEXT)
    person.is_at("What harm came to the child?").answers(nature="serious_harm", harm_kinds="physical")
    person.answers(serious_harm_reason="Invented lasting injury").presses(NEXT)
    person.is_at("Is abuse or neglect known or suspected?")
    person.answers(abuse_known="suspected", abuse_reason="Invented injuries that nobody explains").presses(
        NEXT
    )
    person.is_at("What has been done to keep children safe?")
    return person.answers(action_taken="The child is in hospital.").presses(NEXT)


def says_there_is_nothing_more(person: Person) -> Person:
    """Every list that may be empty, and the media."""
    for link in ("Family and other children", "Agencies that know the child or family", "Key dates"):
        to_tasks(person).follows(link).answers(more="NO").presses(NEXT)
    to_tasks(person).follows("Parallel proceedings").answers(more="NO").presses(NEXT)
    to_tasks(person).follows("Is there media interest?").answers(media_interest="none").presses(NEXT)
    return to_tasks(person)


def attaches_a_note(person: Person) -> Person:
    """One file, and no more."""
    to_tasks(person).follows("Attachments").answers(more="YES").presses(NEXT)
    person.answers(description="Invented note").attaches("File", NOTE).presses("Add this file")
    return person.reads("note.txt").answers(more="NO").presses(NEXT)


def to_tasks(person: Person) -> Person:
    """Back to the draft's task list, wherever in it somebody is."""
    parts = person.path.split("/")
    return person.opens("/".join(parts[:3]) + "/")


def fills_in_everything(person: Person) -> Person:
    """A draft that can be sent."""
    begins(person)
    tells_about_the_referral(person)
    tells_about_the_child(to_tasks(person)).answers(more="NO").presses(NEXT)
    tells_what_happened(to_tasks(person))
    attaches_a_note(person)
    return says_there_is_nothing_more(person).reads("18 of 18 tasks completed")
