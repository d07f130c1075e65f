"""A mail server for tests: remembers what it accepted, and can refuse, break off or hang."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message as Mail


class Conversation(socketserver.StreamRequestHandler):
    server: "MailServer"

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self) -> None:
        self.say("220 invented.test")
        while line := self.rfile.readline().decode().strip():
            verb = line.upper()
            if verb.startswith(("EHLO", "HELO", "MAIL", "RSET", "NOOP")):
                self.say("250 ok")
            elif verb.startswith("RCPT"):
                refusal = self.server.refusals.pop(0) if self.server.refusals else ""
                self.say(refusal or "250 ok")
            elif verb == "DATA":
                self.take()
                if self.server.breaks_off.is_set():
                    return
                self.say("250 accepted")
            elif verb == "QUIT":
                self.say("221 bye")
                return

    def take(self) -> None:
        self.say("354 go on")
        content = b""
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            content += line
        self.server.accepted.append(message_from_bytes(content))


class MailServer(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.accepted: list[Mail] = []
        self.refusals: list[str] = []
        self.breaks_off = threading.Event()

    @property
    def port(self) -> int:
        return self.server_address[1]

    @property
    def message_ids(self) -> list[str]:
        return [mail["Message-ID"] for mail in self.accepted]

    def handle_error(self, request: object, client_address: object) -> None:
        """A sender that is killed is no fault of the server."""


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """A running mail server."""
    with MailServer() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
