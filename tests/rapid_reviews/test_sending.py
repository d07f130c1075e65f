"""The Panel is sent what was signed, once, in time or with a reason; its answer is kept. C5, C8, C9, 7.1."""

from collections.abc import Callable
from datetime import date, time, timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pikepdf
import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from docx import Document

from cspr.audit.models import Event
from cspr.audit.presenters import fingerprint, sentence
from cspr.cases.dialogue import dialogue_of
from cspr.cases.models import Dialogue
from cspr.cases.services import wall_off
from cspr.deadlines.models import Deadline
from cspr.decisions.models import Answer
from cspr.dispatch.models import Telling
from cspr.documents import storage
from cspr.govuk.dates import london_moment
from cspr.now import now
from cspr.people.models import Body, BodyKind, Membership
from cspr.workflow import AlreadyDone, Refused
from rapid_reviews.models import RapidReview, SentReview
from rapid_reviews.options.review import ReviewStatus
from rapid_reviews.options.sending import PanelAnswerKind, SentHow
from rapid_reviews.pdf.letters import in_words
from rapid_reviews.pdf.sent_review import sent_review_pdf
from rapid_reviews.presenters.review_stage import steps
from rapid_reviews.selectors.signing import latest_version
from rapid_reviews.sent_copy import frozen
from rapid_reviews.services.escalating import answer_escalation
from rapid_reviews.services.panel_answers import reply_to_panel
from rapid_reviews.services.sending import send_review
from rapid_reviews.services.signing import put_to_partners, redecide, sign
from rapid_reviews.services.writing import save_section
from rapid_reviews.word.sent_review import sent_review_document
from tests.factories import rapid_reviews as make
from tests.factories import sent_reviews as panel
from tests.factories.notifications import evidence
from tests.factories.people import World

Browser = Callable[[Membership], Client]
Kind = PanelAnswerKind


def clock(review: RapidReview, key: str, subject: str = "") -> Deadline | None:
    return Deadline.objects.filter(case=review.case, clock=key, subject=subject).first()


def content(document: Any) -> bytes:
    with storage.opened(document.versions.get().storage_name) as file:
        return file.read()


def test_sending_keeps_what_was_signed_meets_c5_and_waits_for_the_panel(northvale: World) -> None:
    body = Body.objects.create(kind=BodyKind.PANEL, name="Invented Panel", effective_from=date(2018, 6, 29))
    review = panel.sent(northvale)
    row, version = SentReview.objects.get(review=review), latest_version(review.case)
    assert version is not None
    assert row.frozen["papers"] == [list(one) for one in version.papers]
    assert row.papers_sha256 == version.rapid_review_papers.sha256
    assert review.status == ReviewStatus.SENT
    c5, c8 = clock(review, "C5"), clock(review, "C8")
    assert c5 is not None
    assert c5.met_at == row.sent_at
    assert c8 is not None
    assert c8.met_at is None
    telling = Telling.objects.get(case=review.case, clock="C5")
    assert (telling.what, telling.body, telling.told_at) == ("rapid_review_to_panel", body, row.sent_at)
    assert telling.proof == row.evidence
    said = dialogue_of(review.case).get()
    assert (said.direction, said.document) == (Dialogue.Direction.TO, row.pdf)


def test_sending_stands_as_told_even_where_no_panel_is_kept_as_a_body(northvale: World) -> None:
    Body.objects.filter(kind=BodyKind.PANEL).delete()
    review = panel.sent(northvale)
    telling = Telling.objects.get(case=review.case, clock="C5")
    assert telling.recipient_name == "Child Safeguarding Practice Review Panel"


