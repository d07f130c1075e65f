"""A virus scanner for tests: speaks clamd's INSTREAM, finds EICAR, and can be stopped, hung and started
again.
"""

import socket
import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from tests.documents.other_files import EICAR


class Answer(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        assert self.read(10) == b"zINSTREAM\x00"
        content = b""
        while size := struct.unpack("!L", self.read(4))[0]:
            content += self.read(size)
        found = EICAR in content
        self.request.sendall(b"stream: Eicar-Test-Signature FOUND\x00" if found else b"stream: OK\x00")

    def read(self, size: int) -> bytes:
        content = b""
        while len(content) < size:
            piece = self.request.recv(size - len(content))
            if not piece:
                raise ConnectionError
            content += piece
        return content


class Scanner(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away is no fault of the scanner."""


@contextmanager
def scanner(port: int = 0) -> Iterator[str]:
    """A running scanner; answers its address."""
    with Scanner(("127.0.0.1", port), Answer) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield f"127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def hung() -> Iterator[str]:
    """A port that takes connections and never answers."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(8)
        yield f"127.0.0.1:{listener.getsockname()[1]}"
