"""Verbs of guest links: made, told, opened by a code that a person types, ended (roles.md, guests; ASVS 6.5, 7.2).

The secret of a link is derived from the installation's key and the link's id and is never stored, so that a reminder
can carry it again; the database holds its hash. A code lives for minutes, is used once and stands few wrong tries.
"""

import secrets
import uuid
from datetime import date, datetime, timedelta

from django.utils.crypto import constant_time_compare, salted_hmac

from cspr.audit.recording import record, recorded
from cspr.deadlines import calendar
from cspr.deadlines.services import hash_of
from cspr.dispatch.services import post, post_code
from cspr.now import london_day, now
from cspr.people.models import Membership
from cspr.people.services import end_guest, make_guest
from cspr.permissions import Role
from cspr.workflow import Refused
from rapid_reviews.models import GuestCode, GuestLink, InformationRequest
from rapid_reviews.options.requests import GuestPurpose
from rapid_reviews.phrases_requests import REQUEST_FOR_GUEST, RETURN_FOR_GUEST_TO_SIGN_OFF, YOUR_CODE
from rapid_reviews.selectors.guests import has_an_account
from rapid_reviews.services.review import keep
from rapid_reviews.workflow.requests import latest

LINK_DAYS = 20
"""Working days a link stays open."""
CODE_LASTS = timedelta(minutes=15)
MOST_TRIES = 5
MOST_CODES_AN_HOUR, MOST_CODES_A_DAY = 5, 12
WAIT = "Too many codes were asked for. Wait an hour, or ask the business unit."
HAS_ACCOUNT = "Somebody with this address has an account. Ask the agency they belong to instead."
ANOTHER_PERSON = "Enter another person’s address: a second person signs this off"
CANNOT_BE_USED = "This address cannot be used. Ask for another one."
WHAT = {
    GuestPurpose.ANSWER: (Role.CONTRIBUTOR, REQUEST_FOR_GUEST),
    GuestPurpose.SIGN_OFF: (Role.AGENCY_LEAD, RETURN_FOR_GUEST_TO_SIGN_OFF),
}


def refuse_address(email: str, *, field: str = "email") -> None:
    """Whoever has an account uses it: a guest link beside it would pass by their second factor."""
    if has_an_account(email):
        raise Refused(fields={field: HAS_ACCOUNT})


def refuse_second(request: InformationRequest, *, email: str) -> None:
    """Rule 6.3: a second person signs off, so nobody who wrote any of the return."""
    standing = latest(request)
    wrote = standing.authors if standing else []
    links = request.guest_links.filter(membership__user_id__in=wrote, purpose=GuestPurpose.ANSWER)
    if email.strip().lower() in {request.guest_email, *links.values_list("email", flat=True)}:
        raise Refused(fields={"email": ANOTHER_PERSON})
    refuse_address(email)


def secret_of(link: GuestLink) -> uuid.UUID:
    """The secret in a link's address: 122 bits that only this installation's key gives."""
    digest = salted_hmac("cspr.guest-link", str(link.pk), algorithm="sha256").digest()
    return uuid.UUID(bytes=digest[:16], version=4)


def address_of(link: GuestLink) -> str:
    return f"/guest/{secret_of(link)}/"


@recorded
def make_link(
    request: InformationRequest,
    *,
    purpose: GuestPurpose,
    name: str,
    email: str,
    until: date | None,
    by: Membership,
    what: str = "",
) -> GuestLink:
    """Give a person without account the one link to a request, and mail it to them. An earlier one ends at once."""
    refuse_address(email)
    for one in standing_links(request):
        if one.purpose == purpose:
            _revoke(one, by=by)
    moment = now()
    last = calendar.current().add(london_day(moment), LINK_DAYS)
    role, usual = WHAT[purpose]
    guest = make_guest(agency=request.agency, name=name, role=role, ends_on=last, by=by)
    link = GuestLink(
        request=request, purpose=purpose, membership=guest, name=name, email=email.lower(), made_at=moment,
        made_by=by, ends_at=moment + (last - london_day(moment)),
    )  # fmt: skip
    link.secret_hash = hash_of(str(secret_of(link)))
    link.save(force_insert=True)
    if not tell_guest(link, what=what or usual, until=until, by=by):
        raise Refused(fields={"email": CANNOT_BE_USED})
    if purpose == GuestPurpose.ANSWER:
        request.contributor, request.assigned_at, request.assigned_by = guest, moment, by
        keep(request, by=by)
    detail = {"name": name, "agency": request.agency.name}
    record("guestlink.made", by=by, subject=link, case=request.case, detail=detail)
    return link


