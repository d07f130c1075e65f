"""The blobs: one file per version, under a name made here, readable by the application's account alone
(0600).

A blob is written beside the others under a temporary name, and takes its final name before its row is
inserted: a row without a blob cannot exist, a blob without a row is collected later (R7).
"""

import hashlib
import os
import tempfile
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from cspr.documents.checks import Limits, too_large

ARRIVING = "arriving-"
CHUNK = 64 * 1024


@dataclass(frozen=True)
class Arrived:
    """A file written to disk and not yet kept: its path, its size in bytes, its hash."""

    path: Path
    size: int
    sha256: str


def root() -> Path:
    """The folder of the blobs, made on first use."""
    folder = Path(settings.PRIVATE_FILES)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def path_of(name: uuid.UUID) -> Path:
    """Where a blob lives: a folder by the first two characters of its name."""
    return root() / name.hex[:2] / name.hex


@contextmanager
def arriving(chunks: Iterable[bytes], *, limits: Limits) -> Iterator[Arrived]:
    """Write an upload to disk piece by piece, stopping at the size limit; removed at the end unless it was
    kept.
    """
    descriptor, name = tempfile.mkstemp(prefix=ARRIVING, dir=root())
    try:
        digest, size = hashlib.sha256(), 0
        with os.fdopen(descriptor, "wb") as file:
            for chunk in chunks:
                size += len(chunk)
                if size > limits.size:
                    raise too_large(limits)
                digest.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        yield Arrived(Path(name), size, digest.hexdigest())
    finally:
        Path(name).unlink(missing_ok=True)


def keep(arrived: Arrived) -> uuid.UUID:
    """Give an arrived file its final name and make that durable; answers the name."""
    name = uuid.uuid4()
    target = path_of(name)
    target.parent.mkdir(mode=0o700, exist_ok=True)
    arrived.path.rename(target)
    for folder in (target.parent, root()):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    return name


def opened(name: uuid.UUID) -> BinaryIO:
    """A blob open for reading."""
    return path_of(name).open("rb")


def stored_before(moment: float) -> Iterator[tuple[uuid.UUID | None, Path]]:
    """Every file in the folder last changed before a moment (Unix seconds); None for one that never got its
    name.
    """
    for path in root().rglob("*"):
        if not path.is_file() or path.stat().st_mtime >= moment:
            continue
        if path.name.startswith(ARRIVING):
            yield None, path
        elif len(path.name) == 32:
            yield uuid.UUID(path.name), path
