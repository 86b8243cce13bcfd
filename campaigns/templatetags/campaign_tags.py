from django import template

from ..presenters import present_hub

register = template.Library()


@register.simple_tag(takes_context=True)
def campaign_hub(context, page):
    """A campaign with all that belongs to it."""
    return present_hub(page, is_draft=getattr(context["request"], "is_preview", False))
