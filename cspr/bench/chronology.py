"""The merged chronology of forty agencies and 3,000 rows: each page beside the bare query of its rows.

The bare query is one statement through psycopg, without Django, that reads all rows in merged order with their texts.
Reading a page means the questions it asks and its lines ready to show. The whole request goes through every middleware
and the frame that every page of a case has, and stands beside the same bare query.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from time import perf_counter
from typing import Any

from django.db import connection, transaction
from django.test.utils import override_settings
from django.urls import reverse

from cspr.bench import caseload, partnership
from cspr.bench.lines import Aim, Line, compared, in_turn
from cspr.bench.pages import MILLISECONDS, URLS, get, queries_of, signed_in, timed
from cspr.cases.models import Case
from cspr.models import writing
from cspr.now import now
from cspr.postgres.scratch import scratch
from rapid_reviews.models import ChronologyRow, InformationRequest, RapidReview, Return
from rapid_reviews.presenters import merged as present
from rapid_reviews.selectors import merged as select
from rapid_reviews.selectors.merged import Filter
from rapid_reviews.services.weaving import keep_woven
from rapid_reviews.views.chronology.merged import A_PAGE

AGENCIES, ROWS = 40, 3_000
AIM = Aim(2)
A_ROUND = 15
TEXTS = (
    "The health visitor saw the child at home with the mother; the room was cold and there was little food.",
    "A neighbour rang to say that shouting was heard at night and that the children were alone in the garden.",
    "The child was brought to the emergency department with a bruise that did not fit the account given.",
    "Attendance fell below eighty per cent and a letter was sent to the parents by the education welfare officer.",
    "Strategy discussion held by telephone; further enquiries were agreed and a medical was arranged.",
)
COLUMNS = """
    h.position, h.first_on, h.last_on, h.agree, a.name, r.happened_precision, r.happened_on, r.happened_until_on,
    r.time_of_day, r.as_written, r.source, r.event, r.who, r.child_seen, r.child_said, r.response, r.analysis, r.themes
"""
ALL = f"""
    SELECT {COLUMNS}
      FROM rapid_reviews_happening h
      JOIN rapid_reviews_telling t ON t.happening_id = h.id
      JOIN people_agency a ON a.id = t.agency_id
      LEFT JOIN rapid_reviews_chronologyrow r ON r.id = t.row_id
     WHERE h.review_id = %s {{part}}
     ORDER BY h.position, a.name
"""  # noqa: S608
A_PART = """
       AND h.id IN (SELECT id FROM rapid_reviews_happening WHERE review_id = %s ORDER BY position LIMIT %s OFFSET %s)
"""


def measure(
    *, rounds: int, rows: int = ROWS, agencies: int = AGENCIES, a_round: int = A_ROUND
) -> Iterator[Line]:
    """Reading one page, and all of it; then the page as a browser asks for it."""
    with (
        scratch("chronology"),
        override_settings(ROOT_URLCONF=URLS, ALLOWED_HOSTS=["testserver"], SECURE_SSL_REDIRECT=False),
    ):
        world = partnership.build()
        review = build(world, rows=rows, agencies=agencies)
        size = f"{rows:,} rows of {agencies} agencies"
        began = perf_counter()
        keep_woven(review, by=world.officer)
        yield Line(f"merging {size}", MILLISECONDS.format((perf_counter() - began) * 1_000), "")
        page = review.happenings.count() // A_PAGE // 2
        one = partial(bare, ALL.format(part=A_PART), [review.pk, review.pk, A_PAGE, A_PAGE * page])
        every = partial(bare, ALL.format(part=""), [review.pk])
        address, client = reverse("merged_chronology", args=[review.case_id]), signed_in(world.officer)
        first, later = partial(get, client, address), partial(get, client, f"{address}?page={page + 1}")
        for what, ours, theirs, aim in (
            ("a page read and made ready, beside the bare query", partial(read, review, page), every, AIM),
            ("a page in the middle, the whole request, beside the bare query", later, every, AIM),
            ("page 1 with the picture, the whole request, beside the bare query", first, every, AIM),
            (
                "a page read and made ready, beside the bare query of that page",
                partial(read, review, page),
                one,
                None,
            ),
            (
                "all read and made ready for a file, beside the bare query",
                partial(read_all, review),
                every,
                None,
            ),
        ):
            yield _line(f"{size}: {what}", ours, theirs, aim=aim, rounds=rounds, a_round=a_round)


def _line(name: str, ours: Any, theirs: Any, *, aim: Aim | None, rounds: int, a_round: int) -> Line:
    for _ in range(3):
        ours(), theirs()
    mine, beside = in_turn(partial(timed, ours), partial(timed, theirs), rounds=rounds, times=a_round)
    return compared(name, mine, beside, unit=MILLISECONDS, aim=aim, queries=str(queries_of(ours)))


def read(review: RapidReview, page: int) -> None:
    """What the page asks for its table, and its lines."""
    rows = select.happenings_of(review, Filter())
    events = select.read_events(rows, first=A_PAGE * page, until=A_PAGE * (page + 1))
    if len(present.lines(events, hide=str)) < A_PAGE:
        raise SystemExit("the page is not full")


def read_all(review: RapidReview) -> None:
    """What an export asks, and its lines."""
    present.lines(select.read_events(select.happenings_of(review, Filter())), hide=str)


def bare(statement: str, given: list[Any]) -> None:
    """One statement, all of its rows."""
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        if not cursor.fetchall():
            raise SystemExit("the bare query found nothing")


def build(world: partnership.World, *, rows: int, agencies: int) -> RapidReview:
    """One case with its review, a signed-off return of each agency, and their rows, a third of them told twice."""
    caseload.extend(world, before=0, to=50)
    case = Case.objects.filter(notification__isnull=False, rapid_review__isnull=True)[0]
    moment, by = now(), world.officer
    with transaction.atomic(), writing():
        review = RapidReview.objects.create(
            case=case,
            partnership=case.partnership,
            notification=case.notification,
            opened_at=moment,
            opened_by=by,
        )
        for number, agency in enumerate(world.agencies[:agencies]):
            request = InformationRequest.objects.create(
                case=case, review=review, agency=agency, status="signed_off", edition="bench", started_at=moment,
                started_by=by, issued_at=moment, issued_by=by, answered_at=moment, answered_by=world.agency_lead,
                signed_off_at=moment, signed_off_by=by,
            )  # fmt: skip
            version = Return.objects.create(
                request=request, created_at=moment, signed_off_at=moment, signed_off_by=by
            )
            per = rows // agencies
            ChronologyRow.objects.bulk_create(_row(version, number * per + n, number, n) for n in range(per))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return RapidReview.objects.select_related("case").get(pk=review.pk)


def _row(version: Return, count: int, agency: int, position: int) -> ChronologyRow:
    """Rows of three agencies in a row share a day; every third pair of them shares its words too."""
    day = date(2022, 1, 1) + timedelta(days=(agency // 3 * 131 + position * 19) % 1_700)
    words = f"{TEXTS[(agency // 3 + position) % len(TEXTS)]} Invented detail {agency // 3}-{position}."
    event = words if position % 3 == 0 else f"{TEXTS[(agency + position) % len(TEXTS)]} Invented {count}."
    return ChronologyRow(
        agency_return=version, position=position + 1, happened_precision="EXACT", happened_on=day,
        happened_until_on=day, source=f"Record {position}", event=event, who="Invented worker", themes=["neglect"],
    )  # fmt: skip
