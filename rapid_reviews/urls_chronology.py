"""Addresses of the chronology: the agency's own under its request, a guest's too, the merged one under the case."""

from django.urls import path

from rapid_reviews.views.chronology import exports, files, guest, merged, own, people

OWN = "requests/<uuid:request_id>/chronology"
ROW = f"{OWN}/rows/<uuid:row_id>"
READING = f"{OWN}/file/<uuid:reading_id>"
BY_LINK = f"guest/{OWN}"
MERGED = "cases/<uuid:case_id>/rapid-review/chronology"

urlpatterns = [
    path(f"{OWN}/", own.OwnChronology.as_view(), name="chronology"),
    path(f"{OWN}/add/", own.AddRow.as_view(), name="chronology_add"),
    path(f"{ROW}/", own.AnswerRow.as_view(), name="chronology_row"),
    path(f"{ROW}/remove/", own.RemoveRow.as_view(), name="chronology_row_remove"),
    path(f"{OWN}/file/", files.AttachFile.as_view(), name="chronology_file"),
    path(f"{READING}/", files.TakeIn.as_view(), name="chronology_reading"),
    path(f"{READING}/drop/", files.Drop.as_view(), name="chronology_reading_drop"),
    path(f"{BY_LINK}/", guest.GuestChronology.as_view(), name="guest_chronology"),
    path(f"{BY_LINK}/add/", guest.GuestAddRow.as_view(), name="guest_chronology_add"),
    path(f"guest/{ROW}/", guest.GuestAnswerRow.as_view(), name="guest_chronology_row"),
    path(f"guest/{ROW}/remove/", guest.GuestRemoveRow.as_view(), name="guest_chronology_row_remove"),
    path(f"{BY_LINK}/file/", guest.GuestAttachFile.as_view(), name="guest_chronology_file"),
    path(f"guest/{READING}/", guest.GuestTakeIn.as_view(), name="guest_chronology_reading"),
    path(f"guest/{READING}/drop/", guest.GuestDrop.as_view(), name="guest_chronology_reading_drop"),
    path(f"{MERGED}/", merged.MergedChronology.as_view(), name="merged_chronology"),
    path(f"{MERGED}/names/", merged.SwitchNames.as_view(), name="merged_chronology_names"),
    path(f"{MERGED}/picture.svg", exports.PictureFile.as_view(), name="merged_chronology_picture"),
    path(f"{MERGED}/word/", exports.WordFile.as_view(), name="merged_chronology_word"),
    path(f"{MERGED}/excel/", exports.ExcelFile.as_view(), name="merged_chronology_excel"),
    path(f"{MERGED}/people/", people.ChronologyPeople.as_view(), name="chronology_people"),
    path(f"{MERGED}/people/add/", people.AddPerson.as_view(), name="chronology_person_add"),
    path(f"{MERGED}/people/<uuid:person_id>/", people.AnswerPerson.as_view(), name="chronology_person"),
]