def test_both_files_are_those_offered_before_and_can_be_read_aloud(northvale: World) -> None:
    review = panel.sent(northvale)
    row, version = SentReview.objects.get(review=review), latest_version(review.case)
    assert version is not None
    assert content(row.word) == sent_review_document(frozen(version))
    assert content(row.pdf) == sent_review_pdf(frozen(version))
    word = Document(BytesIO(content(row.word)))
    assert word.core_properties.language == "en-GB"
    assert word.core_properties.title == f"Rapid review, {review.case.reference}"
    assert [one.text for one in word.paragraphs if one.style.name == "Heading 2"][-1] == "Signatures"
    assert all("w:tblHeader" in table.rows[0]._tr.xml for table in word.tables)
    pdf = pikepdf.open(BytesIO(content(row.pdf)))
    assert str(pdf.Root.Lang) == "en-GB"
    assert pdf.Root.MarkInfo.Marked
    names = {one.versions.get().original_name for one in (row.word, row.pdf)}
    assert names == {f"{review.case.reference}-rapid-review-1.{ending}" for ending in ("docx", "pdf")}


def test_word_that_is_too_long_for_its_column_is_divided_in_the_pdf(northvale: World) -> None:
    copy = frozen(latest_version(make.signed(northvale).case))  # type: ignore[arg-type]

    def pages(person: str) -> int:
        signatures = [{**one, "person": person} for one in copy["signatures"]]
        return len(pikepdf.open(BytesIO(sent_review_pdf({**copy, "signatures": signatures}))).pages)

    assert pages("Wolfeschlegelsteinhausen" * 100) > pages("Invented Person")


def test_text_is_never_markup_in_the_pdf(northvale: World) -> None:
    copy = frozen(latest_version(make.signed(northvale).case))  # type: ignore[arg-type]
    assert sent_review_pdf({**copy, "papers": [["#panic()", '$ #read("/etc/passwd") *]']]})


@pytest.mark.parametrize(
    "said",
    [
        "I hate it \U0001f622",
        "\u09ac\u09be\u0982\u09b2\u09be",
        "\u4e2d\u6587",
        "\U0001f468\u200d\U0001f469\u200d\U0001f467 \u2764\ufe0f",
    ],
)
def test_letters_no_typeface_has_do_not_stop_the_sending(northvale: World, said: str) -> None:
    review = make.written(northvale)
    save_section(review, section="child-experience", text=said, revision=None, by=northvale.officer)
    put_to_partners(review, by=northvale.officer)
    for partner in northvale.partners:
        sign(review, by=partner, answer=Answer.YES, reason=f"Invented {said}")
    send_review(make.found(review), panel.sending(), by=northvale.officer)
    row = SentReview.objects.get(review=review)
    assert said in "\n".join(one.text for one in Document(BytesIO(content(row.word))).paragraphs)


def test_what_cannot_be_shown_is_named_in_words() -> None:
    unshown = {"\U0001f622", "BENGALI"}
    assert in_words("I hate it \U0001f622", unshown) == "I hate it [crying face]"
    told = in_words("She said: \u09ac\u09be\u0982 \u09b2\u09be.", unshown)
    assert told == "She said: [text in Bengali letters: see the Word document] ."
    assert in_words("\u0141\u00f3d\u017a", unshown) == "\u0141\u00f3d\u017a"


def test_files_lay_the_review_out_as_sections_tables_and_decision(northvale: World) -> None:
    copy = frozen(latest_version(make.signed(northvale).case))  # type: ignore[arg-type]
    word = Document(BytesIO(sent_review_document(copy)))
    headings = [one.text for one in word.paragraphs if one.style.name == "Heading 2"]
    assert headings.index("Equality and context") < headings.index("The criteria for a local review")
    assert headings[-3:] == ["The circumstances considered", "The decision", "Signatures"]
    assert len(headings) == len(set(headings))
    heads = [tuple(cell.text for cell in table.rows[0].cells) for table in word.tables]
    criteria = word.tables[heads.index(("Criterion", "Answer", "Reason"))]
    assert [row.cells[1].text for row in criteria.rows[1:]] == ["Not met"] * 4
    assert "Decision" in [row.cells[0].text for row in word.tables[0].rows]
    points = [one.text for one in word.paragraphs if one.style.name == "Heading 3"]
    assert "Decision" in points
    assert "Proposed decision" not in points


