"""The chronology as a guest writes it: the agency's own pages, reached by the link of one request."""

from rapid_reviews.views.chronology import files, own
from rapid_reviews.views.guest import OfGuest


class GuestChronology(OfGuest, own.OwnChronology):
    pass


class GuestAddRow(OfGuest, own.AddRow):
    pass


class GuestAnswerRow(OfGuest, own.AnswerRow):
    pass


class GuestRemoveRow(OfGuest, own.RemoveRow):
    pass


class GuestAttachFile(OfGuest, files.AttachFile):
    pass


class GuestTakeIn(OfGuest, files.TakeIn):
    pass


class GuestDrop(OfGuest, files.Drop):
    pass
