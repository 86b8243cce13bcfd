"""Who we are, for the templates of any page."""

from django import template

from ..presenters import Directory, network_in_brief, read_body_tree, read_regions

register = template.Library()


@register.simple_tag(takes_context=True)
def organisation_directory(context):
    return Directory(context["request"].GET)


@register.simple_tag
def body_tree():
    return read_body_tree()


@register.simple_tag
def region_entries():
    return read_regions()


@register.simple_tag
def network():
    """A few bodies, the regions that have something, the first members."""
    return network_in_brief()
