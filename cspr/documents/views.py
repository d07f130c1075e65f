"""The only way a private file leaves: a signed-in capacity, a document in its scope, a record of the look."""

import uuid

from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views import View

from cspr.audit.access import looked
from cspr.documents import selectors, storage
from cspr.documents.models import DocumentVersion
from cspr.permissions import Permission

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
}


def serve(version: DocumentVersion) -> FileResponse:
    """The file as an attachment under its true type, sandboxed and not cached (ASVS 5.4.1, 3.2.1).

    The caller has asked whether the person may have it, and has written the access record. Raises
    ``ValueError`` for a version in quarantine, so that no caller can forget to ask.
    """
    if not version.may_be_opened:
        raise ValueError("a file in quarantine is not served")
    return FileResponse(
        storage.opened(version.storage_name),
        as_attachment=True,
        filename=version.original_name,
        content_type=version.content_type,
        headers=HEADERS,
    )


class Download(View):
    """One version of one document.

    Foreign and missing are the same 404; quarantine is a page that says so.
    """

    permission = Permission.SIGNED_IN
    http_method_names = ["get"]

    def get(self, request: HttpRequest, version_id: uuid.UUID) -> HttpResponse | FileResponse:
        acting = request.acting  # type: ignore[attr-defined]
        with transaction.atomic():
            version = selectors.visible_version(version_id, to=acting)
            if version is None:
                raise Http404
            document = version.document
            what = f"{document.kind} document, version {version.number}"
            stream = document.stream if document.case is None else ""
            looked(by=acting, what=what, path=request.path, case=document.case, stream=stream)
        if not version.may_be_opened:
            return render(
                request,
                "documents/quarantined.html",
                {"title": "This file cannot be opened", "version": version},
                status=409,
            )
        return serve(version)
