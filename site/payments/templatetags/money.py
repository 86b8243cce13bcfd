from django import template

from ..services.retention import won as in_won

register = template.Library()


@register.filter
def won(amount_krw):
    """20,000원"""
    return in_won(amount_krw)
