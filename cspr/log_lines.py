"""Log lines as JSON, one event a line, so that nothing a person types can forge a line."""

import json
import logging
import traceback
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

from django.db import OperationalError

TELLS_NOTHING_OF_A_CASE = (OperationalError, ConnectionError, TimeoutError, ImportError)
"""Errors whose first line speaks of the machinery only. The text of any other may hold what somebody typed."""


class JsonLine(logging.Formatter):
    """One JSON object a line. Request data, local variables and the text of errors are never written (T24).

    PostgreSQL puts the whole row into the text of an integrity error, and Python the key into that of a KeyError.
    """

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "about", {}),
        }
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=True)

    def formatException(  # noqa: N802 - the name the standard library calls
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None] | Any,
    ) -> str:
        """Where it happened, frame by frame, and the kind of error, along the chain of causes."""
        error: BaseException | None = ei[1]
        parts: list[str] = []
        while error is not None and len(parts) < 10:
            frames = traceback.format_list(traceback.extract_tb(error.__traceback__))
            parts.append("".join(frames) + _kind(error))
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\nwhile handling\n".join(parts)


def _kind(error: BaseException) -> str:
    name = f"{type(error).__module__}.{type(error).__qualname__}"
    if isinstance(error, TELLS_NOTHING_OF_A_CASE):
        return f"{name}: {next(iter(str(error).splitlines()), '')[:200]}"
    state = getattr(error.__cause__ or error, "pgcode", None)
    return f"{name} [{state}]" if state else name
