"""What templates draw and how they write days: pictures, icons, the progress cord, dates."""

import re

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from .. import dates
from ..artwork import draw_cloth, draw_mark, draw_plait, draw_rings
from ..artwork.icons import draw_icon

register = template.Library()


@register.simple_tag
def plait(seed, variant="side"):
    return mark_safe(draw_plait(seed, variant))  # noqa: S308 (our own drawing)


@register.simple_tag
def rings(seed, plum=False):
    return mark_safe(draw_rings(seed, plum=plum))  # noqa: S308 (our own drawing)


@register.simple_tag
def action_art(page):
    """On the card of an action: rings for a meeting, else threads that come together."""
    return rings(page.pk, plum=True) if page.share_look == "plum" else plait(page.pk, "card")


@register.simple_tag
def cloth(seed, variant="pale"):
    return mark_safe(draw_cloth(seed, variant))  # noqa: S308 (our own drawing)


@register.simple_tag
def mark(dark=False):
    return mark_safe(draw_mark(dark=dark))  # noqa: S308 (our own drawing)


@register.simple_tag
def icon(name):
    return mark_safe(draw_icon(name))  # noqa: S308 (our own drawing)


@register.simple_tag
def cord(percent):
    """The way to the goal as a twisted cord."""
    return format_html(
        '<progress class="cord" max="100" value="{}" data-count="percent" aria-label="{}">'
        "{}%</progress>",
        percent,
        _("Way to the goal"),
        percent,
    )


# Words that stay together at the end of a line, as "올해 안에" or "2만 명".
TOGETHER = re.compile(
    r"(?<=올해) (?=안)|(?<=수) (?=있|없)|(?<=[0-9만천백]) (?=[명건회곳개원번])"
    r"|(?<=[년월]) (?=\d)|(?<=오[전후]) (?=\d)"
)


@register.filter
def unbroken(text):
    return TOGETHER.sub("\u00a0", str(text))


@register.filter
def korean_date(value):
    return dates.korean_date(value) if value else ""


@register.filter
def korean_day(value):
    return dates.korean_day(value) if value else ""


@register.filter
def korean_moment(value):
    return dates.korean_moment(value) if value else ""


@register.filter
def korean_datetime(value):
    return dates.korean_datetime(value) if value else ""


@register.filter
def korean_time(value):
    """오후 3:20"""
    return dates.korean_time(value) if value else ""


@register.filter
def korean_deadline(value):
    return dates.korean_deadline(value) if value else ""


@register.filter
def ago(value):
    return dates.time_ago(value) if value else ""
