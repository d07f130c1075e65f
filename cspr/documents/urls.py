from django.urls import path

from cspr.documents.views import Download

urlpatterns = [path("documents/<uuid:version_id>", Download.as_view(), name="document_download")]
