"""Rule 4.8: what is shared with another area, frozen, dated and ended; what that area answers; who is walled off."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, ProgrammingError, transaction

from cspr.audit.models import Event
from cspr.cases.models import Case, Wall
from cspr.cases.services import end_partnership_access, wall_off
from cspr.dispatch.models import Message
from cspr.documents import services as documents
from cspr.documents.models import Document
from cspr.models import Locked, writing
from cspr.now import now, today
from cspr.people.models import Membership
from cspr.workflow import AlreadyDone, Refused
from notifications import phrases
from notifications.models import Incident, OtherArea, Share, SharedPiece
from notifications.options.sharing import PieceKind
from notifications.selectors.sharing import (
    copy_choices,
    document_choices,
    fact_choices,
    shared_cases,
    shares_with,
)
from notifications.services.areas import SHARED_ALREADY, add_area, remove_area
from notifications.services.linking import link
from notifications.services.shared import answer, declare_conflict_here, receive, wall_off_colleague
from notifications.services.sharing import Chosen, note_answer, share, withdraw_share
from tests.factories import incidents, notifications, sharing
from tests.factories.board import board_rows
from tests.factories.people import World


@pytest.fixture
def incident(northvale: World) -> Incident:
    return incidents.ready(northvale)


@pytest.fixture
def area(incident: Incident, northvale: World, southmere: World) -> OtherArea:
    return sharing.area_of(incident, to=southmere, by=northvale.officer)


def sees(who: Membership) -> list[Share]:
    return list(Share.objects.visible_to(who))


def mails(kind: str) -> set[Membership | None]:
    return {one.to_membership for one in Message.objects.filter(kind=kind)}


def kinds_of(case: Case) -> list[str]:
    return list(Event.objects.filter(case_id=case.pk).order_by("number").values_list("kind", flat=True))


def test_naming_an_area_shows_it_nothing(area: OtherArea, southmere: World) -> None:
    assert [sees(one) for one in southmere.everybody().values()] == [[]] * len(southmere.everybody())
    assert shared_cases(southmere.officer) == []


def test_what_is_shared_is_shown_to_the_unit_and_opens_nothing_else(
    area: OtherArea, northvale: World, southmere: World
) -> None:
    made = sharing.shared(area, by=northvale.officer)
    assert sees(southmere.officer) == sees(southmere.manager) == [made]
    others = {name: one for name, one in southmere.everybody().items() if not one.is_unit}
    assert {name for name, one in others.items() if sees(one)} == set()
    assert not Case.objects.visible_to(southmere.officer).exists()
    assert not Document.objects.visible_to(southmere.officer).exists()


def test_the_delegated_partners_see_it_only_where_the_share_says_so(
    area: OtherArea, northvale: World, southmere: World
) -> None:
    sharing.shared(area, by=northvale.officer, for_partners=True)
    shown = {name for name, one in southmere.everybody().items() if sees(one)}
    assert shown == {"officer", "second_officer", "manager", "la", "icb", "police"}


def test_a_third_partnership_and_the_one_that_shares_find_nothing_shared_with_them(
    area: OtherArea, northvale: World, administrator: Membership
) -> None:
    sharing.shared(area, by=northvale.officer, for_partners=True)
    strangers = [*northvale.everybody().values(), administrator]
    assert [one for one in strangers if sees(one)] == []


def test_it_is_the_partnerships_own_grant_that_lets_a_person_in(
    area: OtherArea, northvale: World, southmere: World
) -> None:
    sharing.shared(area, by=northvale.officer)
    end_partnership_access(southmere.officer, by=None)
    assert sees(southmere.officer) == []


def test_the_pieces_are_frozen_word_for_word(area: OtherArea, northvale: World) -> None:
    incident = area.incident
    facts = {one.title: one.key for one in fact_choices(incident)}
    chosen = Chosen(facts=(facts["Where it happened"],), note="Have you known this family?")
    made = sharing.shared(area, by=northvale.officer, chosen=chosen)
    incidents.with_answers(incident, by=northvale.officer)
    kept, note = made.pieces.all()
    assert kept.content == [{"title": "", "rows": [["Where it happened", "Invented town"]]}]
    assert note.content == [{"title": "", "rows": [["Note", "Have you known this family?"]]}]
    assert len({kept.sha256, note.sha256}) == 2


def test_a_fact_that_changed_since_it_was_read_is_refused(area: OtherArea, northvale: World) -> None:
    keys = tuple(one.key for one in fact_choices(area.incident) if one.title == "Harm (3.1 and 3.2)")
    answers = {"nature": "SERIOUS_HARM", "nature_reason": "Another invented reason"}
    incidents.answer_test(area.incident, answers=answers, by=northvale.officer)
    with pytest.raises(Refused) as refused:
        sharing.shared(area, by=northvale.officer, chosen=Chosen(facts=keys))
    assert set(refused.value.fields) == {"facts"}
    assert not Share.objects.exists()


def test_which_other_areas_are_concerned_is_not_offered(area: OtherArea, northvale: World) -> None:
    add_area(area.incident, by=northvale.officer, why="Invented", name="Eastmoor Invented Area")
    said = [text for one in fact_choices(area.incident) for _, text in one.rows]
    assert said
    assert [text for text in said if "Eastmoor" in text or "Southmere" in text] == []


def test_pages_of_the_sent_copy_are_shared_one_by_one(
    northvale: World, southmere: World, bodies: Any
) -> None:
    notification = notifications.sent(northvale, at=now() - timedelta(hours=1))
    area = sharing.area_of(notification.incident, to=southmere, by=northvale.officer)
    first, *_, last = copy_choices(notification.case)
    made = sharing.shared(area, by=northvale.officer, chosen=Chosen(pages=(first.key, last.key)))
    piece = made.pieces.get()
    assert [one["title"] for one in piece.content] == [first.title, last.title]
    assert piece.content[0]["rows"] == first.rows


def test_before_it_was_sent_no_page_of_the_notification_is_offered(incident: Incident) -> None:
    assert copy_choices(incident.case) == []


def test_a_document_is_shared_in_the_version_that_was_chosen(area: OtherArea, northvale: World) -> None:
    choice = document_choices(area.incident.case, to=northvale.officer)
    assert choice == []
    documents.attach(
        area.incident.case,
        stream=f"dialogue/{area.pk}",
        upload=sharing.letter(),
        kind="letter",
        by=northvale.officer,
    )
    (choice,) = document_choices(area.incident.case, to=northvale.officer)
    made = sharing.shared(area, by=northvale.officer, chosen=Chosen(documents=(choice.key,)))
    documents.add_version(
        choice.version.document, upload=sharing.letter(text=b"A later version"), by=northvale.officer
    )
    piece = made.pieces.get()
    assert (piece.kind, piece.version, piece.sha256) == (
        PieceKind.DOCUMENT,
        choice.version,
        choice.version.sha256,
    )


@pytest.mark.parametrize("field", ["facts", "pages", "documents"])
def test_what_was_never_offered_cannot_be_shared(area: OtherArea, northvale: World, field: str) -> None:
    with pytest.raises(Refused) as refused:
        sharing.shared(area, by=northvale.officer, chosen=Chosen(**{field: ("0" * 64,)}))
    assert set(refused.value.fields) == {field}


def test_something_has_to_be_chosen_with_a_reason_until_a_day_to_come(
    area: OtherArea, northvale: World
) -> None:
    with pytest.raises(Refused, match="Select what to share"):
        sharing.shared(area, by=northvale.officer, chosen=Chosen(note="  "))
    with pytest.raises(Refused) as refused:
        sharing.shared(area, by=northvale.officer, reason=" ")
    assert set(refused.value.fields) == {"reason"}
    with pytest.raises(Refused) as refused:
        sharing.shared(area, by=northvale.officer, until=today() - timedelta(days=1))
    assert set(refused.value.fields) == {"until"}


@pytest.mark.parametrize("who", ["la", "la_lead", "scrutineer", "referrer"])
def test_only_the_unit_shares(area: OtherArea, northvale: World, who: str) -> None:
    with pytest.raises(Refused):
        sharing.shared(area, by=getattr(northvale, who))


def test_the_other_unit_cannot_share_the_case_with_itself(area: OtherArea, southmere: World) -> None:
    with pytest.raises(Refused):
        share(area, chosen=Chosen(note="Invented"), reason="Invented", by=southmere.officer)


def test_who_is_walled_off_shares_nothing(area: OtherArea, northvale: World) -> None:
    wall_off(area.incident.case, user=northvale.officer.user, by=northvale.manager, reason="Invented")
    with pytest.raises(Refused):
        sharing.shared(area, by=northvale.officer)


def test_an_area_without_a_partnership_here_is_told_in_another_way(
    incident: Incident, northvale: World
) -> None:
    named = add_area(incident, by=northvale.officer, why="Invented", name="Eastmoor Invented Area")
    with pytest.raises(Refused, match="no partnership on this system"):
        sharing.shared(named, by=northvale.officer)


def test_every_unit_member_is_mailed_a_reference_and_a_link_and_nothing_else(
    area: OtherArea, northvale: World, southmere: World
) -> None:
    sharing.shared(area, by=northvale.officer)
    assert mails(phrases.SHARED_WITH_AREA) == {southmere.officer, southmere.second_officer, southmere.manager}
    mail = Message.objects.filter(kind=phrases.SHARED_WITH_AREA).first()
    assert mail is not None
    assert area.incident.case.reference in mail.body
    assert f"/cases/shared/{area.pk}/" in mail.body
    for word in (area.incident.case.pseudonym, sharing.NOTE, sharing.REASON, "Invented town"):
        assert word not in mail.body + mail.subject


def test_the_last_day_is_shown_and_the_next_is_not(
    area: OtherArea, northvale: World, southmere: World
) -> None:
    sharing.shared(area, by=northvale.officer, until=today())
    assert sees(southmere.officer)
    with time_machine.travel(now() + timedelta(days=1)):
        assert sees(southmere.officer) == []


def test_what_is_withdrawn_is_gone_at_once_and_its_unit_is_told(
    area: OtherArea, northvale: World, southmere: World
) -> None:
    made = sharing.shared(area, by=northvale.officer)
    with pytest.raises(Refused):
        withdraw_share(made, by=northvale.second_officer, reason=" ")
    withdraw_share(made, by=northvale.second_officer, reason="Shared with the wrong area")
    assert sees(southmere.officer) == []
    assert southmere.officer in mails(phrases.SHARED_NO_MORE)
    assert {"share.made", "share.withdrawn"} <= set(kinds_of(area.incident.case))


def test_two_who_withdraw_at_once_learn_who_was_first(area: OtherArea, northvale: World) -> None:
    made = sharing.shared(area, by=northvale.officer)
    first = withdraw_share(made, by=northvale.officer, reason="Invented")
    assert withdraw_share(made, by=northvale.officer, reason="Invented").withdrawn_at == first.withdrawn_at
    with pytest.raises(AlreadyDone):
        withdraw_share(made, by=northvale.second_officer, reason="Invented")
    assert kinds_of(area.incident.case).count("share.withdrawn") == 1


def test_nobody_of_the_other_area_withdraws_or_notes(
    area: OtherArea, northvale: World, southmere: World
) -> None:
    made = sharing.shared(area, by=northvale.officer)
    given = sharing.answered(area, by=southmere.officer)
    with pytest.raises(Refused):
        withdraw_share(made, by=southmere.officer, reason="Invented")
    with pytest.raises(Refused):
        note_answer(given, by=southmere.manager)


def test_new_stays_on_the_board_until_the_unit_records_that_it_has_read(
    area: OtherArea, northvale: World, southmere: World
) -> None:
    sharing.shared(area, by=northvale.officer)
    reference = area.incident.case.reference
    assert [one.unread for one in shared_cases(southmere.officer)] == [1]
    assert [one.reference for one in board_rows(southmere.officer, "incident", "shared")] == [reference]
    assert board_rows(northvale.officer, "shared", "area_answer") == []
    receive(area, by=southmere.officer)
    receive(area, by=southmere.manager)
    assert board_rows(southmere.officer, "incident", "shared") == []
    assert [one.unread for one in shared_cases(southmere.officer)] == [0]
    assert Share.objects.get().received_by == southmere.officer
    assert kinds_of(area.incident.case).count("share.received") == 1


def test_partners_read_but_neither_record_nor_answer(
    area: OtherArea, northvale: World, southmere: World
) -> None:
    sharing.shared(area, by=northvale.officer, for_partners=True)
    for act in (
        lambda: receive(area, by=southmere.la),
        lambda: answer(area, text="Invented", upload=None, by=southmere.la),
    ):
        with pytest.raises(Refused, match="not yours"):
            act()


def test_an_answer_reaches_the_unit_that_holds_the_case_and_waits_there(
    area: OtherArea, northvale: World, southmere: World
) -> None:
    sharing.shared(area, by=northvale.officer)
    given = sharing.answered(area, by=southmere.officer)
    assert northvale.officer in mails(phrases.AREA_ANSWERED)
    assert [one.reference for one in board_rows(northvale.officer, "area_answer")] == [
        area.incident.case.reference
    ]
    assert given.document in Document.objects.visible_to(northvale.officer)
    assert given.document not in Document.objects.visible_to(southmere.officer)
    note_answer(given, by=northvale.officer)
    noted = note_answer(given, by=northvale.manager)
    assert noted.noted_by == northvale.officer
    assert board_rows(northvale.officer, "area_answer") == []
    assert {"area.answered", "area.answer_noted"} <= set(kinds_of(area.incident.case))


def test_an_answer_says_something_and_only_while_something_is_shared(
    area: OtherArea, northvale: World, southmere: World
) -> None:
    with pytest.raises(Refused):
        answer(area, text="Invented", upload=None, by=southmere.officer)
    made = sharing.shared(area, by=northvale.officer)
    with pytest.raises(Refused) as refused:
        answer(area, text=" ", upload=None, by=southmere.officer)
    assert set(refused.value.fields) == {"text"}
    withdraw_share(made, by=northvale.officer, reason="Invented")
    kept = Document.objects.count()
    for act in (
        lambda: answer(area, text="Invented", upload=sharing.letter(), by=southmere.officer),
        lambda: receive(area, by=southmere.officer),
        lambda: declare_conflict_here(area, by=southmere.officer, reason="Invented"),
    ):
        with pytest.raises(Refused):
            act()
    assert Document.objects.count() == kept


def test_a_wall_hides_what_is_shared_and_every_mail_of_it(
    area: OtherArea, northvale: World, southmere: World
) -> None:
    wall_off(area.incident.case, user=southmere.officer.user, by=northvale.manager, reason="Invented")
    made = sharing.shared(area, by=northvale.officer)
    assert sees(southmere.officer) == []
    assert shared_cases(southmere.officer) == []
    assert southmere.officer not in mails(phrases.SHARED_WITH_AREA)
    withdraw_share(made, by=northvale.officer, reason="Invented")
    assert southmere.officer not in mails(phrases.SHARED_NO_MORE)


def test_where_the_whole_unit_is_walled_off_nothing_can_be_shared(
    area: OtherArea, northvale: World, southmere: World
) -> None:
    for one in (southmere.officer, southmere.second_officer, southmere.manager):
        wall_off(area.incident.case, user=one.user, by=northvale.manager, reason="Invented")
    with pytest.raises(Refused, match="Nobody of its business unit"):
        sharing.shared(area, by=northvale.officer)


def test_who_declares_a_conflict_there_is_shown_nothing_more(
    area: OtherArea, northvale: World, southmere: World
) -> None:
    sharing.shared(area, by=northvale.officer)
    declare_conflict_here(area, by=southmere.officer, reason="Knows the invented family")
    assert sees(southmere.officer) == []
    assert sees(southmere.manager)
    assert Wall.objects.get().case == area.incident.case


def test_the_manager_there_walls_off_their_own_people_only(
    area: OtherArea, northvale: World, southmere: World
) -> None:
    sharing.shared(area, by=northvale.officer)
    wall_off_colleague(area, person=southmere.officer, by=southmere.manager, reason="Invented")
    assert sees(southmere.officer) == []
    for person, by in (
        (northvale.officer, southmere.manager),
        (southmere.manager, southmere.manager),
        (southmere.second_officer, southmere.second_officer),
    ):
        with pytest.raises(Refused):
            wall_off_colleague(area, person=person, by=by, reason="Invented")
    assert Wall.objects.count() == 1


def test_an_area_something_was_shared_with_stays_on_the_record(area: OtherArea, northvale: World) -> None:
    sharing.shared(area, by=northvale.officer)
    with pytest.raises(Refused, match=SHARED_ALREADY):
        remove_area(area.incident, area, by=northvale.officer)


def test_a_case_joined_to_another_shares_nothing_any_more(
    area: OtherArea, northvale: World, southmere: World
) -> None:
    made = sharing.shared(area, by=northvale.officer)
    other = incidents.received(northvale)
    link(area.incident, into=other, by=northvale.officer, reason="Invented reason")
    made.refresh_from_db()
    assert other.case.reference in made.withdrawn_reason
    assert sees(southmere.officer) == []
    area.refresh_from_db()
    with pytest.raises(Refused, match="joined"):
        sharing.shared(OtherArea.objects.get(pk=area.pk), by=northvale.officer)


def test_a_piece_is_never_changed_and_a_share_is_written_by_verbs_only(
    area: OtherArea, northvale: World
) -> None:
    made = sharing.shared(area, by=northvale.officer)
    with pytest.raises(Locked):
        made.save()
    refused = pytest.raises(ProgrammingError, match="permission denied")
    with refused, transaction.atomic():
        SharedPiece.objects.filter(share=made)._raw_delete("default")


def test_the_database_holds_that_an_end_has_its_reason_and_person(area: OtherArea, northvale: World) -> None:
    made = sharing.shared(area, by=northvale.officer)
    for wrong in ({"withdrawn_at": now()}, {"reason": ""}, {"received_by": northvale.officer}):
        with pytest.raises(IntegrityError), transaction.atomic(), writing():
            Share.objects.filter(pk=made.pk).update(**wrong)


def test_newest_first(area: OtherArea, northvale: World, southmere: World) -> None:
    first = sharing.shared(area, by=northvale.officer, chosen=Chosen(note="First"))
    with time_machine.travel(now() + timedelta(minutes=5)):
        second = sharing.shared(area, by=northvale.officer, chosen=Chosen(note="Second"))
        assert list(shares_with(area, to=southmere.officer)) == [second, first]
