"""Drawing the share card of each page, and clearing away what no page shows any more."""

import logging
from datetime import timedelta

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone, translation
from wagtail.models import Page, Site
from wagtail.query import PageQuerySet

from typesetting.exceptions import TypesettingError

from ..models import BasePage, ShareCard, SiteImage, SiteSettings
from .card_design import Card, card_of, draw_card
from .renditions import UNREADABLE

logger = logging.getLogger(__name__)

FOLDER = "share"
# A preview that was fetched a moment ago still names the file before.
KEPT_UNUSED = timedelta(days=1)
PHOTO_FILTER = "fill-400x600|format-jpeg"


def draw_share_card(page_id: int) -> bool:
    """Draw the card of a live public page, unless the one it has is right.

    Safe to call twice. Returns whether a card was drawn.
    """
    page = _public_pages().filter(pk=page_id).first()
    return page is not None and _draw(page.specific, _organisation())


def draw_missing_cards() -> int:
    """Draw the card of each live public page that has none; returns how many were drawn."""
    return _draw_all(_public_pages().filter(share_card=None))


def redraw_old_cards() -> int:
    """Draw anew each card that shows what its page does not say any more; returns how many."""
    return _draw_all(_public_pages())


def remove_unused_cards() -> int:
    """Delete files that have been no page's card for a day; returns how many.

    A page that is not public any more loses its card.
    """
    ShareCard.objects.exclude(page__in=_public_pages()).delete()
    used = set(ShareCard.objects.values_list("file", flat=True))
    unused = [name for name in _stored_names() if name not in used]
    before = timezone.now() - KEPT_UNUSED
    old = [name for name in unused if default_storage.get_modified_time(name) < before]
    for name in old:
        default_storage.delete(name)
    return len(old)


def _public_pages() -> PageQuerySet:
    """Live pages that everybody may see; the title of another one must not leave in a picture."""
    return Page.objects.live().public().type(BasePage).order_by("pk")


def _organisation() -> str:
    site = Site.objects.filter(is_default_site=True).first()
    details = site and SiteSettings.objects.filter(site=site).first()
    return details.organisation_name if details else ""


def _draw_all(pages: PageQuerySet) -> int:
    """Draw what is missing or old; a page that can't be drawn does not stop the others."""
    organisation = _organisation()
    drawn = 0
    for page in pages.iterator():
        try:
            drawn += _draw(page.specific, organisation)
        except TypesettingError:
            logger.exception("No share card could be drawn for page %s", page.pk)
    return drawn


def _draw(page: Page, organisation: str) -> bool:
    with translation.override(settings.LANGUAGE_CODE):
        card = card_of(page, organisation)
    known = ShareCard.objects.filter(page=page).first()
    if known and known.digest == card.digest:
        return False
    _keep(page, card, draw_card(card, _photo(page.share_picture)))
    return True


def _keep(page: Page, card: Card, picture: bytes) -> None:
    name = default_storage.save(f"{FOLDER}/{card.digest}.png", ContentFile(picture))
    ShareCard.objects.update_or_create(
        page_id=page.pk, defaults={"digest": card.digest, "file": name}
    )


def _photo(picture: SiteImage | None) -> bytes | None:
    """The page's own picture, cut to its place; None where its file is gone or broken."""
    if picture is None:
        return None
    try:
        rendition = picture.get_rendition(PHOTO_FILTER)
        with rendition.file.open("rb") as stored:
            return bytes(stored.read())
    except UNREADABLE:
        logger.warning("The picture %s could not be put on a share card", picture.pk)
        return None


def _stored_names() -> list[str]:
    try:
        _folders, names = default_storage.listdir(FOLDER)
    except FileNotFoundError:
        return []
    return [f"{FOLDER}/{name}" for name in names]