def tell_guest(
    link: GuestLink, *, what: str, by: Membership | None, until: date | None = None, ended: bool = False
) -> bool:
    """Mail a guest their link, left out once it has ended; False where the address is of somebody walled off."""
    case = link.request.case
    sent = post(
        to=link.email,
        subject=what,
        reference=case.reference,
        link="" if ended else address_of(link),
        until=until,
        by=by,
        about=case,
    )
    return sent is not None


def reach_author(request: InformationRequest, *, what: str, until: date | None, by: Membership) -> None:
    """Tell the guest who writes the return by their link; by a new one where it would end before the return is due."""
    for one in open_links(request):
        if one.purpose == GuestPurpose.ANSWER and (until is None or until < london_day(one.ends_at)):
            tell_guest(one, what=what, until=until, by=by)
            return
    name, email = request.guest_name, request.guest_email
    make_link(request, purpose=GuestPurpose.ANSWER, name=name, email=email, until=until, by=by, what=what)


@recorded
def send_code(link: GuestLink) -> None:
    """Mail a new code to the link's own address; earlier ones open nothing any more. Raises Refused at the limit."""
    GuestLink.objects.select_for_update().get(pk=link.pk)
    moment = now()
    if _sent_since(link, moment - timedelta(hours=1)) >= MOST_CODES_AN_HOUR:
        raise Refused(WAIT)
    if _sent_since(link, moment - timedelta(days=1)) >= MOST_CODES_A_DAY:
        raise Refused(WAIT)
    code = f"{secrets.randbelow(10**8):08d}"
    row = GuestCode(link=link, code_hash=_hash(link, code), made_at=moment, ends_at=moment + CODE_LASTS)
    row.save(force_insert=True)
    post_code(to=link.email, subject=YOUR_CODE, code=code, by=None, about=link.request.case)
    record("guestlink.code_sent", by=None, subject=link, case=link.request.case, detail={"name": link.name})


@recorded
def use_code(link: GuestLink, *, typed: str) -> bool:
    """Whether what was typed is the last code sent, unused, in time and within the tries; then it is used up.

    A wrong try is counted, so this answers instead of refusing.
    """
    row = GuestCode.objects.select_for_update(of=("self",)).filter(link=link).order_by("made_at").last()
    if row is None or row.used_at is not None or row.ends_at <= now() or row.tries >= MOST_TRIES:
        return False
    figures = "".join(one for one in typed if one.isascii() and one.isdigit())
    if not constant_time_compare(row.code_hash, _hash(link, figures)):
        row.tries += 1
        row.save()
        return False
    row.used_at = now()
    row.save()
    detail = {"name": link.name}
    record("guestlink.opened", by=link.membership, subject=link, case=link.request.case, detail=detail)
    return True


def standing_links(request: InformationRequest) -> list[GuestLink]:
    """The links of a request that were not ended."""
    rows = request.guest_links.filter(revoked_at__isnull=True)
    return list(rows.select_related("request__case__partnership", "request__agency", "membership__user"))


def open_links(request: InformationRequest) -> list[GuestLink]:
    """The links of a request that open it now."""
    moment = now()
    return [one for one in standing_links(request) if one.ends_at > moment]


@recorded
def revoke_links(request: InformationRequest, *, by: Membership, purpose: GuestPurpose | None = None) -> None:
    """End the links of a request, and the capacities they were made with."""
    for one in standing_links(request):
        if purpose is None or one.purpose == purpose:
            _revoke(one, by=by)


def _revoke(link: GuestLink, *, by: Membership) -> None:
    link.revoked_at, link.revoked_by = now(), by
    link.save()
    end_guest(link.membership, by=by)
    record("guestlink.revoked", by=by, subject=link, case=link.request.case, detail={"name": link.name})


def _sent_since(link: GuestLink, moment: datetime) -> int:
    return GuestCode.objects.filter(link=link, made_at__gt=moment).count()


def _hash(link: GuestLink, code: str) -> str:
    return salted_hmac("cspr.guest-code", f"{link.pk}:{code}", algorithm="sha256").hexdigest()
