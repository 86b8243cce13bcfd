from wagtail import hooks

from .panels import red_line


@hooks.register("construct_homepage_panels")
def show_red_line(request, panels):
    line = red_line(request.user)
    if line:
        panels.append(line)
