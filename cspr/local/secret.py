"""A secret key for this checkout: made once, readable by its owner only."""

import os
import secrets
from pathlib import Path

from cspr.local.places import LOCAL


def secret_key(path: Path = LOCAL / "secret") -> str:
    """The key in `path`, made now if there is none. Two programs starting at once get the same one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as made:
            made.write(secrets.token_urlsafe(48))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text()
