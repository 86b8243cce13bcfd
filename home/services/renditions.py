"""The sizes in which pages show pictures: declared here, made ahead, found in bulk.

A page never makes one: its first visitor would wait for all of them.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Prefetch
from wagtail.images.models import Filter

from schedule.registry import stopping

from ..models import SiteImage, SiteRendition

logger = logging.getLogger(__name__)

MODERN = ("avif", "webp")
FALLBACK = "jpeg"  # For the few browsers that know no better; one size is enough for them.
# What Pillow raises over a file that is gone, cut short or no picture.
UNREADABLE = (OSError, SyntaxError, ValueError, RuntimeError)


@dataclass(frozen=True)
class Shape:
    """The widths of a picture, the whole of it or cropped around its focal point."""

    widths: tuple[int, ...]
    fallback: int
    ratio: tuple[int, int] | None = None

    def specs(self, image: SiteImage) -> dict[str, list[str]]:
        """By format. None is wider than the picture has pixels for, but for the smallest."""
        widths = self._useful(image, self.widths)
        specs = {name: [self._spec(width, name) for width in widths] for name in MODERN}
        [widest] = self._useful(image, (self.fallback,))
        return {**specs, FALLBACK: [self._spec(widest, FALLBACK)]}

    def focal_key(self, image: SiteImage) -> str:
        """What a rendition of this shape keeps of the focal point that it was cropped around."""
        return str(Filter(self._operation(1)).get_cache_key(image)) if self.ratio else ""

    def _spec(self, width: int, file_format: str) -> str:
        return f"{self._operation(width)}|format-{file_format}"

    def _operation(self, width: int) -> str:
        if self.ratio is None:
            return f"width-{width}"
        across, down = self.ratio
        return f"fill-{width}x{round(width * down / across)}"

    def _useful(self, image: SiteImage, widths: tuple[int, ...]) -> list[int]:
        there = image.width
        if self.ratio is not None:
            across, down = self.ratio
            there = min(image.width, image.height * across // down)
        enough = next((width for width in widths if width >= there), widths[-1])
        return [width for width in widths if width <= enough]


SHAPES = {
    "whole": Shape((400, 800, 1200), fallback=800),
    "card": Shape((400, 800), fallback=400, ratio=(3, 2)),
    "wide": Shape((640, 1200, 1600), fallback=1200, ratio=(16, 9)),
}


PICTURE = tuple(field.attname for field in SiteImage._meta.concrete_fields)
RENDITION = tuple(field.attname for field in SiteRendition._meta.concrete_fields)


def find_pictures(keys: Iterable[int]) -> dict[int, SiteImage]:
    """By key, pictures with what was made of them: one query, where a prefetch would be two."""
    made = (f"renditions__{name}" for name in RENDITION)
    rows = SiteImage.objects.filter(pk__in=set(keys) - {None}).values_list(*PICTURE, *made)
    found: dict[int, SiteImage] = {}
    for row in rows:
        mine, its = row[: len(PICTURE)], row[len(PICTURE) :]
        picture = found.get(mine[0])
        if picture is None:
            picture = found[mine[0]] = SiteImage.from_db(DEFAULT_DB_ALIAS, PICTURE, mine)
            picture.prefetched_renditions = []
        if its[0] is not None:
            rendition = SiteRendition.from_db(DEFAULT_DB_ALIAS, RENDITION, its)
            picture.prefetched_renditions.append(rendition)
    return found


def with_renditions() -> "Prefetch[str]":
    """For ``prefetch_related``: what was made of pictures."""
    return Prefetch("renditions", to_attr="prefetched_renditions")


def existing(image: SiteImage) -> dict[tuple[str, str], SiteRendition]:
    """What was made of the picture, by specification and focal point."""
    made = getattr(image, "prefetched_renditions", None)
    return {
        (rendition.filter_spec, rendition.focal_point_key): rendition
        for rendition in (image.renditions.all() if made is None else made)
    }


def missing_specs(image: SiteImage) -> list[str]:
    made = existing(image)
    return [
        spec
        for shape in SHAPES.values()
        for key in [shape.focal_key(image)]
        for specs in shape.specs(image).values()
        for spec in specs
        if (spec, key) not in made
    ]


def make_missing(image: SiteImage) -> int:
    """Make what pages may ask for; returns how many were missing. Safe to call twice.

    A file that can't be read is left as it is: pages show what there is.
    """
    missing = missing_specs(image)
    try:
        with image.get_willow_image():
            pass  # Wagtail leaves a file open for each size of a picture that it can't read.
        for spec in missing:
            _make(image, Filter(spec))
    except UNREADABLE:
        logger.warning("Image %s can't be read", image.pk, exc_info=True)
        return 0
    return len(missing)


def _make(image: SiteImage, wanted: Filter) -> None:
    """As Wagtail's ``create_rendition``, which leaves the file open that it writes from."""
    with image.generate_rendition_file(wanted) as file:
        image.renditions.get_or_create(
            filter_spec=wanted.spec,
            focal_point_key=wanted.get_cache_key(image),
            defaults={"file": file},
        )


def make_all_missing() -> int:
    """Make what is missing of all pictures, the newest first; returns how many were."""
    images = SiteImage.objects.prefetch_related(with_renditions()).order_by("-pk")
    made = 0
    for image in images.iterator(chunk_size=100):
        if stopping.is_set():
            break
        made += make_missing(image)
    return made
