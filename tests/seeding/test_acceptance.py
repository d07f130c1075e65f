"""What a check from outside is given: everybody, every stage, a marker in every text, addresses that hold."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import models
from django.db.models.functions import Cast
from django.test import Client

from cspr.people.models import Membership
from cspr.permissions import Role
from cspr.seeding import acceptance
from cspr.seeding.words import MARKER, Marked
from tests.factories.fixtures import sign_in

APPS = ("notifications", "cases", "decisions", "documents", "dispatch", "deadlines", "rapid_reviews")
NOT_OF_A_CASE = {
    "Message": "fixed phrases only: no mail carries case data",
    "Heartbeat": "of the machine",
    "Holiday": "of the calendar",
    "CalendarState": "of the calendar",
    "Reminder": "of the sweep",
    "SweepRun": "of the sweep",
    "FeedAddress": "a hash",
    "ChildSound": "codes of sounds",
    "PartnershipGrant": "no text",
    "GuestCode": "a hash",
    "Weave": "a hash",
}
NOT_FREE = {
    "Case.reference", "Case.pseudonym", "Referral.reference", "Referral.outcome", "ReferredChild.nhs_number",
    "StatusChange.subject_type", "StatusChange.transition", "StatusChange.from_status", "StatusChange.to_status",
    "Notification.edition", "Notification.frozen_hash", "Notification.children", "Document.stream", "Document.kind",
    "DocumentVersion.sha256", "DocumentVersion.content_type", "Telling.clock", "Deadline.clock", "Deadline.subject",
    "Section.key", "CriterionAnswer.key", "Papers.sha256", "Papers.changed", "Escalation.why", "SentReview.sha256",
    "SentReview.papers_sha256", "MeetingPack.sha256", "MeetingPack.returns", "GuestLink.secret_hash",
    "InformationRequest.edition",
    "InformationRequest.questions", "Return.page_revisions", "Return.authors", "ChronologyReading.sha256",
    "ChronologyRow.as_written", "ChronologyRow.read_from", "ChronologyPerson.called",
    "Referral.page_revisions", "ReferredChild.page_revisions", "Notification.page_revisions", "SharedPiece.sha256",
}  # fmt: skip
"""Numbers, codes, hashes and fixed words: nothing a person types."""


@pytest.fixture(scope="module")
def made(seeded: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    out = tmp_path_factory.mktemp("acceptance") / "out.json"

    def make() -> dict[str, Any]:
        call_command("seed_acceptance", seed=7, out=str(out), verbosity=0)
        assert out.stat().st_mode & 0o777 == 0o600
        return json.loads(out.read_text())

    with seeded(make) as (described, folder):
        yield {**described, "folder": folder}


@pytest.fixture(autouse=True)
def its_files(made: dict[str, Any], settings: Any, own_files: None) -> None:
    settings.CSPR_DATA = made["folder"]
    settings.PRIVATE_FILES = made["folder"] / "files"


pytestmark = pytest.mark.django_db


def free_texts() -> Iterator[tuple[type[models.Model], models.Field]]:
    for label in APPS:
        for model in apps.get_app_config(label).get_models():
            name = model.__name__
            if name.startswith("Historical") or name in NOT_OF_A_CASE:
                continue
            for field in model._meta.concrete_fields:
                is_text = isinstance(field, models.CharField | models.TextField | models.JSONField)
                if is_text and not field.choices and f"{name}.{field.name}" not in NOT_FREE:
                    yield model, field


def test_every_free_text_of_a_case_holds_a_marker_somewhere(made: dict[str, Any]) -> None:
    bare = [
        f"{model.__name__}.{field.name}"
        for model, field in free_texts()
        if not model._base_manager.annotate(as_text=Cast(field.name, models.TextField()))
        .filter(as_text__regex=MARKER.pattern)
        .exists()
    ]
    assert bare == []


def test_what_is_left_out_exists() -> None:
    known = {
        f"{model.__name__}.{field.name}"
        for label in APPS
        for model in apps.get_app_config(label).get_models()
        for field in model._meta.get_fields()
    }
    assert known >= NOT_FREE


def test_every_role_is_there_in_both_partnerships_of_one_name(made: dict[str, Any]) -> None:
    first, second = made["partnerships"]
    assert first["name"] == second["name"]
    assert first["code"] != second["code"]
    roles = {(one["role"], one["partner"]) for one in made["people"]}
    assert {role for role, _ in roles} == {role.value for role in Role}
    assert {partner for role, partner in roles if role == Role.PARTNER} == {"LA", "ICB", "POLICE"}
    for partnership in (first, second):
        held = {one["role"] for one in made["people"] if one["partnership"] == partnership["code"]}
        assert held >= {"officer", "manager", "delegated_partner", "lead_partner", "scrutineer"}


def test_every_stage_is_there_on_both_sides(made: dict[str, Any]) -> None:
    stages = {
        "draft_begun", "draft", "submitted", "withdrawn", "views_requested", "views_given", "notifiable", "sent_a",
        "sent_b", "sent_c", "not_notifiable", "joined", "linked", "walled",
        "review_gathering", "review_with_partners", "review_escalated", "review_signed", "review_sent",
        "review_answered", "review_asked_for_more", "review_reconsidered", "review_national", "review_closed",
    }  # fmt: skip
    for partnership in made["partnerships"]:
        found = {one["stage"] for one in made["objects"] if one["partnership"] == partnership["code"]}
        assert found == stages
    walled = [one for one in made["objects"] if one["walled_off"]]
    assert {one["stage"] for one in walled} == {"walled"}


def test_markers_are_each_in_one_place_only(made: dict[str, Any]) -> None:
    of_referrals = Counter(
        marker for one in made["objects"] if one["kind"] == "referral" for marker in one["markers"]
    )
    assert len(of_referrals) >= 500
    assert set(of_referrals.values()) == {1}
    bare = {one["kind"] for one in made["objects"] if not one["markers"] and one["stage"] != "draft_begun"}
    assert bare <= {
        "rapid_review",
        "document",
    }  # opened and not written yet; a file the system made, by its title
    written = {one["stage"] for one in made["objects"] if one["kind"] == "rapid_review" and one["markers"]}
    assert {"review_with_partners", "review_sent", "review_closed"} <= written


AUTHORS = {"referrer", "agency_lead"}


def in_order(made: dict[str, Any], one: dict[str, Any]) -> list[Membership]:
    """Who may be shown an object: who made it, then its agency's lead, then the partnership's unit."""
    rows = Membership.objects.select_related("user", "partnership", "agency", "body")
    emails = [one.get("by"), *(p["email"] for p in made["people"] if p["partnership"] == one["partnership"])]
    emails += [p["email"] for p in made["people"] if p["agency"] == one["agency"] and p["role"] in AUTHORS]
    found = {row.user.email: row for row in rows.filter(user__email__in=[e for e in emails if e])}
    return [found[email] for email in emails if email in found]


def opened(client: Client, url: str) -> int:
    response = client.get(url)
    if response.streaming:
        assert b"".join(response)
    return response.status_code


def test_every_address_answers_somebody_and_nobody_of_the_other_partnership(made: dict[str, Any]) -> None:
    clients: dict[Any, Client] = {}

    def client(row: Membership) -> Client:
        return clients.setdefault(row.pk, sign_in(row))

    strangers = {
        one["code"]: list(
            Membership.objects.filter(
                partnership__code=one["code"], role__in=["officer", "manager", "delegated_partner"]
            )
        )
        for one in made["partnerships"]
    }
    wrong = []
    for one in made["objects"]:
        if not any(opened(client(row), one["url"]) == 200 for row in in_order(made, one)):
            wrong.append(("nobody", one["kind"], one["stage"], one["url"]))
        other = next(code for code in strangers if code != one["partnership"])
        answers = {opened(client(row), one["url"]) for row in strangers[other][:2]}
        if answers != {404}:
            wrong.append((answers, one["kind"], one["stage"], one["url"]))
        for email in one["walled_off"]:
            row = Membership.objects.select_related("user").get(user__email=email)
            if opened(client(row), one["url"]) != 404:
                wrong.append(("walled", one["kind"], one["stage"], one["url"]))
    assert wrong == []


def test_everybody_can_sign_in_with_what_is_written(made: dict[str, Any]) -> None:
    one = made["people"][2]
    client = Client()
    answer = client.post("/account/login/", {"login": one["email"], "password": one["password"]})
    assert answer.url == "/account/2fa/authenticate/"
    assert re.fullmatch(r"[A-Z2-7]{32}", one["totp_secret"])


def test_a_seed_is_made_once(made: dict[str, Any], tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="already"):
        call_command("seed_acceptance", seed=7, out=str(tmp_path / "again.json"))


@pytest.mark.parametrize("out", [".", "/dev/full"])
def test_a_seed_whose_file_cannot_be_written_is_not_made(tmp_path: Path, out: str) -> None:
    with pytest.raises(CommandError, match="nothing was made"):
        call_command("seed_acceptance", seed=9, out=str(tmp_path / out))
    assert not acceptance.is_there(9)
    with pytest.raises(CommandError, match="no folder"):
        call_command("seed_acceptance", seed=9, out=str(tmp_path / "missing" / "out.json"))


def test_markers_follow_from_the_seed() -> None:
    first, again, other = (Marked(seed) for seed in (1, 1, 2))
    assert first.line("a") == again.line("a") != other.line("a")
    assert len(first.line("x" * 300, 40)) == 40
