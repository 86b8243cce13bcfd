"""A scan or a photograph as it was sent in, into a PDF that carries nothing but pages."""

import io
import re

from PIL import Image, ImageOps, UnidentifiedImageError
from PIL.Image import DecompressionBombError

from ..exceptions import PaperUnreadableError

PICTURES = ("JPEG", "PNG", "WEBP")
LONGEST = 2_400  # pixels: an A4 page at 200 dpi
MOST_PIXELS = 50_000_000
# What a PDF can do beside showing pages. Names may be written with #xx for any sign.
ACTIVE = re.compile(
    rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|OpenAction|AA|XFA|Encrypt)\b"
)
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")


def as_pdf(content: bytes) -> bytes:
    """The paper as a PDF: a PDF as it is, a picture on a page of its own.

    Raises PaperUnreadableError for anything else, and for a PDF that is locked, cut off or carries
    programs or files.
    """
    if content[:1024].lstrip().startswith(b"%PDF-"):
        return _checked(content)
    return _drawn(content)


def _checked(content: bytes) -> bytes:
    plain = ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), content)
    if b"%%EOF" not in content[-2048:] or ACTIVE.search(plain):
        raise PaperUnreadableError
    return content


def _drawn(content: bytes) -> bytes:
    """Drawn anew, so that place and camera in a photograph stay behind."""
    try:
        with Image.open(io.BytesIO(content), formats=PICTURES) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise PaperUnreadableError
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    except (UnidentifiedImageError, DecompressionBombError, OSError, ValueError) as error:
        raise PaperUnreadableError from error
    upright.thumbnail((LONGEST, LONGEST))
    page = io.BytesIO()
    upright.save(page, format="PDF", resolution=200)
    return page.getvalue()
