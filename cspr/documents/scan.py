"""The virus scanner: clamd's INSTREAM over a socket. Without an answer, nobody gets the file (R17)."""

import logging
import socket
import struct
from typing import BinaryIO

from django.conf import settings

from cspr.documents.models import Scan

PIECE = 64 * 1024
CONNECT_SECONDS = 1.0
ANSWER_SECONDS = 30.0
log = logging.getLogger(__name__)


def scan(content: BinaryIO) -> Scan:
    """NOT_SCANNED without a scanner, WAITING when it does not answer, else CLEAN or INFECTED."""
    if not settings.CLAMD_ADDRESS:
        return Scan.NOT_SCANNED
    try:
        answer = ask(settings.CLAMD_ADDRESS, content)
    except OSError as error:
        log.warning("the virus scanner did not answer: %s", type(error).__name__)
        return Scan.WAITING
    if answer.endswith(" OK"):
        return Scan.CLEAN
    return Scan.INFECTED if answer.endswith(" FOUND") else Scan.WAITING


def ask(address: str, content: BinaryIO) -> str:
    """Send a file to clamd at ``host:port`` or a socket's path; answers its line, such as ``stream: OK``."""
    with connected(address) as line:
        line.settimeout(ANSWER_SECONDS)
        line.sendall(b"zINSTREAM\x00")
        content.seek(0)
        while piece := content.read(PIECE):
            line.sendall(struct.pack("!L", len(piece)) + piece)
        line.sendall(struct.pack("!L", 0))
        answer = b""
        while not answer.endswith(b"\x00") and (part := line.recv(4096)):
            answer += part
    return answer.rstrip(b"\x00\n").decode("utf-8", "replace")


def connected(address: str) -> socket.socket:
    """A connection to clamd."""
    if address.startswith("/"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(CONNECT_SECONDS)
        try:
            line.connect(address)
        except OSError:
            line.close()
            raise
        return line
    host, _, port = address.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=CONNECT_SECONDS)
