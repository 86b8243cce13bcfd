"""Pictures and files: what those who can't see or open them need, and whose consent is there."""

import re
from pathlib import PurePath

from django.utils.translation import gettext as _

from ..blocks.media import HWP_ENDINGS
from .findings import Finding, Level

# Names of files and words for any picture; the browser's checker reads the same pattern.
SAYS_NOTHING = (
    r"\.(avif|gif|jpe?g|png|svg|webp)$|_|^(사진|이미지|그림|스크린샷|image|photo|picture)\s*\d*$"
    r"|^(img|dsc|kakaotalk)"
)


def check_media(_page, contents):
    for picture in contents.pictures:
        yield from _check_picture(picture)
    for file in contents.files:
        name = file.document.filename if file.document else ""
        if PurePath(name).suffix.lower() in HWP_ENDINGS and not (file.pdf or file.reason):
            message = _("An HWP file without a PDF: many phones and screen readers can't open it.")
            yield Finding(Level.WARNING, message, file.where)


def _check_picture(picture):
    if picture.needs_alt:
        message = _("The picture has no description. Add one, or mark it as decorative.")
        yield Finding(Level.WARNING, message, picture.where)
    elif picture.alt and re.search(SAYS_NOTHING, picture.alt, re.IGNORECASE):
        message = _("The description says nothing about the picture: “%(alt)s”.")
        yield Finding(Level.WARNING, message % {"alt": picture.alt}, picture.where)
    if not picture.image.portrait_consent:
        message = _("Nobody has said whether the people in the picture agreed to being shown.")
        yield Finding(Level.WARNING, message, picture.where)
    if not picture.image.credit:
        yield Finding(Level.HINT, _("The picture has no credit."), picture.where)
    if picture.image.made_by_ai:
        message = _("A picture made by artificial intelligence: the page says so beside it.")
        yield Finding(Level.HINT, message, picture.where)
