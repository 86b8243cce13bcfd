"""Rights that hold for chosen forums only."""

from collections.abc import Iterable, Sequence

from ..models import ForumPage


def forum_choices() -> Iterable[tuple[str, str]]:
    """Key and title of all forums, the next first."""
    rows = ForumPage.objects.order_by("-starts_at", "-pk").values_list("pk", "title")
    return [(str(pk), title) for pk, title in rows]


def keys_of_forums(chosen: Sequence[str]) -> frozenset[int]:
    """Those of the chosen forums that there still are."""
    keys = [int(key) for key in chosen if key.isdecimal()]
    return frozenset(ForumPage.objects.filter(pk__in=keys).values_list("pk", flat=True))
