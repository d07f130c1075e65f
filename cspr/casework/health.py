"""Is the process alive; can it serve. Nothing here needs sign-in and nothing is told but yes or no."""

from django.contrib.auth.decorators import login_not_required
from django.db import Error, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe


@login_not_required
@require_safe
def live(request: HttpRequest) -> JsonResponse:
    """200 whenever the process answers."""
    return JsonResponse({"live": True})


@login_not_required
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """200 when the database answers and is migrated; 503 otherwise."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM django_migrations LIMIT 1")
    except Error:
        return JsonResponse({"ready": False}, status=503)
    return JsonResponse({"ready": True})


for view in (live, ready):
    view.public = True  # type: ignore[attr-defined]
