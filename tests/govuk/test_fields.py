"""What fields take, refuse and say."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from cspr.govuk.fields import (
    ChoiceField,
    EmailField,
    FileField,
    IntegerField,
    LongTextField,
    MultipleChoiceField,
    PhoneField,
    SelectField,
    TextField,
    YesNoField,
    YesNoNotKnownField,
)
from cspr.govuk.forms import Form


class Words(Form):
    name = TextField(label="Name", required=False)
    story = LongTextField(label="What happened", required=False)


KEPT = [
    "Zoë O’Neill",
    "محمد علي",
    "😀👩‍👩‍👧",
    "line\nline",
    "𝒜",
    "<script>alert(1)</script>",
    "a\u200bb",
    "x" * 10_000,
]
HIDDEN = ["a\x00b", "a\x1bb", "a\x7fb", "user\u202etxt.exe", "\u2066x\u2069", "a\ud800b", "a\x85\x9bb"]


@pytest.mark.parametrize("text", KEPT)
def test_text_is_kept(text):
    form = Words({"story": text})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["story"] == text


@pytest.mark.parametrize("name", ["name", "story"])
@pytest.mark.parametrize("text", HIDDEN)
def test_hidden_characters_are_refused_and_taken_out(name, text):
    form = Words({name: text})
    [sentence] = form.errors[name]
    assert "hidden character" in sentence
    again = form[name].field.shown(form[name].value())
    assert Words({name: again}).is_valid()
    form[name].as_field_group().encode()


def test_one_line_field_joins_lines():
    form = Words({"name": "Ann\r\nBrown\tSmith"})
    assert form.is_valid()
    assert form.cleaned_data["name"] == "Ann Brown Smith"


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("name", "x" * 201, "Name must be 200 characters or fewer"),
        ("story", "x" * 10_001, "What happened must be 10,000 characters or fewer"),
    ],
)
def test_too_long_is_refused_and_kept(name, text, sentence):
    form = Words({name: text})
    assert form.errors[name] == [sentence]
    assert text in form[name].as_field_group()


def test_line_breaks_count_once():
    assert Words({"story": "x\r\n" * 5_000}).is_valid()


@pytest.mark.parametrize("start", ["\n\nindented", "  spaces", "a\n  b\n    c"])
def test_text_area_shows_exactly_what_was_typed(start):
    markup = Words({"story": start + "\x00"})["story"].as_field_group()
    inside = markup.split("<textarea", 1)[1].split(">", 1)[1].split("</textarea>", 1)[0]
    assert inside.removeprefix("\n" if start.startswith("\n") else "") == start


@pytest.mark.parametrize(
    ("field", "value", "answer", "sentence"),
    [
        (IntegerField(label="Number of children", least=1, most=20), "3", 3, ""),
        (IntegerField(label="Number of children", least=1), "1,200", 1200, ""),
        (
            IntegerField(label="Number of children", least=1),
            "0",
            None,
            "Number of children must be 1 or more",
        ),
        (
            IntegerField(label="Number of children", most=20),
            "21",
            None,
            "Number of children must be 20 or fewer",
        ),
        (IntegerField(label="N"), "9223372036854775808", None, "N must be a whole number, like 2"),
        (IntegerField(label="N"), "99999999999", None, "N must be 2,147,483,647 or fewer"),
        (IntegerField(label="N"), "two", None, "N must be a whole number, like 2"),
        (IntegerField(label="N"), "", None, "Enter the n"),
        (EmailField(label="Email address"), "a@example.org", "a@example.org", ""),
        (
            EmailField(label="Email address"),
            "a@b",
            None,
            "Enter an email address in the correct format, like name@example.com",
        ),
        (PhoneField(label="Telephone"), "+44 (0)1632 960 001 ext 12", "+44 (0)1632 960 001 ext 12", ""),
        (
            PhoneField(label="Telephone"),
            "call me",
            None,
            "Enter a phone number, like 01632 960 001, 07700 900 982 or +44 808 157 0192",
        ),
        (YesNoField(label="Looked after?"), "YES", True, ""),
        (YesNoField(label="Looked after?"), "NO", False, ""),
        (YesNoField(label="Looked after?"), "", None, "Answer the question “Looked after?”"),
        (YesNoNotKnownField(label="A plan?"), "NOT_KNOWN", "NOT_KNOWN", ""),
        (ChoiceField(label="Kind", choices=[("A", "a")]), "B", None, "Select the kind"),
        (SelectField(label="Your agency", choices=[("A", "a")]), "", None, "Select your agency"),
        (
            TextField(label="Name", missing="Enter the name you were given"),
            " ",
            None,
            "Enter the name you were given",
        ),
    ],
)
def test_answer_or_sentence(field, value, answer, sentence):
    class One(Form):
        it = field

    form = One({"it": value})
    assert form.errors.get("it", []) == ([sentence] if sentence else [])
    if not sentence:
        assert form.cleaned_data["it"] == answer


def test_none_of_these_excludes_the_others():
    class Circumstances(Form):
        which = MultipleChoiceField(
            label="Which", choices=[("A", "a"), ("NONE", "None of these")], none_of="NONE"
        )

    assert Circumstances(MultiValueDict({"which": ["NONE"]})).is_valid()
    both = Circumstances(MultiValueDict({"which": ["A", "NONE"]}))
    assert both.errors["which"] == ["Select what applies, or select “None of these”"]


def test_yes_no_shows_a_stored_answer():
    class One(Form):
        it = YesNoField(label="Looked after?")

    checked = [
        part
        for part in One(initial={"it": False})["it"].as_field_group().split("<input")
        if "checked" in part
    ]
    assert len(checked) == 1
    assert 'value="NO"' in checked[0]


class Files(Form):
    papers = FileField(label="Papers", several=True, most=2)


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ([], "Select a file: the papers"),
        ([("a.pdf", b"")], "“a.pdf” is empty"),
        ([("a.pdf", b"x" * (2 * 1024 * 1024 + 1))], "“a.pdf” must be smaller than 2MB"),
        ([("a.pdf", b"x")] * 3, "You can add 2 files at once. Add the others after these"),
        ([("a\u202efdp.exe", b"x")], "The name of “afdp.exe” has hidden characters. Rename the file"),
    ],
)
def test_files_are_refused(files, sentence, settings):
    settings.LARGEST_FILE_BYTES = 2 * 1024 * 1024
    uploads = MultiValueDict({"papers": [SimpleUploadedFile(name, content) for name, content in files]})
    assert Files({}, uploads).errors["papers"] == [sentence]


def test_several_files_are_taken():
    uploads = MultiValueDict({"papers": [SimpleUploadedFile(name, b"x") for name in ("a.pdf", "b.pdf")]})
    form = Files({}, uploads)
    assert form.is_valid(), form.errors
    assert [upload.name for upload in form.cleaned_data["papers"]] == ["a.pdf", "b.pdf"]
