from wagtail import hooks

from .panels import TodayPanel


@hooks.register("construct_homepage_panels")
def show_what_waits(_request, panels):
    panels.append(TodayPanel())
