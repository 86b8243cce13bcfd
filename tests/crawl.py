"""From link to link through the admin, and which of its screens this project wrote."""

import inspect
import json
import re
from dataclasses import dataclass
from functools import cache
from urllib.parse import urldefrag, urljoin, urlsplit

from bs4 import BeautifulSoup
from django.urls import Resolver404, URLPattern, get_resolver, resolve, reverse
from wagtail.admin.viewsets import viewsets
from wagtail.admin.viewsets.pages import PageViewSet

# Downloads, and what needs rows to be chosen first.
LEAVES = re.compile(r"^/admin/(logout|jsi18n|sprite|api|bulk|failwhale)")
# Wholly Wagtail's, though a viewset of ours makes them; the same list in another order.
ELSEWHERE_TOO = re.compile(r"/(history|usage)/|[?&](p|ordering)=")
FOREIGN = ("wagtail.", "django.", "rest_framework.", "allauth.", "functools")


def crawl(browser, start=("/admin/",), of_one_kind=1, follow=lambda address: True, menu=False):
    """Each address that can be reached by links from where one starts: its status, its page.

    ``menu`` follows the side menu too, which no link of the page shows.
    """
    waiting, seen, kinds = [*start], set(), {}
    while waiting:
        address = waiting.pop(0)
        kind = kind_of(address)
        if address in seen or kinds.get(kind, 0) >= of_one_kind or not follow(address):
            continue
        seen.add(address)
        kinds[kind] = kinds.get(kind, 0) + 1
        response = browser.get(address)
        is_page = response.status_code == 200 and "html" in response.get("Content-Type", "")
        soup = BeautifulSoup(response.content if is_page else "", "html.parser")
        waiting += links_of(address, soup)
        waiting += menu_of(soup) if menu else []
        yield address, response.status_code, soup


def kind_of(address):
    path, match = urlsplit(address).path, _match(address)
    if match is None:
        return path
    models = {name: match.kwargs[name] for name in match.kwargs if "model" in name or "app" in name}
    return match.view_name or path, tuple(models.items()), tuple(match.args[:2])


def links_of(address, soup):
    for link in soup.find_all("a", href=True):
        target = urldefrag(urljoin(address, link["href"]))[0]
        if is_followed(target):
            yield target


def is_followed(target):
    return target.startswith("/admin/") and not LEAVES.match(target)


def menu_of(soup):
    """Wagtail's script draws the menu from these words."""
    described = soup.find(id="wagtail-sidebar-props")
    found = addresses_in(json.loads(described.string)) if described else []
    return sorted(filter(is_followed, found))


def addresses_in(props):
    """Every address in the menu's own description, however deep."""
    if isinstance(props, dict):
        url = props.get("url")
        # What is said twice is packed: telepath numbers it where it comes first.
        url = url.get("_val") if isinstance(url, dict) else url
        return {*([url] if url else []), *addresses_in([*props.values()])}
    if isinstance(props, list):
        return {address for part in props for address in addresses_in(part)}
    return set()


# The parts of the admin that are walked by themselves, by the first word of their addresses.
AREAS = {
    "money": ("payments",),
    "elections": (
        *("elections", "candidacies", "candidate-lists", "demand-sets", "outreach"),
        *("responses", "delegations", "agreements", "papers", "ceremony"),
    ),
    "forums": ("forums", "registrations", "pages"),
    "signers": ("signatures", "data-requests", "breaches", "exports", "retention", "access-log"),
    "staff": ("", "users", "roles", "invitations", "second-factor", "rights-changes", "guide"),
}
THE_REST = "the rest"


def area_of(address):
    word = address.removeprefix("/admin/").split("/")[0]
    return next((area for area in AREAS if word in AREAS[area]), THE_REST)


@dataclass
class Screens:
    """``addresses`` of our screens, some twice in different states; ``reached`` are the names of
    all views that a link or a button leads to."""

    addresses: list
    reached: set


def our_screens(browser, pages=(), area=None):
    """Found by following links and the menu from where staff come in, perhaps in one area only.

    What is offered for a page stands at the head of its editor, which is Wagtail's: name ``pages``.
    """
    editors = [reverse("wagtailadmin_pages:edit", args=[page.pk]) for page in pages]
    screens, start = Screens([], set()), ["/admin/", reverse("mfa_index"), *editors]
    seen: dict = {}

    def is_of_interest(address):
        if address == "/admin/" or area not in (None, area_of(address)):
            return address == "/admin/"
        return address in start or (is_ours(address) and not ELSEWHERE_TOO.search(address))

    for address, status, soup in crawl(browser, start, 3, is_of_interest, menu=True):
        kind = kind_of(address)
        screens.reached |= {kind[0], *(kind_of(target)[0] for target in forms_of(address, soup))}
        if status != 200 or not soup.find("main") or area not in (None, area_of(address)):
            continue
        shapes = seen.setdefault(template_of(address), [])
        shape = shape_of(soup.find("main"))
        if not shapes or (has_view_of_ours(address) and not shape <= set().union(*shapes)):
            screens.addresses.append(address)
            shapes.append(shape)
    return screens


def shape_of(part):
    """What a screen is made of: one in which nothing new stands need not be looked at again."""
    return {(tag.name, *tag.get("class", ()), tag.get("type")) for tag in part.find_all(True)}


def template_of(address):
    """What makes the screen: for each view of ours another, for Wagtail's but few."""
    view = written_view(_match(address).func)
    if is_foreign(view) and not view.__name__.endswith("CreateView"):
        return view.__name__
    return kind_of(address)


def forms_of(address, soup):
    """Where the buttons of a screen lead."""
    for form in soup.select("main form"):
        yield urljoin(address, form.get("action") or "")
        for button in form.select("[formaction]"):
            yield urljoin(address, button["formaction"])


def has_view_of_ours(address):
    """Whether we wrote this screen."""
    match = _match(address)
    return match is not None and not is_foreign(written_view(match.func))


def is_ours(address):
    """Whether we wrote this screen, or a viewset of ours makes it from a view of Wagtail's."""
    match = _match(address)
    return match is not None and (
        match.namespace in our_namespaces() or not is_foreign(written_view(match.func))
    )


def _match(address):
    try:
        return resolve(urlsplit(address).path)
    except Resolver404:
        return None


def our_views():
    """The names of all addresses under /admin/ with a view that this project wrote."""
    return {
        name
        for name, route, view in named_views(get_resolver())
        if route.startswith("admin/") and not is_foreign(view)
    }


@cache
def our_namespaces():
    found = [one for one in viewsets.viewsets if not isinstance(one, PageViewSet)]
    return {one.url_namespace for one in found if not is_foreign(type(one))}


def named_views(resolver, route="", names=()):
    for pattern in resolver.url_patterns:
        address = route + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield ":".join([*names, str(pattern.name)]), address, written_view(pattern.callback)
        else:
            inner = [pattern.namespace] if pattern.namespace else []
            yield from named_views(pattern, address, [*names, *inner])


def written_view(view):
    return getattr(view, "view_class", inspect.unwrap(view))


def is_foreign(view):
    return view.__module__.startswith(FOREIGN)
