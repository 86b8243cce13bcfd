from django.urls import re_path

from . import views

app_name = "forums"

PAGE = r"^(?P<page_path>[-\w/]{1,400})"

urlpatterns = [
    re_path(rf"{PAGE}/seats\.json$", views.seats, name="show-seats"),
    re_path(rf"{PAGE}/calendar\.ics$", views.calendar, name="show-calendar"),
]
