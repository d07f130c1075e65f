"""An agency writes and reads in its own chronology only, while the return is open. Rules 6.3 and 6.4."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError

from cspr.audit.models import Event
from cspr.audit.recording import recorded
from cspr.cases.services import wall_off
from cspr.models import Changed
from cspr.workflow import Refused
from rapid_reviews.models import ChronologyReading, ChronologyRow
from rapid_reviews.selectors.chronology import mark_of
from rapid_reviews.services import requests, returns
from rapid_reviews.services.chronology import add_row, answer_row, remove_row
from rapid_reviews.services.chronology_files import drop, read_file, take_in
from tests.documents.office_files import with_part
from tests.factories import chronologies as make
from tests.factories import requests as asked
from tests.factories.people import World

READ = [["12/3/26", "Log", "Seen"], ["March 2026", "Log", "Absent"], ["sometime", "Log", "Vague"]]


def test_row_is_added_and_its_author_named(northvale: World) -> None:
    request = asked.issued(northvale)
    row = make.row(request, by=northvale.agency_lead)
    assert (row.position, str(row.happened)) == (1, "Thursday 12 March 2026")
    assert str(northvale.agency_lead.user_id) in row.agency_return.authors
    assert row.history.get().history_user == northvale.agency_lead.user


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"source": ""}, "source"),
        ({"event": ""}, "event"),
        ({"happened_on": date(2026, 11, 17)}, "happened_on"),
    ],
)
def test_row_that_cannot_be_kept_is_refused_beside_its_column(
    northvale: World, more: dict, field: str
) -> None:
    request = asked.issued(northvale)
    with pytest.raises(Refused) as refused:
        add_row(request, answers={**make.answers(), **more}, by=northvale.agency_lead)
    assert set(refused.value.fields) == {field}


@recorded
def blank_the_source(row: ChronologyRow) -> None:
    ChronologyRow.objects.filter(pk=row.pk).update(source="")


def test_row_without_a_source_is_refused_by_the_database(northvale: World) -> None:
    row = make.row(asked.issued(northvale), by=northvale.agency_lead)
    with pytest.raises(IntegrityError):
        blank_the_source(row)


def test_row_changed_meanwhile_is_not_written_over(northvale: World) -> None:
    request = asked.issued(northvale)
    row = make.row(request, by=northvale.agency_lead)
    new = make.answers(event="Seen at school")
    answer_row(row, request=request, answers=new, revision=1, by=northvale.agency_lead)
    answer_row(row, request=request, answers=new, revision=1, by=northvale.agency_lead)
    with pytest.raises(Changed):
        answer_row(row, request=request, answers=make.answers(), revision=1, by=northvale.agency_lead)


def test_row_is_removed_once(northvale: World) -> None:
    request = asked.issued(northvale)
    row = make.row(request, by=northvale.agency_lead)
    remove_row(row, request=request, by=northvale.agency_lead)
    remove_row(row, request=request, by=northvale.agency_lead)
    assert ChronologyRow.objects.count() == 0
    assert Event.objects.filter(kind="chronology.row_removed").count() == 1


def test_nobody_else_writes_it(northvale: World, southmere: World) -> None:
    request = asked.issued(northvale)
    wall_off(request.case, user=northvale.agency_lead.user, reason="Conflict", by=northvale.manager)
    for by in (
        northvale.agency_lead,
        northvale.officer,
        northvale.referrer,
        northvale.other_referrer,
        southmere.agency_lead,
    ):
        with pytest.raises(Refused):
            make.row(request, by=by)


def test_signed_off_chronology_cannot_be_changed(northvale: World) -> None:
    request = asked.signed_off(northvale)
    with pytest.raises(Refused):
        make.row(request, by=northvale.agency_lead)
    with pytest.raises(Refused):
        make.read(request, READ, by=northvale.agency_lead)


def test_correction_begins_with_the_rows_of_the_version_before(northvale: World) -> None:
    review = asked.opened(northvale)
    request = make.told(northvale, review, northvale.school, (date(2026, 3, 12), "Seen"), (None, "Undated"))
    requests.send_back(request, note="Add the school nurse", by=northvale.officer)
    first, second = asked.found(request).returns.order_by("version")
    assert [row.event for row in first.chronology.all()] == [row.event for row in second.chronology.all()]
    assert second.chronology.count() == 2


def test_file_is_no_row_before_it_is_confirmed(northvale: World) -> None:
    request = asked.issued(northvale)
    reading = make.read(request, READ, by=northvale.agency_lead)
    assert (reading.rows, len(reading.understood["not_understood"])) == (2, 1)
    assert ChronologyRow.objects.count() == 0
    assert take_in(reading, request=request, source="", by=northvale.agency_lead) == 2
    assert take_in(reading, request=request, source="", by=northvale.agency_lead) == 2
    assert [(row.as_written, row.source) for row in ChronologyRow.objects.order_by("position")] == [
        ("12/3/26", "Log"), ("March 2026", "Log"),
    ]  # fmt: skip
    reading.refresh_from_db()
    assert reading.understood == {}
    assert ChronologyRow.objects.first().history.count() == 1


def test_dropped_reading_is_emptied_and_cannot_be_taken_in(northvale: World) -> None:
    request = asked.issued(northvale)
    reading = make.read(request, READ, by=northvale.agency_lead)
    drop(reading, request=request, by=northvale.agency_lead)
    drop(reading, request=request, by=northvale.agency_lead)
    reading.refresh_from_db()
    assert reading.understood == {}
    with pytest.raises(Refused, match="dropped already"):
        take_in(reading, request=request, source="", by=northvale.agency_lead)


def test_second_file_takes_the_place_of_the_one_that_waits(northvale: World) -> None:
    request = asked.issued(northvale)
    first = make.read(request, READ, by=northvale.agency_lead)
    make.read(request, READ[:1], by=northvale.agency_lead)
    first.refresh_from_db()
    assert first.dropped_at is not None
    assert ChronologyReading.objects.filter(confirmed_at=None, dropped_at=None).count() == 1


def test_rows_without_a_source_need_one_for_all(northvale: World) -> None:
    request = asked.issued(northvale)
    reading = make.read(
        request, [["12/3/26", "", "Seen"], ["13/3/26", "Log", "Absent"]], by=northvale.agency_lead
    )
    with pytest.raises(Refused) as refused:
        take_in(reading, request=request, source=" ", by=northvale.agency_lead)
    assert "source" in refused.value.fields
    take_in(reading, request=request, source="School record", by=northvale.agency_lead)
    assert [row.source for row in ChronologyRow.objects.order_by("position")] == ["School record", "Log"]


def test_rows_taken_in_stand_after_those_typed(northvale: World) -> None:
    request = asked.issued(northvale)
    make.row(request, by=northvale.agency_lead)
    reading = make.read(request, READ, by=northvale.agency_lead)
    take_in(reading, request=request, source="", by=northvale.agency_lead)
    assert [row.position for row in ChronologyRow.objects.order_by("position")] == [1, 2, 3]


def test_rows_of_a_corrected_file_stand_in_place_of_those_before(northvale: World) -> None:
    request = asked.issued(northvale)
    row = make.row(request, by=northvale.agency_lead)
    reading = make.read(request, READ, by=northvale.agency_lead)
    shown = mark_of(row.agency_return)
    for _ in range(2):
        assert take_in(reading, request=request, source="", instead_of=shown, by=northvale.agency_lead) == 2
    assert [one.event for one in ChronologyRow.objects.order_by("position")] == ["Seen", "Absent"]
    gone = ChronologyRow.history.filter(id=row.pk, history_type="-").get()
    assert (gone.event, gone.history_user) == (row.event, northvale.agency_lead.user)
    assert Event.objects.get(kind="chronology.rows_replaced").detail["rows"] == 1


@pytest.mark.parametrize("what", ["added", "changed"])
def test_rows_nobody_was_shown_are_not_taken_off(northvale: World, what: str) -> None:
    request = asked.issued(northvale)
    row = make.row(request, by=northvale.agency_lead)
    reading, shown = make.read(request, READ, by=northvale.agency_lead), mark_of(row.agency_return)
    if what == "added":
        make.row(request, by=northvale.agency_lead)
    else:
        given = make.answers(event="Changed by a colleague")
        answer_row(row, request=request, answers=given, revision=None, by=northvale.agency_lead)
    before = ChronologyRow.objects.count()
    with pytest.raises(Refused) as refused:
        take_in(reading, request=request, source="", instead_of=shown, by=northvale.agency_lead)
    assert "has changed since this page was opened" in refused.value.fields["earlier"]
    assert ChronologyRow.objects.count() == before


def test_reading_is_of_one_request(northvale: World) -> None:
    review = asked.opened(northvale)
    request = asked.issued(northvale, review=review)
    lead = make.lead_of(northvale.hospital)
    other = asked.issued(northvale, review=review, agency=northvale.hospital)
    reading = make.read(request, READ, by=northvale.agency_lead)
    with pytest.raises(ChronologyReading.DoesNotExist):
        take_in(reading, request=other, source="", by=lead)


def test_file_with_macros_is_refused_with_the_sentence(northvale: World) -> None:
    request = asked.issued(northvale)
    content = with_part("word/vbaProject.bin", b"x", content_type="application/vnd.ms-office.vbaProject")
    with pytest.raises(Refused) as refused:
        read_file(request, upload=SimpleUploadedFile("c.docx", content), by=northvale.agency_lead)
    assert "macros" in refused.value.fields["file"]
    assert ChronologyReading.objects.count() == 0


def test_words_that_name_no_theme_are_told_and_words_about_the_child_kept(northvale: World) -> None:
    request = asked.issued(northvale)
    head = ["Date", "Source", "Event", "Child seen", "Voice", "Themes"]
    row = ["12/3/26", "Log", "Visit", "In the hall", "Said she was cold", "Neglect; Noise"]
    upload = make.workbook([row], head=head)
    reading = read_file(request, upload=upload, by=northvale.agency_lead)
    assert list(reading.understood["rows"][0]["notices"]) == ["No such theme here, so left out: Noise"]
    take_in(reading, request=request, source="", by=northvale.agency_lead)
    kept = ChronologyRow.objects.get()
    assert (kept.themes, kept.child_said) == (["neglect"], "In the hall\nSaid she was cold")


def test_return_is_not_finished_while_what_was_read_waits(northvale: World) -> None:
    request = asked.issued(northvale)
    reading = make.read(request, READ, by=northvale.agency_lead)
    asked.filled(asked.found(request), by=northvale.agency_lead)
    with pytest.raises(Refused, match="take its rows in, or drop"):
        returns.answer(asked.found(request), by=northvale.agency_lead)
    take_in(reading, request=asked.found(request), source="", by=northvale.agency_lead)
    asked.filled(asked.found(request), by=northvale.agency_lead)
    assert returns.answer(asked.found(request), by=northvale.agency_lead).answered_at is not None
