"""What is done with the merged chronology: switched to names, taken out as a file. Each is recorded (roles.md)."""

from cspr.audit.recording import record, recorded
from cspr.people.models import Membership
from cspr.permissions import Permission, can
from cspr.workflow import Refused
from rapid_reviews.models import RapidReview


@recorded
def show_names(review: RapidReview, *, by: Membership) -> None:
    """Record that the names were asked for: a name is a deliberate, logged step away. Raises Refused."""
    if not can(by, Permission.SEE_NAMES):
        raise Refused(f"This is not yours to do: it needs {Permission.SEE_NAMES.whose}.")
    record("chronology.names_shown", by=by, subject=review, case=review.case)


@recorded
def exported(review: RapidReview, *, form: str, rows: int, named: bool, by: Membership) -> None:
    """Record that a file was taken out: which, how many rows, with names or without."""
    names = "with names" if named else "without names"
    record(
        "chronology.exported", by=by, subject=review, case=review.case,
        detail={"form": form, "rows": rows, "names": names},
    )  # fmt: skip
