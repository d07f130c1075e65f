"""Every citation stands once, reads as one line and says honestly how it is known."""

import pytest

from cspr.statute import sources
from cspr.statute.sources import Known, Source, Standing

EACH = pytest.mark.parametrize(
    "source", sources.ALL, ids=lambda source: f"{source.document[:20]}-{source.paragraph}"
)


@EACH
def test_a_source_cites_document_edition_and_paragraph(source: Source) -> None:
    line = source.cite()
    assert source.document in line
    assert line.endswith(source.paragraph)
    assert "()" not in line


def test_no_source_stands_twice_with_different_words() -> None:
    read = {source.cite(): source for source in sources.ALL if not source.restates}
    assert len(read) == len({id(source) for source in sources.ALL if not source.restates})


@EACH
def test_a_restatement_leads_to_something_that_binds_more_widely(source: Source) -> None:
    assert source.authority.restates is None
    if source.restates:
        assert source.restates.standing in (Standing.LAW, Standing.GUIDANCE, Standing.PROCEDURE)


@EACH
def test_only_a_setting_or_a_letter_is_our_own(source: Source) -> None:
    assert (source.known == Known.OURS) == (source.standing in (Standing.SETTING, Standing.EXTERNAL))


def test_the_chapter_restates_the_act_and_says_so() -> None:
    assert sources.CHAPTER_4.authority == sources.S16C
    assert sources.CHAPTER_4.standing == Standing.PROCEDURE
    assert sources.S16C.cite() == "Children Act 2004, section 16C(1)"


def test_guidance_nobody_here_has_read_is_marked() -> None:
    assert sources.WT_2026.known == Known.UNCHECKED
    assert sources.PANEL_2025.known == Known.RESTATED
