"""Board, cases, the case file, capacity."""

from django.urls import include, path

from cspr.casework.views.board import Board
from cspr.casework.views.capacity import ChooseCapacity
from cspr.casework.views.case_file import Chronology, Decisions, Documents, Overview, People
from cspr.casework.views.cases import Cases, Search
from cspr.casework.views.record import Timeline, WhoHasLooked
from cspr.casework.views.settings import Settings

urlpatterns = [
    path("", Board.as_view(), name="board"),
    path("capacity", ChooseCapacity.as_view(), name="capacity"),
    path("capacity/<uuid:membership_id>", ChooseCapacity.as_view(), name="choose_capacity"),
    path("cases/", Cases.as_view(), name="cases"),
    path("search", Search.as_view(), name="search"),
    path("settings", Settings.as_view(), name="settings"),
    path("cases/<uuid:case_id>/", Overview.as_view(), name="case"),
    path("cases/<uuid:case_id>/people", People.as_view(), name="case_people"),
    path("cases/<uuid:case_id>/chronology", Chronology.as_view(), name="case_chronology"),
    path("cases/<uuid:case_id>/documents", Documents.as_view(), name="case_documents"),
    path("cases/<uuid:case_id>/decisions", Decisions.as_view(), name="case_decisions"),
    path("cases/<uuid:case_id>/timeline", Timeline.as_view(), name="case_timeline"),
    path("cases/<uuid:case_id>/looked", WhoHasLooked.as_view(), name="case_looked"),
    path("", include("cspr.casework.people_pages.urls")),
]
