"""What people change by themselves, at once."""

from collections.abc import Callable

from django.db import transaction

from messaging.services import forget_finished, resume_news
from privacy.models import ConsentDefinition
from privacy.services import choose_consent

from ..exceptions import ConsentChangedError, ConsentFixedError
from ..models import Request
from ..registry import Erasure
from .holdings import Held, ShownConsent, gather_everything
from .mailboxes import index_of
from .requests import Wish, lodge_request

LINK, MAILBOX = Request.Channel.LINK, Request.Identity.MAILBOX


def change_consent(
    address: str, held: Held, definition_id: int, text_hash: str, *, agreed: bool
) -> ShownConsent:
    """Give or take back one consent, apart from all others; returns it as it was.

    Who agrees to news again gets it again, also after having stopped all news. Refuses with
    ConsentFixedError for what is no choice by itself, and with ConsentChangedError when somebody
    agrees to another text than today's. Safe to call twice.
    """
    shown = _one_of(held, definition_id)
    if agreed and text_hash != shown.newest_text.text_hash:
        raise ConsentChangedError
    subject = shown.record.subject
    with transaction.atomic():
        choose_consent(subject, shown.newest, shown.newest_text.text_hash, agreed=agreed)
        if agreed and shown.newest.kind == ConsentDefinition.Kind.NEWS:
            resume_news(index_of(address))
    return shown


def _one_of(held: Held, definition_id: int) -> ShownConsent:
    for shown in held.current_consents:
        if shown.record.version.definition_id == definition_id and shown.is_free:
            return shown
    raise ConsentFixedError


def erase_everything(address: str) -> Request | None:
    """Erase what nothing needs any more; what must be looked at becomes a request, once.

    Returns that request, if there is one. Safe to call twice.
    """
    with transaction.atomic():
        everything = gather_everything(address)
        left = []
        for held in everything.held:
            if held.holding.erasure == Erasure.BY_STAFF:
                left.append(held.holding.title)
            elif end := _way_out(held):
                end(address, held.holding.key)
        forget_finished(index_of(address).hex())
        return _ask_staff(address, left) if left else None


def _way_out(held: Held) -> Callable[[str, str], object] | None:
    """What ends a row at its owner's word: it goes, or leaves daily work if a law keeps it."""
    if held.holding.is_apart:
        return None
    is_kept = held.holding.erasure == Erasure.KEPT_BY_LAW
    return held.data_set.set_apart if is_kept else held.data_set.erase


def _ask_staff(address: str, titles: list[str]) -> Request:
    kind = Request.Kind.ERASURE
    waiting = Request.objects.open().filter(contact_index=index_of(address), kind=kind)
    wish = Wish(kind=kind, contact=address, words="\n".join(titles), channel=LINK, identity=MAILBOX)
    return waiting.first() or lodge_request(wish)
