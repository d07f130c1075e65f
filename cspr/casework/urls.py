"""Board, cases, the case file, capacity."""

from django.urls import path

from cspr.casework.views.board import Board
from cspr.casework.views.capacity import ChooseCapacity

urlpatterns = [
    path("", Board.as_view(), name="board"),
    path("capacity", ChooseCapacity.as_view(), name="capacity"),
    path("capacity/<uuid:membership_id>", ChooseCapacity.as_view(), name="choose_capacity"),
]
