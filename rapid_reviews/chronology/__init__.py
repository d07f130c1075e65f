"""An agency's own chronology table, read in: pure Python, no Django. Rules 6.3 and 6.4.

`understand(stream, name=..., on=...)` answers an `Understanding`: the rows that were understood, every row or cell that
was not with its reason, and what the person should know; or raises `RefusedFile` with one plain sentence. It is
`checked`, then `read_checked`, for whoever has something to do between the two.
"""

from rapid_reviews.chronology.reading import checked, read_checked, understand
from rapid_reviews.chronology.understanding import NotUnderstood, Told, Understanding

__all__ = ["NotUnderstood", "Told", "Understanding", "checked", "read_checked", "understand"]
