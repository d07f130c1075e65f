"""The forms of a page as a browser would send them: every named box with what stands in it."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

TYPED = {"text", "tel", "email", "search", "textarea", "number", "url"}


@dataclass
class PageForm:
    method: str
    action: str
    kinds: dict[str, str] = field(default_factory=dict)
    values: dict[str, list[str]] = field(default_factory=dict)

    @property
    def typed(self) -> list[str]:
        """Names of the boxes a person types into."""
        return [name for name, kind in self.kinds.items() if kind in TYPED]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[PageForm] = []
        self._open: PageForm | None = None
        self._area = self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = PageForm(given.get("method", "get").lower(), given.get("action", ""))
            self.forms.append(self._open)
        elif self._open is not None and given.get("name") and tag in {"input", "textarea", "select"}:
            self._box(tag, given)
        elif tag == "option" and self._select and self._open and "selected" in given:
            self._open.values[self._select] = [given.get("value", "")]

    def _box(self, tag: str, given: dict[str, str]) -> None:
        assert self._open is not None
        name, kind = given["name"], given.get("type", "text") if tag == "input" else tag
        self._open.kinds.setdefault(name, kind)
        if tag == "textarea":
            self._area = name
            self._open.values[name] = [""]
        elif tag == "select":
            self._select = name
        elif kind in {"radio", "checkbox"}:
            if "checked" in given:
                self._open.values.setdefault(name, []).append(given.get("value", "on"))
        elif kind != "file":
            self._open.values[name] = [given.get("value", "")]

    def handle_data(self, data: str) -> None:
        if self._area and self._open:
            self._open.values[self._area] = [self._open.values[self._area][0] + data]

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        self._area = "" if tag == "textarea" else self._area
        self._select = "" if tag == "select" else self._select


def forms_of(page: str) -> list[PageForm]:
    """Every form of a page, less the one that signs out and the search of the frame."""
    reader = _Reader()
    reader.feed(page)
    return [one for one in reader.forms if one.action not in {"/account/logout/", "/search"} and one.kinds]
