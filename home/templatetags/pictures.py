"""Pictures in the sizes that were made ahead (``home.services.renditions``)."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from ..services.renditions import FALLBACK, MODERN, SHAPES, existing

register = template.Library()

LEAD = mark_safe('fetchpriority="high"')
LATER = mark_safe('loading="lazy" decoding="async"')


@register.simple_tag
def responsive(image, sizes="100vw", shape="whole", alt=None, *, lead=False):
    """A picture as wide as ``sizes`` says. ``shape`` is whole, card (3:2) or wide (16:9).

    Nothing is made here: while a size is missing, the page shows what there is. ``lead`` is for
    the one picture at the top of a page, which is loaded first.
    """
    if not image:
        return ""
    made = _made(image, SHAPES[shape]) or _made(image, SHAPES["whole"])
    shown = next(iter([*made.get(FALLBACK, ()), *made.get(MODERN[-1], ())]), image)
    sources = [(name, _srcset(made[name]), sizes) for name in MODERN if name in made]
    return format_html(
        '<picture>{}<img src="{}" width="{}" height="{}" alt="{}" {}></picture>',
        format_html_join("", '<source type="image/{}" srcset="{}" sizes="{}">', sources),
        shown.file.url,
        shown.width,
        shown.height,
        _alternative(image) if alt is None else alt,
        LEAD if lead else LATER,
    )


def _made(image, shape):
    """By format, the renditions of this shape that exist, the narrowest first."""
    found, key = existing(image), shape.focal_key(image)
    made = {
        name: [found[spec, key] for spec in specs if (spec, key) in found]
        for name, specs in shape.specs(image).items()
    }
    return {name: renditions for name, renditions in made.items() if renditions}


def _srcset(renditions):
    widths = {rendition.width: rendition.url for rendition in renditions}
    return ", ".join(f"{url} {width}w" for width, url in widths.items())


def _alternative(image):
    """What the editor wrote in this place, else what describes the picture everywhere."""
    if image.decorative:
        return ""
    return image.contextual_alt_text or image.description
