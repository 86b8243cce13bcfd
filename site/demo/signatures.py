"""Generated signatures: fictional people in distributions that look like a real campaign's."""

import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import accumulate

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from home.network.models import Region
from petitions.models import PetitionPage, Signature, Tally
from privacy.addresses import EMAIL_RULE_VERSION
from privacy.blind_index import address_index, name_index
from privacy.tokens import make_reference

from .words import COMMENTS, GIVEN_NAMES, REGION_WEIGHTS, SURNAMES

BATCH = 2000
STATUSES = (("confirmed", 93), ("unconfirmed", 5), ("withdrawn", 2))
DISPLAYS = (("hidden", 62), ("surname", 23), ("full", 15))


@dataclass
class Generator:
    """Makes signatures of one petition, oldest first. The same seed gives the same people."""

    petition: PetitionPage
    days: int = 30
    seed: int = 2017
    until: datetime = field(default_factory=timezone.now)

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)  # noqa: S311 (fiction, not secrets)
        regions = {region.short_name: region.pk for region in Region.objects.current().provinces()}
        known = [(regions[name], weight) for name, weight in REGION_WEIGHTS if name in regions]
        self.regions = known or [(pk, 1) for pk in regions.values()]

    def generate(self, total: int) -> Iterator[int]:
        """Insert ``total`` signatures in batches; yields how many are stored so far."""
        first = Signature.objects.filter(petition=self.petition).count()
        moments = self._moments(total)
        for start in range(0, total, BATCH):
            part = moments[start : start + BATCH]
            rows = [self._row(first + start + n, moment) for n, moment in enumerate(part)]
            self._store(rows)
            yield start + len(rows)

    def _store(self, rows: list[Signature]) -> None:
        with transaction.atomic():
            tally, _ = Tally.objects.get_or_create(
                petition=self.petition, defaults={"folded_at": self.until}
            )
            confirmed = [row for row in rows if row.status == "confirmed"]
            for number, row in enumerate(confirmed, start=tally.online + tally.paper + 1):
                row.number = number
            Signature.objects.bulk_create(rows, batch_size=500)
            Tally.objects.filter(pk=tally.pk).update(
                online=F("online") + len(confirmed), folded_at=timezone.now()
            )

    def _moments(self, total: int) -> list[datetime]:
        """A start with a crowd, a long middle with evening peaks, a second wave near the end."""
        weights = [
            3.2 * 0.72**day + 0.5 + (1.4 if day > self.days - 5 else 0) for day in range(self.days)
        ]
        totals = list(accumulate(weights))
        start = self.until - timedelta(days=self.days)
        chosen = self.random.choices(range(self.days), cum_weights=totals, k=total)
        return sorted(start + timedelta(days=day, seconds=self._second()) for day in chosen)

    def _second(self) -> int:
        hour = self.random.triangular(0, 24, 20.5)
        return min(86_399, int(hour * 3600))

    def _pick(self, weighted: list | tuple) -> object:
        values, weights = zip(*weighted, strict=True)
        return self.random.choices(values, weights)[0]

    def _row(self, position: int, moment: datetime) -> Signature:
        status = str(self._pick(STATUSES))
        if status == "unconfirmed" and self.until - moment > timedelta(days=25):
            status = "confirmed"
        row = Signature(
            petition=self.petition,
            revision_id=self.petition.live_revision_id,
            region_id=self._pick(self.regions),
            status=status,
            status_before="",
            name_display=self._pick(DISPLAYS),
            comment_status="none",
            reference=make_reference(),
            retention_months=self.petition.retention_months,
            public_id=uuid.uuid4(),
            created_at=moment,
            status_changed_at=moment,
            confirmed_at=moment + timedelta(minutes=3) if status != "unconfirmed" else None,
        )
        if status == "withdrawn":
            row.anonymised_at, row.name_display = moment + timedelta(days=1), "hidden"
        else:
            self._add_person(row, position)
        return row

    def _add_person(self, row: Signature, position: int) -> None:
        row.name = f"{self._pick(SURNAMES)}{self.random.choice(GIVEN_NAMES)}"
        row.email = f"citizen{position}.{self.random.randrange(10**6)}@mail.example"
        row.name_index, row.email_index = name_index(row.name), address_index(row.email)
        row.email_rule = EMAIL_RULE_VERSION
        if self.random.random() < 0.07:
            row.comment = COMMENTS[position % len(COMMENTS)]
            row.comment_status = "published" if self.random.random() < 0.8 else "waiting"
