"""Short addresses: where they lead, and their QR codes."""

from io import BytesIO

import segno

from ..bigrams import normal
from ..exceptions import ShortLinkNotFoundError
from ..models import ShortLink

QUIET_ZONE = 4  # Modules of white around the code, as the standard asks.
PNG_PIXELS = 1600  # At least: 13 cm at 300 dots per inch.


def find_target(slug: str) -> str:
    """The address behind a short one, however its Hangul and its case were typed.

    Refuses with ShortLinkNotFoundError what nobody made and what is not public.
    """
    links = ShortLink.objects.select_related("page")
    link = links.filter(slug=normal(slug).lower()).first()
    if not link or not link.target:
        raise ShortLinkNotFoundError
    return str(link.target)


def draw_qr_svg(address: str) -> bytes:
    """A code for print at any size."""
    drawing = BytesIO()
    segno.make_qr(address, error="q").save(
        drawing, kind="svg", border=QUIET_ZONE, light="#fff", dark="#000", omitsize=True
    )
    return drawing.getvalue()


def draw_qr_png(address: str) -> bytes:
    """A code for programs that take no SVG, large enough for a poster."""
    code = segno.make_qr(address, error="q")
    modules = code.symbol_size(border=QUIET_ZONE)[0]
    picture = BytesIO()
    code.save(picture, kind="png", border=QUIET_ZONE, scale=-(-PNG_PIXELS // modules))
    return picture.getvalue()
