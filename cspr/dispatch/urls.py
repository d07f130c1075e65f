from django.urls import path

from cspr.dispatch.views import DemoOutbox

urlpatterns = [path("demo/outbox", DemoOutbox.as_view(), name="demo_outbox")]
