"""The answer to a form whose token is out of date: nothing was saved, what was typed is kept by autosave."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 without a stack trace or the reason."""
    return render(request, "403_csrf.html", {"title": "This page was open too long"}, status=403)
