"""Signers who agreed to news: they get it once confirmed, until their own word or leaving."""

import uuid
from collections.abc import Sequence
from datetime import timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from messaging import services as messaging
from messaging.models import Subscriber, Suppression
from privacy.models import ConsentDefinition, ConsentRecord, ConsentVersion
from privacy.services import agreed_among, choose_consent

from ..models import Signature

NEWS = ConsentDefinition.Kind.NEWS
LOOKED_BACK = timedelta(days=30)
BATCH = 500


def begin_news(signature: Signature) -> None:
    """Subscribe a signer who is counted, if they agreed to news. Safe to call twice."""
    if signature.email and agreed_among([signature.public_id], NEWS):
        messaging.subscribe(signature.email, signature.public_id)


def end_news(signature: Signature) -> None:
    """End the subscription that rests on this signature alone. Before the row is emptied.

    Where the same mailbox agreed with another signature too, news goes on under that one.
    """
    if signature.email_index is None:
        return
    index = bytes(signature.email_index)
    row = messaging.subscriber_of(index)
    if row is None or row.subject != signature.public_id:
        return
    others = _with_person(index).exclude(pk=signature.pk)
    agreed = agreed_among([other.public_id for other in others], NEWS)
    if agreed:
        messaging.pass_subscription(row, next(iter(agreed)))
    else:
        messaging.unsubscribe(index)


def hear_consent(subject: uuid.UUID, version: ConsentVersion, agreed: bool) -> None:
    """For privacy: a signer gave or took back the consent to news by itself."""
    if version.kind != NEWS:
        return
    signature = Signature.objects.with_person().filter(public_id=subject).first()
    if signature is None:
        return
    if not agreed:
        end_news(signature)
    elif signature.is_countable:
        begin_news(signature)


def hear_news_choice(email_index: bytes, wants: bool) -> None:
    """For messaging: a mailbox stopped all news or wants it again; the consents say the same."""
    subjects = [row.public_id for row in _with_person(email_index)]
    records = ConsentRecord.objects.filter(subject__in=subjects, version__kind=NEWS, choice=True)
    records = records.select_related("version__definition").order_by("-given_at")
    if wants:
        _give_again(records)
        return
    for record in records.filter(withdrawn_at=None):
        choose_consent(record.subject, record.version, record.text_hash, agreed=False)


def _give_again(records: "QuerySet[ConsentRecord]") -> None:
    """The consent taken back last, to the text that was agreed to, unless one stands."""
    if not records.filter(withdrawn_at=None).exists() and (last := records.first()):
        choose_consent(last.subject, last.version, last.text_hash, agreed=True)


def find_address(email_index: bytes) -> str | None:
    """For messaging: the address of a signer."""
    signature = _with_person(email_index).first()
    return signature.email if signature else None


def gather_subscribers() -> int:
    """Subscribe signers who count without confirmation and agreed to news; returns how many.

    Signing itself must not do more work for them. An address that refused news before is left
    alone: nobody has proven here that it is its owner who agreed. Safe to call twice.
    """
    gathered, last = 0, 0
    while rows := _not_subscribed(last):
        for row in rows:
            assert row.email is not None
            messaging.subscribe(row.email, row.public_id, agreed_at=row.created_at)
        gathered, last = gathered + len(rows), rows[-1].pk
    return gathered


def _not_subscribed(after: int) -> Sequence[Signature]:
    agreed = ConsentRecord.objects.filter(
        subject=OuterRef("public_id"), version__kind=NEWS, choice=True, withdrawn_at=None
    )
    known = Subscriber.objects.filter(email_index=OuterRef("email_index"))
    refused = Suppression.objects.filter(email_index=OuterRef("email_index"))
    rows = Signature.objects.confirmed().with_person()
    rows = rows.filter(Exists(agreed), created_at__gte=timezone.now() - LOOKED_BACK, pk__gt=after)
    return list(rows.exclude(Exists(known)).exclude(Exists(refused)).order_by("pk")[:BATCH])


def _with_person(email_index: bytes) -> "QuerySet[Signature]":
    rows = Signature.objects.with_person().filter(email_index=email_index)
    return rows.order_by("-created_at")
