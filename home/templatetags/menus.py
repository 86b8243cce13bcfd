"""Which part of the menu a reader is in."""

from django import template

register = template.Library()


@register.filter
def current_mark(link, path):
    """What ``aria-current`` says of a menu's link: the page itself, a part of it, or nothing."""
    if link.url == path:
        return "page"
    below = [part for part in (link.url, *(one.url for one in link.links)) if part and part != "/"]
    return "true" if any(path.startswith(part) for part in below) else ""
