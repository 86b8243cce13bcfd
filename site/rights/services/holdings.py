"""Everything that is held on an address, from every tool, in a fixed number of queries."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from messaging.models import OutboxMessage, Suppression
from messaging.services import mails_sent, stops_of
from privacy.models import (
    AccessEntry,
    ConsentDefinition,
    ConsentRecord,
    ConsentVersion,
    RenderedConsent,
)
from privacy.services import accesses_about, consents_by_subject

from ..registry import (
    DataSet,
    Erasure,
    Holding,
    LegalRetention,
    NotTheirsError,
    data_set_named,
    data_sets,
)
from .apart import retained_of
from .mailboxes import index_of

Kind = ConsentDefinition.Kind


@dataclass(frozen=True)
class ShownConsent:
    """One choice, with the text that it was about.

    ``is_exact`` is whether the text is proven, by its hash, to be the one that was shown;
    ``newest`` are today's words, to which somebody agrees who agrees now.
    """

    record: ConsentRecord
    text: RenderedConsent
    is_exact: bool
    newest: ConsentVersion
    newest_text: RenderedConsent

    @property
    def is_free(self) -> bool:
        """Whether it can be changed by itself: taking part does not hang on it."""
        return not self.record.version.required and self.record.version.kind != Kind.DISPLAY


@dataclass(frozen=True)
class Held:
    """One row, the data set it belongs to, and the consents given with it."""

    data_set: DataSet
    holding: Holding
    consents: Sequence[ShownConsent]

    @property
    def current_consents(self) -> list[ShownConsent]:
        """One for each text, as it stands today: the last choice counts."""
        return list({each.record.version.definition_id: each for each in self.consents}.values())

    @property
    def law(self) -> LegalRetention | None:
        """The law that wants the row kept whatever its owner wishes."""
        is_kept = self.holding.erasure == Erasure.KEPT_BY_LAW
        return self.data_set.kept_by_law if is_kept else None

    @property
    def law_until(self) -> date | None:
        """The last day on which it is kept."""
        since = self.holding.law_counts_from
        return self.law.last_day(since) if self.law and since else None

    @property
    def can_end(self) -> bool:
        """Whether its owner can withdraw or erase it without anybody's help."""
        if self.holding.is_apart or self.holding.erasure == Erasure.KEPT_BY_LAW:
            return False
        return bool(self.holding.withdrawal or self.data_set.erase)


@dataclass(frozen=True)
class Everything:
    """What the site holds on the owner of an address."""

    address: str
    as_of: datetime
    held: Sequence[Held]
    mails: Sequence[OutboxMessage]
    stops: Sequence[Suppression]
    accesses: Sequence[AccessEntry]

    @property
    def is_nothing(self) -> bool:
        return not self.held and not self.stops

    @property
    def gets_no_news(self) -> bool:
        return any(stop.reason == Suppression.Reason.UNSUBSCRIBED for stop in self.stops)


def gather_everything(address: str) -> Everything:
    """All that every tool, the outbox and the access log know of this address."""
    found = [
        (data_set, holding)
        for data_set in data_sets()
        if data_set.find
        for holding in data_set.find(address)
    ]
    found += retained_of(address)
    index = index_of(address)
    mail_keys = [index.hex(), *(key for _set, holding in found for key in holding.mail_keys)]
    access_keys = [key for _set, holding in found for key in holding.access_keys]
    return Everything(
        address=address,
        as_of=timezone.now(),
        held=_with_consents(found),
        mails=mails_sent(mail_keys),
        stops=stops_of(index),
        accesses=_accesses(access_keys),
    )


def _accesses(keys: Sequence[str]) -> list[AccessEntry]:
    if not keys:
        return []
    return list(accesses_about(keys).select_related("user").prefetch_related("user__groups"))


def find_held(address: str, data_set_name: str, key: str) -> Held:
    """One row of this address, with its consents. Raises NotTheirsError."""
    try:
        data_set = data_set_named(data_set_name)
    except KeyError as error:
        raise NotTheirsError from error
    rows = [(data_set, holding) for holding in (data_set.find(address) if data_set.find else ())]
    if data_set.kept_by_law:
        rows += retained_of(address)
    own = [(kind, holding) for kind, holding in rows if kind is data_set and holding.key == key]
    if not own:
        raise NotTheirsError
    return _with_consents(own)[0]


def _with_consents(found: Sequence[tuple[DataSet, Holding]]) -> list[Held]:
    subjects = [holding.subject for _set, holding in found if holding.subject]
    records = consents_by_subject(subjects) if subjects else {}
    newest = _newest_versions(record for rows in records.values() for record in rows)
    return [
        Held(data_set, holding, _shown_consents(holding, records, newest))
        for data_set, holding in found
    ]


def _newest_versions(records: Iterable[ConsentRecord]) -> dict[int, ConsentVersion]:
    definitions = {record.version.definition_id for record in records}
    return ConsentVersion.objects.latest_of(definitions) if definitions else {}


def _shown_consents(
    holding: Holding,
    records: dict[uuid.UUID, list[ConsentRecord]],
    newest: dict[int, ConsentVersion],
) -> list[ShownConsent]:
    if holding.subject is None:
        return []
    return [
        _shown(record, holding, newest[record.version.definition_id])
        for record in records[holding.subject]
    ]


def _shown(record: ConsentRecord, holding: Holding, newest: ConsentVersion) -> ShownConsent:
    """Given on a form, it is in the words of that day; chosen anew, in those of a later one."""
    texts = [record.version.render(**words) for words in (holding.words_then, holding.words_now)]
    exact = [text for text in texts if text.text_hash == record.text_hash]
    return ShownConsent(
        record=record,
        text=(exact or texts)[0],
        is_exact=bool(exact),
        newest=newest,
        newest_text=newest.render(**holding.words_now),
    )
