"""A marker in every text: nobody who may not see a case meets one of its; no mail, log, title or address has any."""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from cspr.dispatch.channels import outbox_folder
from cspr.dispatch.models import Message
from cspr.dispatch.services import drain
from cspr.documents.models import DocumentVersion
from cspr.now import now
from cspr.people.models import Membership
from cspr.permissions import Role
from cspr.seeding.acceptance import make
from cspr.seeding.outline import markers_of
from cspr.seeding.words import MARKER
from rapid_reviews.models import PanelAnswer, RapidReview, SentReview
from tests.factories.fixtures import sign_in
from tests.matrices.world import ask

SEES_CASES = {Role.OFFICER, Role.MANAGER, Role.PARTNER, Role.SCRUTINEER}
LISTS = (
    "/",
    "/cases/",
    "/referrals/",
    "/requests/",
    "/people/",
    "/organisations/",
    "/settings",
    "/calendar-address",
    "/capacity",
    "/cases/shared/",
    "/sent-to-the-panel/",
)
TABS = (
    "", "people", "chronology", "documents", "decisions", "proceedings", "timeline", "looked", "incident/",
    "incident/link/", "notification/", "told", "dialogue", "areas/", "rapid-review/", "rapid-review/read/",
    "rapid-review/requests/", "rapid-review/chronology/", "rapid-review/safety-actions/", "rapid-review/meetings/",
    "rapid-review/family/", "rapid-review/sent/",
)  # fmt: skip
STAGES = ("walled", "review_with_partners", "review_gathering")
"""The stages whose cases are read."""
COPY = re.compile(r"/cases/shared/[0-9a-f-]{36}/copies/[0-9a-f-]{36}/")


@dataclass
class Marked:
    """What was seeded, and what each person may meet of it."""

    described: dict[str, Any]
    folder: Path
    people: list[Membership]

    def may_see(self, person: Membership, thing: dict[str, Any]) -> bool:
        if person.user.email in thing["walled_off"]:
            return False
        if person.is_agency:
            own = thing["agency"] == person.agency.name
            return own and (person.role == Role.AGENCY_LEAD or thing.get("by") in {None, person.user.email})
        if thing["kind"] == "share" and not (person.is_unit or (person.partner and thing["for_partners"])):
            return False
        of_partnership = person.partnership_id and thing["partnership"] == person.partnership.code
        return bool(of_partnership and person.role in SEES_CASES)

    def hidden_from(self, person: Membership) -> set[str]:
        """Markers this person must never meet."""
        things = self.described["objects"]
        open_to = {one for thing in things if self.may_see(person, thing) for one in thing["markers"]}
        open_to |= {
            one for known in self.described["people"] for one in known["markers"]
        }  # delegations, job titles
        open_to |= sent_to_the_panel() if person.is_panel else set()
        return {one for thing in things for one in thing["markers"]} - open_to

    def cases_of(self, person: Membership) -> list[str]:
        cases = [thing for thing in self.described["objects"] if thing["kind"] == "case"]
        shared = self.shared_cases()
        read = [one for one in cases if one["stage"] in STAGES or one["id"] in shared]
        return [one["url"] for one in read if self.may_see(person, one)]

    def shared_cases(self) -> set[str]:
        return {thing["case"] for thing in self.described["objects"] if thing["kind"] == "share"}

    def shared_with(self, person: Membership) -> list[str]:
        """Addresses of what other areas share with this person."""
        shares = [thing for thing in self.described["objects"] if thing["kind"] == "share"]
        return sorted({one["url"] for one in shares if self.may_see(person, one)})


def sent_to_the_panel() -> set[str]:
    """What stands in the copies that were sent, who sent them, the Panel's letters and what was answered to them."""
    texts = [(one.frozen, one.sender_name) for one in SentReview.objects.all()]
    found = {marker for one in texts for marker in MARKER.findall(str(one))}
    for answer in PanelAnswer.objects.all():
        files = DocumentVersion.objects.filter(document__in=[answer.letter, answer.reply_document])
        for row in (answer, *files):
            found |= {marker for markers in markers_of(row).values() for marker in markers}
    return found


@pytest.fixture(scope="module")
def marked(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Marked]:
    folder = tmp_path_factory.mktemp("canaries")
    settings.PRIVATE_FILES, settings.CSPR_DATA = folder / "files", folder
    with django_db_blocker.unblock(), transaction.atomic():
        described = make(11)
        connection.run_on_commit.clear()
        emails = [one["email"] for one in described["people"]]
        people = Membership.objects.filter(user__email__in=emails).select_related(
            "user", "agency", "partnership"
        )
        yield Marked(described, folder, list(people))
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def its_files(own_files: None, marked: Marked, settings: Any) -> None:
    settings.CSPR_DATA, settings.PRIVATE_FILES = marked.folder, marked.folder / "files"


def pages(client: Client, person: Membership, marked: Marked) -> Iterator[tuple[str, str]]:
    """Every page of lists, the search, and the tabs of this person's own cases, as they answered."""
    tabs = (f"{url}{tab}" for url in marked.cases_of(person) for tab in TABS)
    shared = marked.shared_with(person)
    copies = (path for url in shared for path in COPY.findall(ask(client, "GET", url).body.decode()))
    sent = [reverse("panel_review", args=[one.pk]) for one in RapidReview.objects.sent_to(person)]
    for path in (*LISTS, *tabs, *shared, *copies, *sent):
        answer = ask(client, "GET", path)
        if answer.status_code == 200:
            yield path, answer.body.decode(errors="replace")
    for words in ("Twinford", "Child", "a"):
        yield f"search for {words}", ask(client, "POST", "/search", data={"q": words}).body.decode()


def titles(page: str) -> str:
    """What stands in the title and in addresses."""
    return " ".join(
        [
            *re.findall(r"<title>(.*?)</title>", page, re.DOTALL),
            *re.findall(r"(?:href|action)=\"(.*?)\"", page),
        ]
    )


def test_nobody_meets_a_text_of_a_case_that_is_not_theirs(
    marked: Marked, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    leaks, seen = [], 0
    for person in marked.people:
        hidden, client = marked.hidden_from(person), sign_in(person)
        for path, page in pages(client, person, marked):
            met = set(MARKER.findall(page))
            seen += len(met)
            leaks += [f"{person}: {path} shows {one}" for one in met & hidden]
            leaks += [
                f"{person}: {path} has a marker in its title or an address"
                for _ in MARKER.findall(titles(page))
            ]
    assert leaks == []
    assert seen > 100  # the markers are there to be met
    assert MARKER.findall(caplog.text) == []


def test_no_mail_holds_a_text_of_a_case(marked: Marked) -> None:
    assert Message.objects.exists()
    words = [f"{one.subject} {one.body} {one.kind}" for one in Message.objects.all()]
    assert [one for one in words if MARKER.search(one)] == []


def test_no_mail_as_it_is_sent_holds_a_text_of_a_case(
    marked: Marked, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with time_machine.travel(now(), tick=True), transaction.atomic():
        drain()
        transaction.set_rollback(True)
    sent = [path.read_text(errors="replace") for path in outbox_folder().rglob("*") if path.is_file()]
    assert sent
    bodies = [
        one.split("\n\n", 1)[-1] + re.sub(r"^(To|Delivered-To):.*$", "", one, flags=re.MULTILINE)
        for one in sent
    ]
    assert [one for one in bodies if MARKER.search(re.sub(r"[\w.]+@\S+", "", one))] == []
    assert MARKER.findall(re.sub(r"[\w.]+@\S+", "", caplog.text)) == []
