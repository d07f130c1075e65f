"""A person's secret calendar address: made, shown once, revoked. Only its hash is kept."""

import hashlib
import secrets

from cspr.audit.recording import record, recorded
from cspr.deadlines.models import FeedAddress
from cspr.now import now
from cspr.people.models import Membership
from cspr.permissions import Permission, can
from cspr.workflow import Refused


def hash_of(secret: str) -> str:
    """What is stored of a secret. It is 256 random bits, so a plain hash cannot be searched back."""
    return hashlib.sha256(secret.encode()).hexdigest()


@recorded
def make_feed(*, by: Membership) -> str:
    """Make a calendar address for this capacity and answer its secret, once; an earlier address stops at once."""
    if not can(by, Permission.HAVE_FEED):
        raise Refused(f"This is not yours to do: it needs {Permission.HAVE_FEED.whose}.")
    _end(by)
    secret = secrets.token_urlsafe(32)
    address = FeedAddress(membership=by, secret_hash=hash_of(secret), made_at=now(), made_by=by)
    address.save(force_insert=True)
    record("feed.made", by=by, subject=address)
    return secret


@recorded
def revoke_feed(*, by: Membership) -> bool:
    """Stop this capacity's calendar address; answers whether there was one."""
    ended = _end(by)
    if ended is not None:
        record("feed.revoked", by=by, subject=ended)
    return ended is not None


def _end(by: Membership) -> FeedAddress | None:
    Membership.objects.select_for_update(of=("self",)).get(pk=by.pk)
    standing = FeedAddress.objects.filter(membership=by, revoked_at__isnull=True).first()
    if standing is not None:
        standing.revoked_at, standing.revoked_by = now(), by
        standing.save()
    return standing
