from django.urls import path
from wagtail import hooks

from .panels import TodayPanel
from .views import review_text


@hooks.register("register_admin_urls")
def open_review():
    return [path("review/<int:task_state_id>/", review_text, name="review_text")]


@hooks.register("construct_homepage_panels")
def show_today_first(_request, panels):
    panels.append(TodayPanel())
