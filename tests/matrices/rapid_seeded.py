"""One of everything of the rapid review that has an address, in one partnership, made by the verbs that make it."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from cspr.cases.kinds import HoldOn, ProceedingKind
from notifications.services.receiving import receive_referral
from notifications.services.referral_rows import add_row
from rapid_reviews.models import GuestLink, InformationRequest
from rapid_reviews.options.requests import GuestPurpose
from rapid_reviews.options.sending import PanelAnswerKind
from rapid_reviews.selectors.signing import latest_version
from rapid_reviews.services import returns
from rapid_reviews.services.guests import secret_of
from rapid_reviews.services.meeting import write_minute
from rapid_reviews.services.packs import freeze_pack
from rapid_reviews.services.return_files import attach_file
from rapid_reviews.services.weaving import keep_woven
from tests.factories import around_reviews as around
from tests.factories import chronologies, incidents, referrals, requests
from tests.factories import rapid_reviews as make
from tests.factories import sent_reviews as panel
from tests.factories.notifications import evidence
from tests.factories.people import World

INQUEST = {
    "kind": ProceedingKind.CORONER, "lead": "Invented Coroner", "lead_contact": "", "proceeding_reference": "INV-2",
    "next_on": None, "next_event": "", "holds": [], "hold_reason": "",
}  # fmt: skip
SEEN = [(date(2026, 3, 1), "Invented note", "Seen")]


@dataclass
class Rapid:
    """Ids by route argument, cases by stage, requests by state, and the link of a guest."""

    ids: dict[str, UUID | str] = field(default_factory=dict)
    cases: dict[str, UUID] = field(default_factory=dict)
    requests: dict[str, UUID] = field(default_factory=dict)
    link: GuestLink | None = None
    second_link: GuestLink | None = None
    """Of the second person of another guest organisation, who signs its return off."""


def seed_rapid(world: World) -> Rapid:
    """Reviews at the stages that pages are tried on."""
    rapid = Rapid()
    _gathering(rapid, world)
    _told_in_a_referral(rapid, world)
    rapid.cases["with_partners"] = make.with_partners(world).case_id
    rapid.cases["escalated"] = make.escalated(world).case_id
    signed = make.signed(world)
    version = latest_version(signed.case)
    assert version is not None
    answered = panel.sent(world)
    question = panel.answered(answered, PanelAnswerKind.ASKS_FOR_MORE, by=world.officer)
    panel.answered(make.found(answered), PanelAnswerKind.ASKS_TO_RECONSIDER, by=world.officer)
    national = panel.sent(world)
    panel.answered(national, PanelAnswerKind.NATIONAL_REVIEW, by=world.officer)
    rapid.cases |= {
        "signed": signed.case_id,
        "answered": answered.case_id,
        "national": national.case_id,
    }
    sent = national.sendings.get()
    rapid.ids |= {
        "decision_id": version.pk,
        "answer_id": question.pk,
        "review_id": national.pk,
        "sent_id": sent.pk,
        "sent_file_id": sent.word.versions.get().pk,
    }
    return rapid


def _gathering(rapid: Rapid, world: World) -> None:
    review = make.opened(world)
    rapid.cases["review"] = review.case_id
    meeting = around.held(review, world)
    minute = write_minute(meeting, item="Invented item", discussion="Invented words", by=world.officer)
    planned = around.meeting(review, by=world.officer)
    pack = freeze_pack(planned, by=world.officer)
    proceeding = around.proceeding(review.case, by=world.officer)
    hold = around.on_hold(proceeding, by=world.officer, on=HoldOn.INTERVIEWS)
    rapid.ids |= {
        "action_id": around.action(review, by=world.officer).pk,
        "family person_id": around.person(review, by=world.officer).pk,
        "meeting_id": meeting.pk,
        "planned meeting_id": planned.pk,
        "attendance_id": around.present(planned, world.la, by=world.officer).pk,
        "minute_id": minute.pk,
        "version": str(pack.version),
        "proceeding_id": proceeding.pk,
        "hold_id": hold.pk,
    }
    _requests(rapid, world)


def _told_in_a_referral(rapid: Rapid, world: World) -> None:
    draft = referrals.complete(world.referrer)
    known = add_row(draft, page="proceedings", answers=INQUEST, by=world.referrer)
    rapid.cases["told"] = incidents.Incident.objects.get(
        case__referrals=receive_referral(draft, by=world.referrer)
    ).case_id
    rapid.ids["known_id"] = known.pk


def _requests(rapid: Rapid, world: World) -> None:
    review = make.opened(world)
    rapid.cases["asked"] = review.case_id
    issued = requests.issued(world, review=review)
    draft = requests.drafted(world, agency=world.hospital, review=review)
    returned = requests.signed_off(world, review=make.opened(world))
    finished = requests.answered(world, review=make.opened(world))
    guest = requests.guest_issued(world, review=review)
    row = chronologies.row(issued, by=world.agency_lead)
    file = attach_file(
        requests.found(issued), upload=evidence("note.txt"), description="Invented", by=world.agency_lead
    )
    reading = chronologies.read(issued, SEEN, by=world.agency_lead)
    rapid.link = GuestLink.objects.get(request=guest)
    rapid.requests = {
        "issued": issued.pk, "draft": draft.pk, "returned": returned.pk, "finished": finished.pk, "guest": guest.pk,
    }  # fmt: skip
    rapid.cases |= {"returned": returned.case_id}
    rapid.ids |= {
        "chronology_row row_id": row.pk,
        "file_id": file.pk,
        "reading_id": reading.pk,
        "guest secret": secret_of(rapid.link),
        "guest file_id": _guest_file(guest, rapid.link),
        "guest row_id": chronologies.row(guest, by=rapid.link.membership).pk,
        "guest reading_id": chronologies.read(guest, SEEN, by=rapid.link.membership).pk,
    }
    _second_guest(rapid, world)
    _woven(rapid, world)


def _second_guest(rapid: Rapid, world: World) -> None:
    request = requests.guest_issued(world, review=make.opened(world))
    author = GuestLink.objects.get(request=request).membership
    requests.filled(requests.found(request), by=author)
    second = returns.SecondPerson("Invented Second", "second@example.test")
    returns.answer(requests.found(request), by=author, second=second)
    rapid.second_link = GuestLink.objects.get(request=request, purpose=GuestPurpose.SIGN_OFF)
    rapid.requests["guest_finished"] = request.pk


def _woven(rapid: Rapid, world: World) -> None:
    """A chronology that was merged once: looking at it again writes nothing."""
    review = make.opened(world)
    chronologies.told(world, review, world.school, (date(2026, 3, 12), "An invented visit"))
    keep_woven(make.found(review), by=world.officer)
    rapid.cases["woven"] = review.case_id
    rapid.ids["chronology_person person_id"] = review.chronology_people.earliest("position").pk


def _guest_file(request: InformationRequest, link: GuestLink) -> UUID:
    file = attach_file(
        requests.found(request), upload=evidence("guest.txt"), description="Invented", by=link.membership
    )
    return file.pk
