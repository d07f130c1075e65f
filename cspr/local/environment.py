"""The complete environment of a program: what the person set wins, the rest is this checkout's own."""

import os

from cspr.local.places import BIN, LOCAL, ROOT
from cspr.local.secret import secret_key

ADDRESSES = {"DATABASE_URL", "REDIS_URL", "BROKER_URL", "HOME"}
NO_SERVER = "postgres://nobody@127.0.0.1:1/none"


def environment(database_url: str, *, launch: str = "run") -> dict[str, str]:
    """Settings for one program, with the names of cspr/settings.py. An empty variable counts as unset."""
    given = {name: value for name, value in os.environ.items() if value or name not in ADDRESSES}
    own = {
        "DJANGO_SETTINGS_MODULE": "cspr.settings",
        "SECRET_KEY": secret_key(),
        "CSPR_HTTPS": "0",
        "CSPR_DATA": str(LOCAL),
        "LANG": "C.UTF-8",
        "HOME": str(LOCAL),
    }
    complete = {**own, **given, "DATABASE_URL": database_url, "CSPR_LAUNCH": launch}
    if not given.get("REDIS_URL") and not given.get("BROKER_URL"):
        folder = complete.setdefault("BROKER_FOLDER", str(LOCAL / "queue" / launch))
        os.makedirs(f"{folder}/control", exist_ok=True)
        complete["BROKER_URL"] = "filesystem://"
    complete["PATH"] = os.pathsep.join([str(BIN), given.get("PATH", os.defpath)])
    complete["PYTHONPATH"] = os.pathsep.join(filter(None, [str(ROOT), given.get("PYTHONPATH", "")]))
    return complete


def production(env: dict[str, str]) -> dict[str, str]:
    """The same program as it runs in production: HTTPS, no demo, a named host."""
    return {
        **env,
        "CSPR_HTTPS": "1",
        "CSPR_DEMO": "0",
        "ALLOWED_HOSTS": "cspr.example",
        "PUBLIC_URL": "https://cspr.example",
    }