def test_word_file_says_nothing_of_what_made_it(northvale: World) -> None:
    copy = frozen(latest_version(make.signed(northvale).case))  # type: ignore[arg-type]
    with ZipFile(BytesIO(sent_review_document(copy))) as packed:
        names = packed.namelist()
        everything = b"".join(packed.read(one) for one in names)
    assert not [one for one in names if "thumbnail" in one or "customXml" in one or "app.xml" in one]
    assert b"python-docx" not in everything
    assert b"Macintosh" not in everything


def test_files_name_who_did_not_sign_and_what_the_lead_partners_answered(northvale: World) -> None:
    review = make.escalated(northvale)
    sign(review, by=northvale.la, answer=Answer.YES, reason="Invented agreement")
    answer_escalation(
        review, by=northvale.la_lead, answer=Answer.YES, reason="Invented ruling", without_reason="No other"
    )
    copy = frozen(latest_version(review.case))  # type: ignore[arg-type]
    word = Document(BytesIO(sent_review_document(copy)))
    signed, leads = (
        [[cell.text for cell in row.cells] for row in table.rows[1:]] for table in word.tables[-2:]
    )
    assert [row[0] for row in signed] == ["Local authority", "Integrated care board", "Police"]
    assert signed[1][2] == "Did not sign before it was decided."
    assert signed[2][2] == "Disagrees. Invented disagreement"
    assert leads[0][2] == "Upholds the decision. Invented ruling"
    assert sent_review_pdf(copy)


def test_sent_twice_is_once_and_a_colleague_hears_who_did_it(northvale: World) -> None:
    review = panel.sent(northvale)
    assert send_review(review, panel.sending(), by=northvale.officer).status == ReviewStatus.SENT
    with pytest.raises(AlreadyDone):
        send_review(review, panel.sending(), by=northvale.second_officer)
    assert SentReview.objects.count() == 1


def test_nothing_is_sent_that_is_not_signed_or_by_somebody_else(northvale: World, southmere: World) -> None:
    waiting = make.with_partners(northvale)
    with pytest.raises(Refused):
        send_review(waiting, panel.sending(), by=northvale.officer)
    for partner in northvale.partners:
        sign(waiting, by=partner, answer=Answer.YES, reason="Invented agreement")
    signed = make.found(waiting)
    wall_off(
        signed.case, user=northvale.second_officer.user, by=northvale.manager, reason="Invented conflict"
    )
    for other in (northvale.la, southmere.officer, northvale.second_officer, northvale.scrutineer):
        with pytest.raises(Refused):
            send_review(signed, panel.sending(), by=other)
    assert not SentReview.objects.exists()


def test_moment_is_neither_future_nor_before_it_was_signed_and_late_says_why(
    northvale: World, monday: Any
) -> None:
    review = make.signed(northvale)
    for wrong in (now() + timedelta(minutes=5), now() - timedelta(hours=1)):
        with pytest.raises(Refused) as refused:
            send_review(review, panel.sending(at=wrong), by=northvale.officer)
        assert "sent_on" in refused.value.fields
    monday.move_to(london_moment(date(2027, 1, 11), time(9, 0)))
    with pytest.raises(Refused) as refused:
        send_review(review, panel.sending(), by=northvale.officer)
    assert "working days late" in refused.value.fields["late_reason"]
    late = panel.sending(late_reason="Invented reason")
    assert send_review(review, late, by=northvale.officer).status == ReviewStatus.SENT


def test_other_version_than_the_one_read_is_not_recorded(northvale: World) -> None:
    with pytest.raises(Refused):
        send_review(make.signed(northvale), panel.sending(version=2), by=northvale.officer)


