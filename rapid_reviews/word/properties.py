"""What every Word file of ours says of itself: its title and language, nothing of who or what made it."""

from datetime import UTC, datetime
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

LANGUAGE = "en-GB"
OF_THE_TEMPLATE = ("/thumbnail", "/extended-properties", "/customXml")


def properties(document: Any, *, title: str, at: datetime) -> None:
    """Title and language, for a screen reader; the template's picture, program and leftovers are taken out."""
    package = document.part.package
    for relations in (package.rels, document.part.rels):
        for key in [key for key, one in relations.items() if one.reltype.endswith(OF_THE_TEMPLATE)]:
            del relations[key]
    core = document.core_properties
    core.title, core.language = title, LANGUAGE
    core.author = core.comments = core.last_modified_by = core.keywords = core.subject = ""
    core.created = core.modified = at.astimezone(UTC).replace(tzinfo=None)
    defaults = document.styles.element.find(qn("w:docDefaults"))
    language = defaults.find(".//" + qn("w:lang"))
    if language is None:
        language = OxmlElement("w:lang")
        defaults.find(".//" + qn("w:rPr")).append(language)
    language.set(qn("w:val"), LANGUAGE)
