"""The rows of the merged chronology's table as markup. A template's loop over them costs several times as much."""

from collections.abc import Iterable

from markupsafe import Markup, escape

from rapid_reviews.presenters.merged import Line, Told

HEAD = '<th scope="row" class="govuk-table__header">'
CELL = '<td class="govuk-table__cell">'
ACROSS = '<td class="govuk-table__cell" colspan="3">'
DIFFER = '<br><strong class="govuk-tag govuk-tag--orange">Dates differ</strong>'


def rows(lines: Iterable[Line]) -> Markup:
    """A row for each line: a gap, an event told by one agency, or several accounts side by side."""
    return Markup("\n".join(map(_row, lines)))  # noqa: S704  every text is escaped where it is put in


def _row(line: Line) -> str:
    if line.gap:
        return (
            f'<tr class="govuk-table__row app-merged__gap">{HEAD}{escape(line.when)}</th>'
            f"{ACROSS}{escape(line.gap)}</td></tr>"
        )
    return _several(line) if line.together else "".join(_alone(line, told) for told in line.tellings)


def _alone(line: Line, told: Told) -> str:
    written = f'<p class="app-told__source">“{escape(told.as_written)}”</p>' if told.as_written else ""
    return (
        f'<tr class="govuk-table__row">{HEAD}{escape(line.when)}{written}</th>'
        f'{CELL}<p class="app-told__agency">{escape(told.agency)}</p>'
        f'<p class="app-told__source">{escape(told.source)}</p></td>'
        f"{CELL}{_account(told)}</td>{CELL}{_about(told)}</td></tr>"
    )


def _several(line: Line) -> str:
    differ = DIFFER if line.differ else ""
    return (
        f'<tr class="govuk-table__row app-merged__together">{HEAD}{escape(line.when)}{differ}</th>'
        f'{ACROSS}<p class="govuk-body-s govuk-!-margin-bottom-1">{line.together}</p>'
        f'<ul class="app-told">{"".join(map(_one_of_several, line.tellings))}</ul></td></tr>'
    )


def _one_of_several(told: Told) -> str:
    written = f" (“{escape(told.as_written)}”)" if told.as_written else ""
    return (
        f'<li class="app-told__one"><p class="app-told__agency">{escape(told.agency)}</p>'
        f'<p class="app-told__source">{escape(told.when)}{written}. Source: {escape(told.source)}</p>'
        f"{_account(told)}{_about(told)}</li>"
    )


def _account(told: Told) -> str:
    """The event and what goes with it, as paragraphs."""
    more = (("Child", told.child), ("Response", told.response), ("Analysis", told.analysis))
    said = "".join(_more(f"{label}: {text}") for label, text in more if text)
    return f'<p class="app-told__event">{_broken(told.event)}</p>{said}'


def _about(told: Told) -> str:
    """Who was there and what it is about, as paragraphs."""
    return "".join(_more(text) for text in (told.who, told.themes) if text)


def _more(text: str) -> str:
    return f'<p class="app-told__more">{_broken(text)}</p>'


def _broken(text: str) -> str:
    """A text whose lines stay lines."""
    return str(escape(text)).replace("\n", "<br>")