@pytest.mark.parametrize("kind", list(Kind))
def test_answer_of_the_panel_is_kept_with_its_letter_and_meets_c8(northvale: World, kind: Kind) -> None:
    review = panel.sent(northvale)
    answer = panel.answered(review, kind, by=northvale.officer)
    assert make.found(review).status == ReviewStatus.ANSWERED
    c8 = clock(review, "C8")
    assert c8 is not None
    assert c8.met_at == answer.received_at
    assert dialogue_of(review.case).get(direction=Dialogue.Direction.FROM).document == answer.letter
    labels = {one.label for one in steps(make.found(review), northvale.officer)}
    assert ("Decide again" in labels) == (kind in {Kind.DISAGREES, Kind.ASKS_TO_RECONSIDER})


def test_question_of_the_panel_is_due_on_the_day_its_letter_sets_and_met_by_the_answer(
    northvale: World,
) -> None:
    review = panel.sent(northvale)
    answer = panel.answered(review, Kind.ASKS_FOR_MORE, by=northvale.officer)
    c9 = Deadline.objects.get(case=review.case, clock="C9")
    assert c9.due_on == date(2026, 11, 30)
    given: dict[str, Any] = {
        "text": "Invented answer", "how": SentHow.EMAIL, "at": now(), "sender_name": "Invented Sender"
    }  # fmt: skip
    reply_to_panel(answer, **given, upload=evidence(), by=northvale.officer)
    reply_to_panel(answer, **given, by=northvale.officer)
    c9.refresh_from_db()
    assert c9.met_at == given["at"]
    with pytest.raises(AlreadyDone):
        reply_to_panel(answer, **given, by=northvale.second_officer)
    with pytest.raises(Refused):
        reply_to_panel(answer, **given, by=northvale.la)
    said = [(one.direction, one.how) for one in dialogue_of(review.case).order_by("said_at", "logged_at")]
    assert said == [("to", "email"), ("from", "letter"), ("to", "email")]
    told = Telling.objects.get(case=review.case, clock="C9")
    assert (told.what, told.how, told.told_at) == ("answer_to_panel", "email", given["at"])


def test_same_answer_twice_is_one(northvale: World) -> None:
    review, at = panel.sent(northvale), now()
    first = panel.answered(review, by=northvale.officer, at=at)
    assert panel.answered(review, by=northvale.officer, at=at) == first
    with pytest.raises(AlreadyDone):
        panel.answered(review, by=northvale.second_officer, at=at)


def test_answer_without_letter_day_or_rationale_is_refused(northvale: World) -> None:
    review = panel.sent(northvale)
    for kind, gone, field in (
        (Kind.AGREES, {"letter": None}, "letter"),
        (Kind.ASKS_FOR_MORE, {"answer_by": None}, "answer_by"),
        (Kind.NATIONAL_REVIEW, {"rationale": " "}, "rationale"),
        (Kind.AGREES, {"at": now() - timedelta(days=1)}, "received_on"),
    ):
        with pytest.raises(Refused) as refused:
            panel.answered(review, kind, by=northvale.officer, **gone)
        assert field in refused.value.fields


def test_redecision_is_sent_beside_the_first_and_waits_for_its_own_answer(northvale: World) -> None:
    review = panel.sent(northvale)
    panel.answered(review, Kind.DISAGREES, by=northvale.officer)
    again = make.found(redecide(review, by=northvale.officer, reason="Invented letter of the Panel"))
    make.propose(again, by=northvale.officer, note=" again")
    put_to_partners(make.found(again), by=northvale.second_officer)
    for partner in northvale.partners:
        sign(again, by=partner, answer=Answer.YES, reason="Invented agreement")
    send_review(make.found(again), panel.sending(), by=northvale.officer)
    assert SentReview.objects.filter(review=review).count() == 2
    second = clock(review, "C8", "v2")
    assert second is not None
    assert second.met_at is None
    panel.answered(make.found(again), by=northvale.officer)
    second.refresh_from_db()
    assert second.met_at is not None


