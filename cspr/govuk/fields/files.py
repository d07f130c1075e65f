"""Files, one or several. What is inside them is checked by documents."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from cspr.govuk.fields.base import Spoken
from cspr.govuk.widgets import SeveralFilesInput
from cspr.govuk.words import count_hidden, without_hidden

MEBIBYTE = 1024 * 1024


def largest_in_words() -> str:
    """The size no upload may pass, as "25MB"."""
    return f"{settings.LARGEST_FILE_BYTES // MEBIBYTE}MB"


class FileField(Spoken, forms.FileField):
    """The answer is a list of uploads, also where `several` is off; `most` files at once.

    A file is no larger than LARGEST_FILE_BYTES; a hint says so where it holds ``{largest}``.
    """

    verb = "Select a file:"

    def __init__(
        self,
        *,
        label: str,
        several: bool = False,
        most: int = 20,
        accept: str = "",
        **options: Any,
    ) -> None:
        options.setdefault("widget", SeveralFilesInput if several else forms.FileInput)
        super().__init__(label=label, **options)
        self.help_text = self.help_text.replace("{largest}", largest_in_words())
        self.several, self.most, self.accept = several, most, accept

    def clean(self, value: Any, initial: Any = None) -> list[UploadedFile]:  # type: ignore[override]
        uploads = [upload for upload in (value if isinstance(value, (list, tuple)) else [value]) if upload]
        if not uploads:
            if self.required and not initial:
                raise ValidationError(self.error_messages["required"], code="required")
            return []
        if len(uploads) > self.most:
            raise ValidationError(
                f"You can add {self.most} files at once. Add the others after these", code="most"
            )
        for upload in uploads:
            self._check(upload)
        return uploads

    def _check(self, upload: UploadedFile) -> None:
        name = without_hidden(upload.name or "The selected file")
        if count_hidden(upload.name or ""):
            raise ValidationError(
                f"The name of “{name}” has hidden characters. Rename the file", code="hidden"
            )
        if not upload.size:
            raise ValidationError(f"“{name}” is empty", code="empty")
        if upload.size > settings.LARGEST_FILE_BYTES:
            raise ValidationError(f"“{name}” must be smaller than {largest_in_words()}", code="largest")
