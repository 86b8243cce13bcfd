"""Facts as the templates show them: names as their owners allow, days left, the bar's length."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.humanize.templatetags.humanize import intcomma
from django.db.models import Case, QuerySet, Sum, When
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from home.dates import korean_date
from privacy.masking import surname_only
from privacy.models import ConsentDefinition, ConsentRecord, ConsentVersion
from rights.registry import Provision

from .models import PetitionConsent, PetitionPage, Signature, Tally
from .services.count import LiveCount, tallies_of
from .services.purge import UNCONFIRMED_KEPT
from .services.retention import Plan, last_day_of
from .services.state import render_consent

RECENT = 5
COMMENTS = 4
# Nobody's address is decrypted to show a name.
SHOWN = ("name", "name_display", "confirmed_at", "region__short_name")


@dataclass(frozen=True)
class ShownSigner:
    name: str
    region: str
    signed_at: datetime
    comment: str = ""


def kept_until(row: Signature, plan: Plan) -> str:
    """When the row goes, in words: to the day where the day of the hand-over is known."""
    if row.status == Signature.Status.UNCONFIRMED:
        return korean_date(row.created_at + UNCONFIRMED_KEPT)
    last_day = korean_date(last_day_of(plan, row))
    if plan.handed_over_on:
        return last_day
    months = min(row.retention_months, plan.months)
    told = ngettext(
        "%(count)d month after the roll is handed over, at the latest on %(day)s",
        "%(count)d months after the roll is handed over, at the latest on %(day)s",
        months,
    )
    return told % {"count": months, "day": last_day}


def shown_name(signature: Signature) -> str:
    """The name as its owner lets it be shown."""
    if signature.name and signature.name_display == Signature.NameDisplay.FULL:
        return signature.name
    if signature.name and signature.name_display == Signature.NameDisplay.SURNAME:
        return surname_only(signature.name)
    return _("A citizen who stays unnamed")


def _shown(row: Signature, comment: str) -> ShownSigner:
    return ShownSigner(shown_name(row), row.region.short_name, row.confirmed_at, comment)


@dataclass(frozen=True)
class PetitionPresenter:
    """A petition's numbers and signers as of ``now``."""

    page: PetitionPage
    count: LiveCount
    now: datetime

    @property
    def count_url(self) -> str:
        return f"{self.page.url}count.json" if self.page.url else ""

    @property
    def share_page_url(self) -> str:
        return f"{self.page.url}share/"

    @property
    def share_url(self) -> str:
        return str(self.page.public_url)

    @property
    def goal(self) -> int:
        return self.page.goal_for(self.count.confirmed)

    @property
    def percent(self) -> float:
        return min(100.0, round(100 * self.count.confirmed / self.goal, 1))

    @property
    def remaining(self) -> int:
        return max(0, self.goal - self.count.confirmed)

    @property
    def is_open(self) -> bool:
        return self.page.is_open(self.now)

    @property
    def opens_later(self) -> bool:
        return self.page.opens_at is not None and self.now < self.page.opens_at

    @property
    def days_left(self) -> str:
        """D-12, "closes today", "closed" or "opens soon"; empty while open without an end."""
        if self.opens_later:
            return _("Opens soon")
        if self.page.closes_at is None:
            return ""
        if self.now >= self.page.closes_at:
            return _("Closed")
        # Closing at midnight, the day before is the last one.
        last_moment = self.page.closes_at - timedelta(microseconds=1)
        last_day = timezone.localtime(last_moment).date()
        days = (last_day - timezone.localtime(self.now).date()).days
        return f"D-{days}" if days else _("Closes today")

    @cached_property
    def recent_signers(self) -> list[ShownSigner]:
        return [_shown(row, "") for row in self._shown_signatures[:RECENT]]

    @cached_property
    def comments(self) -> list[ShownSigner]:
        told = [row for row in self._shown_signatures if row.published_comment]
        return [_shown(row, row.published_comment) for row in told[:COMMENTS]]

    @cached_property
    def _shown_signatures(self) -> list[Signature]:
        """The latest, and the latest whose word is published; one query, newest first."""
        # A page in preview may have no key yet; page.signatures would refuse then.
        latest = Signature.objects.filter(petition_id=self.page.pk).latest_first()
        told = latest.with_published_comment()
        keys = _keys(latest[:RECENT]).union(_keys(told[:COMMENTS]))
        published = When(comment_status=Signature.CommentStatus.PUBLISHED, then="comment")
        rows = Signature.objects.filter(pk__in=keys).select_related("region").only(*SHOWN)
        return list(rows.annotate(published_comment=Case(published)).order_by("-confirmed_at"))


def _keys(chosen: QuerySet[Signature]) -> QuerySet[Signature]:
    """As a query of its own: SQLite takes no limit inside a union."""
    return Signature.objects.filter(pk__in=chosen.values("pk")).values("pk")


@dataclass(frozen=True)
class SignerPresenter:
    """A signer's own signature, for the signer's eyes."""

    row: Signature
    consents: list[ConsentRecord]

    @property
    def name_display(self) -> str:
        return Signature.NameDisplay(self.row.name_display).label


def provisions() -> Iterator[Provision]:
    """What the petitions of today hand on, by consent; two queries however many there are."""
    asked = PetitionConsent.objects.filter(
        page__live=True,
        page__view_restrictions=None,
        definition__kind=ConsentDefinition.Kind.THIRD_PARTY,
    )
    asked = list(asked.select_related("page").order_by("page_id", "sort_order"))
    versions = ConsentVersion.objects.latest_of([consent.definition_id for consent in asked])
    for consent in asked:
        text = render_consent(versions[consent.definition_id], consent.page)
        yield Provision(
            occasion=consent.page.title,
            recipients=text.recipients,
            purpose=text.purpose,
            items=text.items,
            kept_by_them=text.recipients_retention,
        )


def card_notes(pages: list) -> dict[int, str]:
    """How many have signed each of these pages that is a petition, for its card elsewhere."""
    petitions = [page for page in pages if isinstance(page, PetitionPage)]
    return {
        tally.pk: _("%(number)s so far") % {"number": intcomma(tally.online + tally.paper)}
        for tally in tallies_of(petitions)
        if tally.online + tally.paper
    }


def count_confirmed(year: int | None) -> int:
    """Signatures that count, over all petitions; of one year by the day of their confirmation."""
    if year is None:
        total = Tally.objects.aggregate(online=Sum("online"), paper=Sum("paper"))
        return (total["online"] or 0) + (total["paper"] or 0)
    confirmed = Signature.objects.filter(status=Signature.Status.CONFIRMED)
    return confirmed.filter(confirmed_at__year=year).count()
