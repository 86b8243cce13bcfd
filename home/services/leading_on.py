"""Addresses that were public lead on: printed and shared, they are opened for years."""

from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from ..models import BasePage


def lead_on(page: Page) -> Page | None:
    """Have the address of a page that is no longer public lead to the page above it.

    Returns that page; None where there is nothing to lead to. Where staff led the address
    elsewhere, it stays so. It is not permanent: the page may come back, and then answers itself.
    """
    parent = page.get_parent()
    if parent is None or parent.is_root() or not parent.live:
        return None
    old_path = Redirect.normalise_path(_path(page))
    if not any(_leads(known) for known in Redirect.objects.filter(old_path=old_path)):
        Redirect.objects.filter(old_path=old_path).delete()
        Redirect.objects.create(
            old_path=old_path,
            redirect_page=parent,
            is_permanent=False,
            automatically_created=True,
        )
    return parent


def _leads(redirect: Redirect) -> bool:
    page = redirect.redirect_page
    return page.live if page else bool(redirect.redirect_link)


def _path(page: Page) -> str:
    parts = page.get_url_parts()
    return str(parts[2]) if parts and parts[2] else "/"


def holds_others(page: Page) -> bool:
    """Whether this is the front page or a list with pages below: never deleted by accident."""
    model = page.specific_class
    is_one_of_a_kind = (
        bool(model) and issubclass(model, BasePage) and model.max_count_per_parent == 1
    )
    return bool(page.numchild) and is_one_of_a_kind
