"""The pages people open most, at few cases and at many: milliseconds, number of queries, beside the empty page.

The requests go through every middleware as a browser's would, without the network. The page and the empty page are
asked for in turn.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from time import perf_counter

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import reverse

from cspr.bench import caseload, partnership
from cspr.bench.lines import Aim, Line, compared, in_turn
from cspr.bench.record import settle
from cspr.cases.models import Case
from cspr.people.middleware import SECOND_FACTOR
from cspr.people.models import Membership
from cspr.people.selectors import CHOSEN
from cspr.postgres.scratch import scratch

URLS = "cspr.bench.urls"
SIZES = (50, 50_000)
A_ROUND = 15
AIM = Aim(5)
SIGN_IN = "allauth.account.auth_backends.AuthenticationBackend"
MILLISECONDS = "{:.1f} ms"


@dataclass(frozen=True)
class Asked:
    """One page as one person: whether it is held to the aim."""

    name: str
    path: str
    by: Membership
    aimed: bool = True
    words: str = ""


def measure(*, rounds: int, sizes: tuple[int, ...] = SIZES, a_round: int = A_ROUND) -> Iterator[Line]:
    """Every page at every size, in one scratch database that grows."""
    with (
        scratch("bench"),
        override_settings(ROOT_URLCONF=URLS, ALLOWED_HOSTS=["testserver"], SECURE_SSL_REDIRECT=False),
    ):
        world = partnership.build()
        before = 0
        counted: dict[str, int] = {}
        for size in sorted(sizes):
            caseload.extend(world, before=before, to=size)
            before = size
            settle()
            for asked in pages(world):
                yield _measured(asked, size, counted, rounds=rounds, a_round=a_round)


def pages(world: partnership.World) -> list[Asked]:
    """As the business unit's officer, as the police's partner, as an agency's lead."""
    case = Case.objects.get(pseudonym="Child Alder")
    here = [case.pk]
    read = [
        Asked(f"{name}, {who}", path, by, aimed=aimed, words=words)
        for who, by in (("officer", world.officer), ("police partner", world.police))
        for name, path, aimed, words in (
            ("board", reverse("board"), True, ""),
            ("case", reverse("case", args=here), True, ""),
            ("timeline", reverse("case_timeline", args=here), True, ""),
            ("cases", reverse("cases"), False, ""),
            ("search", reverse("search"), False, "Childname77"),
        )
    ]
    lead = world.agency_lead
    return [
        *read,
        Asked("board, agency lead", reverse("board"), lead),
        Asked("referrals, agency lead", reverse("referrals"), lead, aimed=False),
    ]


def _measured(asked: Asked, size: int, counted: dict[str, int], *, rounds: int, a_round: int) -> Line:
    client = signed_in(asked.by)
    if asked.words and client.post(asked.path, {"q": asked.words}).status_code != 302:
        raise SystemExit("the search did not take its words")
    page = partial(get, client, asked.path)
    empty = partial(get, client, reverse("bench_empty"))
    for one in (page, empty, page, empty):
        one()
    queries = queries_of(page)
    fewer = counted.setdefault(asked.name, queries)
    said = f"{queries}" if fewer == queries else f"{queries}, and {fewer} with fewer cases"
    mine, theirs = in_turn(partial(timed, page), partial(timed, empty), rounds=rounds, times=a_round)
    name = f"{asked.name}, {size:,} cases"
    return compared(
        name, mine, theirs, unit=MILLISECONDS, aim=AIM if asked.aimed else None,
        queries=f"{said} (empty page {queries_of(empty)})",
    )  # fmt: skip


def signed_in(membership: Membership) -> Client:
    """A browser signed in with both factors, in this capacity."""
    client = Client()
    client.force_login(membership.user, backend=SIGN_IN)
    session = client.session
    session[SECOND_FACTOR] = True
    session[CHOSEN] = str(membership.pk)
    session.save()
    return client


def get(client: Client, path: str) -> None:
    response = client.get(path)
    if response.status_code != 200:
        raise SystemExit(f"{path} answered {response.status_code}")


def timed(page: Callable[[], None]) -> float:
    """Milliseconds of one request."""
    began = perf_counter()
    page()
    return (perf_counter() - began) * 1000


def queries_of(page: Callable[[], None]) -> int:
    with CaptureQueriesContext(connection) as captured:
        page()
    return len(captured)
