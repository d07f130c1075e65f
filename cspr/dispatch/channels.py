"""How a mail leaves: SMTP, GOV.UK Notify, or a file.

Each answers a proof when the other side has accepted it.
"""

import os
import smtplib
import tempfile
from email.message import EmailMessage as StandardMessage
from email.utils import formatdate
from pathlib import Path
from typing import Any, Protocol

import requests
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from notifications_python_client.errors import HTTPError
from notifications_python_client.notifications import NotificationsAPIClient

from cspr.dispatch.models import Message

SECONDS = 20
Proof = dict[str, Any]


class Channel(Protocol):
    """Delivers one message or raises; ``reason`` names the fault without any personal data."""

    name: str

    def deliver(self, message: Message) -> Proof: ...

    def reason(self, error: Exception) -> str: ...


class Smtp:
    """The mail server of the settings.

    The Message-ID is ours, so a second delivery is recognisable as the same mail.
    """

    name = "smtp"

    def deliver(self, message: Message) -> Proof:
        connection = get_connection(
            "django.core.mail.backends.smtp.EmailBackend", timeout=settings.EMAIL_TIMEOUT
        )
        mail = EmailMessage(
            subject=message.subject,
            body=message.body,
            from_email=settings.DEFAULT_FROM_EMAIL,
            to=[message.to_email],
            headers={"Message-ID": message.header, "Auto-Submitted": "auto-generated"},
            connection=connection,
        )
        if mail.send() != 1:
            raise smtplib.SMTPException("not accepted")
        return {"accepted_by": settings.EMAIL_HOST, "message_id": message.header}

    def reason(self, error: Exception) -> str:
        if isinstance(error, smtplib.SMTPRecipientsRefused):
            codes = sorted({str(code) for code, _ in error.recipients.values()})
            return f"the server refused the address ({', '.join(codes)})"
        if isinstance(error, smtplib.SMTPResponseException):
            return f"the server answered {error.smtp_code}"
        return f"the server could not be reached ({type(error).__name__})"


class Notify:
    """GOV.UK Notify.

    One template with two places, ``subject`` and ``body``; the reference is our Message-ID.
    """

    name = "notify"

    def __init__(self) -> None:
        address = getattr(settings, "NOTIFY_URL", "")
        options = {"base_url": address} if address else {}
        self.client = NotificationsAPIClient(settings.NOTIFY_API_KEY, timeout=SECONDS, **options)

    def deliver(self, message: Message) -> Proof:
        answer = self.client.send_email_notification(
            email_address=message.to_email,
            template_id=settings.NOTIFY_TEMPLATE_ID,
            personalisation={"subject": message.subject, "body": message.body},
            reference=message.header,
        )
        return {"accepted_by": "GOV.UK Notify", "notify_id": answer["id"], "message_id": message.header}

    def reason(self, error: Exception) -> str:
        if isinstance(error, HTTPError):
            return f"GOV.UK Notify answered {error.status_code}"
        if isinstance(error, requests.RequestException):
            return f"GOV.UK Notify could not be reached ({type(error).__name__})"
        return f"GOV.UK Notify could not take it ({type(error).__name__})"


class FileOutbox:
    """A folder of .eml files, named by message, so that a second delivery replaces the first."""

    name = "file"

    def deliver(self, message: Message) -> Proof:
        folder = outbox_folder()
        mail = StandardMessage()
        mail["Subject"], mail["From"], mail["To"] = (
            message.subject,
            settings.DEFAULT_FROM_EMAIL,
            message.to_email,
        )
        mail["Date"], mail["Message-ID"] = formatdate(message.queued_at.timestamp()), message.header
        mail.set_content(message.body)
        descriptor, name = tempfile.mkstemp(prefix="arriving-", dir=folder)
        with os.fdopen(descriptor, "wb") as file:
            file.write(bytes(mail))
        Path(name).rename(folder / f"{message.pk}.eml")
        return {"accepted_by": "file outbox", "file": f"{message.pk}.eml", "message_id": message.header}

    def reason(self, error: Exception) -> str:
        return f"the outbox folder could not be written ({type(error).__name__})"


def outbox_folder() -> Path:
    """Where the file channel writes, made on first use."""
    folder = Path(settings.CSPR_DATA) / "outbox"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


CHANNELS: dict[str, type[Smtp] | type[Notify] | type[FileOutbox]] = {
    "smtp": Smtp,
    "notify": Notify,
    "file": FileOutbox,
}


def configured_channel() -> Channel:
    """The channel that MAIL_CHANNEL names. Raises KeyError for an unknown name."""
    return CHANNELS[settings.MAIL_CHANNEL]()
