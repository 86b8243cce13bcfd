from django import template
from django.utils import timezone

from ..presenters import present_forum
from ..presenters.cards import when_of

register = template.Library()


@register.simple_tag
def forum_card(page):
    """A forum as of now, for a card on another page."""
    return present_forum(page, timezone.now())


@register.filter
def forum_moment(page):
    """When it begins, in the words of its page."""
    return when_of(page)
