"""What a file must be before it is kept: pure Python, no Django (ASVS 5.1.1, 5.2.1 to 5.2.6).

`check(stream, name=...)` answers the kind of file, or raises `RefusedFile` with one plain sentence for the
person who attached it.
"""

from cspr.documents.checks.kinds import KINDS, FileKind, Limits, RefusedFile, too_large
from cspr.documents.checks.names import display_name
from cspr.documents.checks.whole import check

__all__ = ["KINDS", "FileKind", "Limits", "RefusedFile", "check", "display_name", "too_large"]
