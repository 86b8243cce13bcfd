"""Pictures that staff upload: JPEG, PNG, WebP, AVIF and GIF, harmless and without traces."""

import struct
from itertools import islice

from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from PIL import Image

from .names import clean_name
from .traces import GIF_IMAGE, gif_blocks, without_traces

ENDINGS = {
    **{"JPEG": "jpg", "MPO": "jpg"},  # MPO is how some phones write a JPEG with a second picture.
    **{"PNG": "png", "WEBP": "webp", "AVIF": "avif", "GIF": "gif"},
}
FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")  # No other of Pillow's decoders is tried.
MAX_PIXELS = 51_000_000  # The largest common phone camera makes 8192 × 6144.
MAX_FRAMES = 200
MAX_PIXELS_OF_ALL_FRAMES = 200_000_000
# What Pillow raises where a picture is cut off or lies about itself.
BROKEN = (
    *(OSError, SyntaxError, ValueError, TypeError, IndexError, EOFError),
    *(RuntimeError, struct.error),  # The first is how AVIF says it.
)
TOO_LARGE = (Image.DecompressionBombError, Image.DecompressionBombWarning)


def take_picture(file) -> None:
    """Check an uploaded picture, name it by its content and take its traces out, in place.

    Raises ValidationError, with what to do instead, before anything large is decoded.
    """
    if file.size > settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE:
        raise ValidationError(_too_heavy(file.size), code="file_too_large")
    file.seek(0)
    content = file.read()
    with _open(file, content) as picture:
        _refuse_bomb(picture, content)
        try:
            picture.load()
            cleaned = without_traces(picture, content)
        except BROKEN as error:
            raise _broken() from error
        ending = ENDINGS[picture.format]
    file.name = clean_name(file.name, ending)
    _write_over(file, cleaned)


def _open(file, content: bytes):
    _refuse_by_head(content[:1024])
    try:
        file.seek(0)
        return Image.open(file, formats=FORMATS)
    except TOO_LARGE as error:
        raise _too_many_pixels() from error
    except BROKEN as error:
        raise ValidationError(
            _("This is no picture that can be shown. Please upload a JPG, PNG, WebP, AVIF or GIF."),
            code="invalid_image",
        ) from error


def _refuse_by_head(head: bytes) -> None:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<svg", b"<?xml", b"<!doctype svg")) or b"<svg" in start:
        message = _(
            "SVG drawings can hold scripts. Please save the drawing as PNG and upload that."
        )
        raise ValidationError(message, code="svg")
    if head[4:8] == b"ftyp" and b"avi" not in head[8:64] and b"hei" in head[8:64]:
        message = _(
            "Browsers can't show iPhone photos in HEIC. Please save the photo as JPG first."
        )
        raise ValidationError(message, code="heic")


def _refuse_bomb(picture, content: bytes) -> None:
    pixels = picture.width * picture.height
    if pixels > MAX_PIXELS:
        raise _too_many_pixels()
    frames = _count_frames(picture, content)
    if frames > MAX_FRAMES or (frames > 1 and frames * pixels > MAX_PIXELS_OF_ALL_FRAMES):
        message = _(
            "This animation is too long: %(frames)d pictures at most. Please make it shorter or "
            "smaller, or add it as a video."
        )
        raise ValidationError(message % {"frames": MAX_FRAMES}, code="too_many_frames")


def _count_frames(picture, content: bytes) -> int:
    if picture.format != "GIF":
        return 1 if picture.format == "MPO" else getattr(picture, "n_frames", 1)
    try:
        images = (kind for kind, _begin, _end in gif_blocks(content) if kind == GIF_IMAGE)
        return len(list(islice(images, MAX_FRAMES + 1)))
    except BROKEN as error:
        raise _broken() from error


def _too_heavy(size: int) -> str:
    message = _(
        "The file is too large (%(size)s). At most %(most)s: please make the picture smaller."
    )
    return message % {
        "size": filesizeformat(size),
        "most": filesizeformat(settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE),
    }


def _too_many_pixels() -> ValidationError:
    message = _(
        "The picture is too wide and high: %(millions)d million pixels at most. Please make it "
        "smaller, for example 4,000 pixels wide."
    )
    return ValidationError(
        message % {"millions": MAX_PIXELS // 1_000_000}, code="file_too_many_pixels"
    )


def _broken() -> ValidationError:
    message = _(
        "The picture is damaged. Please open it on your computer, save it anew and upload that."
    )
    return ValidationError(message, code="broken")


def _write_over(file, content: bytes) -> None:
    """Whatever stores the upload later, also as a draft, stores these bytes."""
    file.seek(0)
    file.file.truncate()
    file.write(content)
    file.file.flush()
    file.seek(0)
    file.size = len(content)
