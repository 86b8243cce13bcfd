"""QR codes as drawings in a page or a PDF."""

from io import BytesIO

import segno
from django.utils.safestring import mark_safe

QUIET_ZONE = 4  # Modules of white around the code, as the standard asks.


def qr_svg(content: str) -> str:
    """A drawing for print: a document of its own."""
    drawing = BytesIO()
    _code(content).save(drawing, kind="svg", border=QUIET_ZONE, light="#fff", omitsize=True)
    return drawing.getvalue().decode()


def qr_inline(content: str) -> str:
    """A drawing inside a page; what it says stands beside it in words."""
    drawing = _code(content).svg_inline(
        border=QUIET_ZONE, light="#fff", omitsize=True, svgclass="qr__drawing", lineclass=None
    )
    return mark_safe(drawing)  # noqa: S308 (drawn here; what it encodes never stands in it as text)


def _code(content: str) -> segno.QRCode:
    # Large modules read fast at a door: a code of 10 letters needs the smallest of all.
    return segno.make_qr(content, error="q")
