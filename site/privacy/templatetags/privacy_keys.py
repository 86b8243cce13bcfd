from django import template

from ..services import missing_keys

register = template.Library()


@register.inclusion_tag("privacy/admin/_missing_keys.html")
def missing_keys_banner():
    """Tells staff why some people's data can't be read."""
    return {"missing_keys": missing_keys()}
