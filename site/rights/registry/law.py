"""What laws want kept, and for how long."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext


@dataclass(frozen=True)
class LegalRetention:
    """What a law wants kept although its purpose has ended (PIPA art. 21(1), proviso).

    ``records`` is what the law calls it, ``counted_from`` the day from which its time runs.
    """

    law: object
    records: object
    months: int
    counted_from: object

    @property
    def period(self) -> str:
        """For how long, in words."""
        years, months = divmod(self.months, 12)
        if months:
            return ngettext("%(count)d month", "%(count)d months", self.months) % {
                "count": self.months
            }
        return ngettext("%(count)d year", "%(count)d years", years) % {"count": years}

    def last_day(self, counted_from: date) -> date:
        """The day with which the time ends; the first one does not count (Civil Act 157, 160)."""
        first = counted_from + timedelta(days=1)
        years, month = divmod(first.year * 12 + first.month - 1 + self.months, 12)
        length = monthrange(years, month + 1)[1]
        if first.day > length:  # The month has no such day: it ends with its last.
            return date(years, month + 1, length)
        return date(years, month + 1, first.day) - timedelta(days=1)


# Enforcement Decree of the Act on the Consumer Protection in Electronic Commerce, art. 6(1).
TRADE_ADVERTISING = LegalRetention(
    law=_("Decree on consumer protection in electronic commerce, article 6(1)1"),
    records=_("Records of what was shown and advertised"),
    months=6,
    counted_from=_("the last day it was shown"),
)
TRADE_CONTRACTS = LegalRetention(
    law=_("Decree on consumer protection in electronic commerce, article 6(1)2"),
    records=_("Records of contracts and of their withdrawal"),
    months=5 * 12,
    counted_from=_("the day of the contract or of its withdrawal"),
)
TRADE_PAYMENTS = LegalRetention(
    law=_("Decree on consumer protection in electronic commerce, article 6(1)3"),
    records=_("Records of payments and of what was supplied"),
    months=5 * 12,
    counted_from=_("the day of the payment"),
)
TRADE_COMPLAINTS = LegalRetention(
    law=_("Decree on consumer protection in electronic commerce, article 6(1)4"),
    records=_("Records of complaints and how they were settled"),
    months=3 * 12,
    counted_from=_("the day the complaint was settled"),
)
