from django import template

from ..presenters.front import present_front

register = template.Library()


@register.simple_tag(takes_context=True)
def front(context, page):
    """The front page with what it takes from other pages."""
    return present_front(page, is_draft=getattr(context["request"], "is_preview", False))
