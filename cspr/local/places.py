"""Where things stand in a checkout."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOCAL = ROOT / ".local"
BIN = Path(sys.executable).parent


class Trouble(Exception):
    """What went wrong, as one sentence for the person at the terminal."""
