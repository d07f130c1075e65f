"""Somebody in front of the browser: what they do in the words of the page, and what every page must keep to."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Request, expect

from tests.journeys import guide

IDENTIFIER = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
NARROW = 320
SEES_VIOLATIONS = """
    window.__violations = []
    document.addEventListener('securitypolicyviolation', broken =>
        window.__violations.push(`${broken.violatedDirective} ${broken.blockedURI}`))
"""
READY = """
    document.body.classList.contains('js-enabled') && [...document.querySelectorAll('[data-module]')].every(
        part => part.hasAttribute(`data-${part.dataset.module}-init`))
"""
FOCUSED = """
    (document.activeElement.labels && document.activeElement.labels.length
        ? document.activeElement.labels[0].innerText : document.activeElement.innerText)
"""
AXE = Axe()


class Person:
    """One browser session. Every page that an act leads to is examined before the next act."""

    def __init__(self, context: BrowserContext, site: str, *, pictures: Path | None, journey: str) -> None:
        self.context, self.site, self.pictures = context, site, pictures
        self.journey = re.sub(r"\W+", "-", journey).strip("-")
        self.scripts = True
        self.faults: list[str] = []
        self.examined: set[tuple[str, ...]] = set()
        context.add_init_script(SEES_VIOLATIONS)
        context.on("request", self._requested)
        context.on("console", self._said)
        context.on("weberror", lambda error: self.faults.append(f"script error: {error.error}"))
        self.page: Page = context.new_page()
        self.shots = 0

    # ---- what a person does
    def opens(self, path: str, *, status: int = 200) -> "Person":
        response = self.page.goto(path)
        assert response is not None
        assert response.status == status, f"{path}: {response.status}"
        return self.looks()

    def follows(self, words: str, *, exact: bool = True) -> "Person":
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=words, exact=exact).first.click()
        return self.looks()

    def presses(self, words: str, *, exact: bool = True) -> "Person":
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=words, exact=exact).first.click()
        return self.looks()

    def types(self, label: str, text: str, *, within: str = "") -> "Person":
        self._place(within).get_by_label(label, exact=True).first.fill(text)
        return self

    def types_date(self, question: str, day: str) -> "Person":
        """``day`` as "12 11 2026"."""
        group = self.page.get_by_role("group", name=re.compile(re.escape(question)))
        for label, part in zip(("Day", "Month", "Year"), day.split(), strict=True):
            group.get_by_label(label, exact=True).first.fill(part)
        return self

    def chooses(self, label: str, *, within: str = "") -> "Person":
        self._place(within).get_by_label(label, exact=True).first.check()
        return self

    def chooses_first(self, question: str) -> "Person":
        """The first answer of a question, whatever it is called."""
        group = self.page.get_by_role("group", name=re.compile(re.escape(question))).last
        group.locator("input[type=radio], input[type=checkbox]").first.check()
        return self

    def focused(self) -> str:
        """What has the focus, in the words a person reads."""
        words = self.page.evaluate(FOCUSED)
        return str(words).strip()

    def tabs_to(self, words: str, *, most: int) -> "Person":
        """Press Tab until the focus is on what is called ``words``."""
        for _ in range(most):
            if self.focused() == words:
                return self
            self.page.keyboard.press("Tab")
        assert self.focused() == words
        return self

    def selects(self, label: str, option: str) -> "Person":
        self.page.get_by_label(label, exact=True).select_option(label=option)
        return self

    def answers(self, **given: str) -> "Person":
        """Answer fields by their names, whatever kind each is; a date as "12 11 2026"."""
        for name, value in given.items():
            one = self.page.locator(f"main [name='{name}']:not([type=hidden])")
            if one.count() == 0:
                for part, figures in zip(("day", "month", "year"), value.split(), strict=True):
                    self.page.locator(f"[name='{name}_{part}']").fill(figures)
                continue
            kind = one.first.evaluate("field => field.type")
            if kind in {"radio", "checkbox"}:
                self.page.locator(f"main [name='{name}'][value='{value}']").check()
            elif kind == "select-one":
                one.select_option(value)
            else:
                one.fill(value)
        return self

    def attaches(self, label: str, *files: Any) -> "Person":
        self.page.get_by_label(label, exact=True).set_input_files(list(files))
        return self

    def _place(self, within: str) -> Any:
        return (
            self.page.get_by_role("group", name=re.compile(re.escape(within))).first if within else self.page
        )

    # ---- what a person sees
    def reads(self, words: str) -> "Person":
        expect(self.page.locator("body")).to_contain_text(words)
        return self

    def does_not_read(self, words: str) -> "Person":
        expect(self.page.locator("body")).not_to_contain_text(words)
        return self

    def is_at(self, heading: str) -> "Person":
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(heading)
        return self

    def finds_typed(self, label: str, text: str) -> "Person":
        expect(self.page.get_by_label(label, exact=True).first).to_have_value(text)
        return self

    def finds_answered(self, **given: str) -> "Person":
        for name, value in given.items():
            expect(self.page.locator(f"main [name='{name}']").first).to_have_value(value)
        return self

    @property
    def path(self) -> str:
        return urlsplit(self.page.url).path

    def expects_error_summary(self, *sentences: str) -> "Person":
        """The summary has the focus, says each sentence, and each sentence leads to its field."""
        summary = self.page.locator(".govuk-error-summary")
        expect(summary).to_be_visible()
        if self.scripts:
            expect(summary).to_be_focused()
        assert self.page.title().startswith("Error: ")
        for sentence in sentences:
            link = summary.get_by_role("link", name=sentence)
            expect(link).to_be_visible()
            target = (link.get_attribute("href") or "").removeprefix("#")
            field = self.page.locator(f"[id='{target}']")
            expect(field).to_have_count(1)
            if self.scripts:
                link.click()
                expect(field).to_be_focused()
        return self

    # ---- what every page keeps to
    def looks(self) -> "Person":
        """Examine the page as it stands: axe, content security, no scroll sideways; a picture where asked for."""
        self.page.wait_for_load_state("load")
        title = self.page.title()
        seen = (IDENTIFIER.sub("…", self.path), title, str(self.page.viewport_size))
        if seen not in self.examined:
            self.examined.add(seen)
            self._examine(title)
        self.picture()
        assert self.faults == [], f"{self.page.url}: {self.faults}"
        return self

    def _examine(self, title: str) -> None:
        assert " - Child safeguarding practice reviews" in title, f"title of {self.page.url}: {title}"
        wide = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        if wide > 0:
            self.faults.append(f"{wide} pixels to scroll sideways")
        if not self.scripts:
            return  # axe is itself a script
        self._waits_for_scripts()
        self.faults += self.page.evaluate("window.__violations")
        found = AXE.run(self.page)
        if found.violations_count:
            self.faults.append(found.generate_report())

    def _waits_for_scripts(self) -> None:
        """The page's own content security allows no waiting by a script of ours, so ask again and again."""
        for _ in range(100):
            if self.page.evaluate(READY):
                return
            self.page.wait_for_timeout(50)
        self.faults.append("the page's scripts did not start")

    def picture(self) -> None:
        """Save what is seen, where CSPR_SCREENSHOTS names a folder."""
        if self.pictures is None:
            return
        self.shots += 1
        folder = self.pictures / self.journey
        folder.mkdir(parents=True, exist_ok=True)
        place = IDENTIFIER.sub("", self.path).strip("/").replace("/", "-") or "board"
        self.page.screenshot(
            path=folder / f"{self.shots:02d}-{re.sub(r'-+', '-', place)}.png", full_page=True
        )

    def pictured(self, name: str, *, begin: str = "") -> "Person":
        """A picture for docs/guide of the page as it stands, where a run makes them."""
        if guide.is_made():
            guide.keep(self.page, name, begin=begin)
        return self

    def leave(self) -> None:
        """Close the browser session; what went wrong since the last look counts."""
        self.context.close()
        assert self.faults == [], self.faults

    def _requested(self, request: Request) -> None:
        if not request.url.startswith((self.site, "data:", "blob:")):
            self.faults.append(f"asked another origin: {request.url}")

    def _said(self, message: ConsoleMessage) -> None:
        expected = "Failed to load resource" in message.text and "404" in message.text
        if message.type in {"error", "warning"} and not expected:
            self.faults.append(f"console: {message.text}")

    def button(self, words: str) -> Locator:
        return self.page.get_by_role("button", name=words, exact=True).first
