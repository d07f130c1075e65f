"""Pictures for docs/guide, made by the journeys where CSPR_GUIDE is set: ``make guide``."""

import io
import os
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "guide" / "pictures"
WIDTH, TALLEST, COLOURS = 1000, 1100, 48
DAY = datetime(2026, 11, 26, 9, 30, tzinfo=UTC)
"""The moment at which the journeys of the guide happen, so that a renewed picture differs only where a page does."""


def is_made() -> bool:
    """Whether this run makes the guide's pictures."""
    return bool(os.environ.get("CSPR_GUIDE"))


def keep(page: Page, name: str, *, begin: str = "") -> None:
    """Save the page as it stands, from the heading ``begin`` on, as ``name``.png: few colours, few bytes."""
    before = page.viewport_size
    page.set_viewport_size({"width": WIDTH, "height": 800})
    page.evaluate("document.activeElement && document.activeElement.blur()")
    top = _top_of(page, begin) if begin else 0
    tall = page.evaluate("document.documentElement.scrollHeight") - top
    clip = {"x": 0, "y": top, "width": WIDTH, "height": min(tall, TALLEST)}
    taken = page.screenshot(full_page=True, clip=clip, animations="disabled")
    _save(taken, PICTURES / f"{name}.png")
    if before:
        page.set_viewport_size(before)


def _top_of(page: Page, begin: str) -> float:
    box = page.get_by_role("heading", name=begin).first.bounding_box()
    assert box is not None, begin
    return max(0.0, box["y"] + page.evaluate("window.scrollY") - 20)


def _save(taken: bytes, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with Image.open(io.BytesIO(taken)) as picture:
        picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
