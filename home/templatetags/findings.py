from django import template

from ..content_checks import check_page

register = template.Library()


@register.simple_tag
def content_findings(page):
    return check_page(page)
