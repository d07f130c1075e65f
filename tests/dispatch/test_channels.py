"""The three ways out: each answers a proof only when the other side accepted, and names faults without
personal data.
"""

import json
import threading
from collections.abc import Callable, Iterator
from email import message_from_bytes
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from cspr.dispatch.channels import FileOutbox, Notify, Smtp, configured_channel
from cspr.dispatch.models import Message
from cspr.dispatch.services import drain
from tests.dispatch.mail_server import MailServer, mail_server

pytestmark = pytest.mark.django_db
Queue = Callable[..., Message]


@pytest.fixture
def server(settings: Any) -> Iterator[MailServer]:
    with mail_server() as running:
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", running.port, 2
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        yield running


def test_smtp_carries_our_message_id_to_one_recipient(queue: Queue, server: MailServer) -> None:
    message = queue()

    assert drain(channel=Smtp()).sent == 1

    (mail,) = server.accepted
    assert (mail["Message-ID"], mail["To"]) == (message.header, message.to_email)
    assert mail["Cc"] is mail["Bcc"] is None
    message.refresh_from_db()
    assert message.proof == {"accepted_by": "127.0.0.1", "message_id": message.header}


@pytest.mark.parametrize(
    ("refusal", "code"), [("451 later, person@example.test", "451"), ("550 unknown person", "550")]
)
def test_smtp_refusal_is_put_off_and_named_by_its_code(
    queue: Queue, server: MailServer, refusal: str, code: str
) -> None:
    message = queue()
    server.refusals = [refusal]

    assert drain(channel=Smtp()).put_off == 1

    message.refresh_from_db()
    assert message.status == Message.Status.QUEUED
    assert message.last_error == f"the server refused the address ({code})"
    assert drain(at=message.next_attempt_at, channel=Smtp()).sent == 1
    assert server.message_ids == [message.header]


def test_smtp_broken_off_after_the_text_repeats_the_message_id(queue: Queue, server: MailServer) -> None:
    message = queue()
    server.breaks_off.set()
    assert drain(channel=Smtp()).put_off == 1
    server.breaks_off.clear()

    message.refresh_from_db()
    assert drain(at=message.next_attempt_at, channel=Smtp()).sent == 1

    assert server.message_ids == [message.header, message.header]


def test_smtp_not_reachable_is_put_off(queue: Queue, settings: Any) -> None:
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 1, 1
    message = queue()

    assert drain(channel=Smtp()).put_off == 1

    message.refresh_from_db()
    assert message.last_error == "the server could not be reached (ConnectionRefusedError)"


def test_file_outbox_holds_a_readable_mail(queue: Queue, settings: Any) -> None:
    message = queue()

    drain(channel=FileOutbox())
    FileOutbox().deliver(message)

    (file,) = (settings.CSPR_DATA / "outbox").iterdir()
    mail = message_from_bytes(file.read_bytes())
    assert (mail["Subject"], mail["Message-ID"]) == (message.subject, message.header)
    assert "Sign in to read it" in mail.get_payload()


@pytest.fixture
def notify(settings: Any) -> Iterator[dict[str, Any]]:
    """GOV.UK Notify's address for one mail: what it was asked, and with which status it answers."""
    seen: dict[str, Any] = {"asked": [], "status": 201}

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            seen["asked"].append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            body = json.dumps(
                {"id": "n-1", "errors": [{"error": "x", "message": "person@example.test"}]}
            ).encode()
            self.send_response(seen["status"])
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Nothing to say."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        settings.NOTIFY_URL = f"http://127.0.0.1:{running.server_port}"
        settings.NOTIFY_API_KEY = (
            "key-00000000-0000-0000-0000-000000000000-00000000-0000-0000-0000-000000000000"
        )
        settings.NOTIFY_TEMPLATE_ID = "template"
        yield seen
        running.shutdown()
        thread.join()


def test_notify_is_given_subject_body_and_our_reference(queue: Queue, notify: dict[str, Any]) -> None:
    message = queue()

    assert drain(channel=Notify()).sent == 1

    assert notify["asked"] == [
        {
            "email_address": message.to_email,
            "template_id": "template",
            "personalisation": {"subject": message.subject, "body": message.body},
            "reference": message.header,
        }
    ]
    message.refresh_from_db()
    assert message.proof["notify_id"] == "n-1"


def test_notify_refusal_is_put_off_and_named_by_its_code(queue: Queue, notify: dict[str, Any]) -> None:
    notify["status"] = 429
    message = queue()

    assert drain(channel=Notify()).put_off == 1

    message.refresh_from_db()
    assert message.last_error == "GOV.UK Notify answered 429"


@pytest.mark.parametrize(("name", "channel"), [("file", FileOutbox), ("smtp", Smtp)])
def test_channel_named_in_the_settings(settings: Any, name: str, channel: type) -> None:
    settings.MAIL_CHANNEL = name

    assert isinstance(configured_channel(), channel)
