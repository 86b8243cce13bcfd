from django.urls import path

from . import views

app_name = "schedule"
urlpatterns = [
    path("healthz", views.process_health, name="show-health"),
    path("readyz", views.readiness, name="show-readiness"),
]