def test_page_says_where_the_panel_is_written_to(northvale: World, browser: Browser) -> None:
    url = reverse("rapid_review_send", args=[make.signed(northvale).case_id])
    client = browser(northvale.officer)
    Body.objects.filter(kind=BodyKind.PANEL).delete()
    assert "is written to at" not in client.get(url).content.decode()
    Body.objects.create(
        kind=BodyKind.PANEL,
        name="Invented Panel",
        email="panel@example.test",
        effective_from=date(2018, 6, 29),
    )
    page = client.get(url).content.decode()
    assert "The Invented Panel is written to at" in page
    assert 'href="mailto:panel@example.test"' in page


def test_pages_send_answer_and_reply(northvale: World, browser: Browser) -> None:
    review = make.signed(northvale)
    client, case = browser(northvale.officer), review.case_id
    page = client.get(reverse("rapid_review_send", args=[case])).content.decode()
    version = latest_version(review.case)
    assert version is not None
    for ending in ("docx", "pdf"):
        copy = reverse("rapid_review_copy", args=[case, version.pk, ending])
        assert copy in page
        assert client.get(copy).status_code == 200
    day = {"sent_on_day": "16", "sent_on_month": "11", "sent_on_year": "2026"}
    late = now() + timedelta(minutes=2)
    with time_machine.travel(late, tick=True):
        answer = client.post(
            reverse("rapid_review_send", args=[case]),
            {**day, "sent_time": "9:01", "how": "email", "sender_name": "Invented", "evidence": evidence(),
             "late_reason": "", "version": "1"},
        )  # fmt: skip
        assert answer.status_code == 302, answer.content.decode()
        panel.answered(make.found(review), Kind.ASKS_FOR_MORE, by=northvale.officer)
    for name in ("rapid_review_panel_answer", "rapid_review_decide_again", "rapid_review_sent"):
        assert client.get(reverse(name, args=[case])).status_code == 200
    sent = client.get(reverse("rapid_review_sent", args=[case])).content.decode()
    row = SentReview.objects.get(review=review)
    reply = reverse("rapid_review_reply", args=[case, row.panel_answers.get().pk])
    assert reply in sent
    assert client.get(reply).status_code == 200
    assert client.get(reverse("rapid_review_close", args=[case])).status_code == 403
    assert browser(northvale.manager).get(reverse("rapid_review_close", args=[case])).status_code == 200
    assert browser(northvale.agency_lead).get(reverse("rapid_review_sent", args=[case])).status_code == 404


def test_letter_and_answer_of_the_very_minute_are_taken(northvale: World, monday: Any) -> None:
    monday.move_to(london_moment(date(2026, 11, 16), time(9, 0)) + timedelta(seconds=40))
    review = panel.sent(northvale)
    minute = now().replace(second=0, microsecond=0)
    asked = panel.answered(review, Kind.ASKS_FOR_MORE, by=northvale.officer, at=minute)
    given: dict[str, Any] = {"text": "Invented", "how": SentHow.EMAIL, "sender_name": "Invented Sender"}
    assert reply_to_panel(asked, **given, at=minute, by=northvale.officer).replied_at == minute


def test_fingerprint_of_what_was_sent_stands_under_its_sentence(northvale: World, browser: Browser) -> None:
    review = panel.sent(northvale)
    event = Event.objects.get(kind="rapidreview.send_review")
    assert sentence(event) == "The rapid review was sent to the Panel by secure email, version 1"
    kept = review.sendings.get().sha256
    assert fingerprint(event) == f"SHA-256 {kept}"
    page = browser(northvale.officer).get(reverse("case_timeline", args=[review.case_id])).content.decode()
    entry = page[page.index(sentence(event)) :]
    heading, rest = entry.split("</h2>", 1)
    assert kept not in heading
    assert kept in rest.split("</li>", 1)[0]
