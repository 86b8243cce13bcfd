from wagtail import hooks

from .panels import TodayPanel


@hooks.register("construct_homepage_panels")
def show_today_first(_request, panels):
    panels.append(TodayPanel())
