"""Log lines as JSON, one event a line, so that nothing a person types can forge a line."""

import json
import logging
from datetime import UTC, datetime


class JsonLine(logging.Formatter):
    """One JSON object a line. Request data and local variables are never written."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=True)
