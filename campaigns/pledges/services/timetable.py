"""What the law does when before an election (공직선거법, as amended until September 2026).

Days are counted as the commission counts them: checked against its calendar for 3 June 2026.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from home.dates import months_after

from ..models import Election

Kind = Election.Kind
KEPT_MONTHS = 6


@dataclass(frozen=True)
class LegalDay:
    """A day, or the first and last of several, and the article that makes it one."""

    name: str
    label: object
    first: date
    last: date
    article: str

    def is_over(self, today: date) -> bool:
        return self.last < today

    def is_now(self, today: date) -> bool:
        return self.first <= today <= self.last


def timetable_of(election: Election) -> list[LegalDay]:
    """The days of an election in their order."""
    return sorted(_days(election), key=lambda day: (day.first, day.last))


def campaign_begins_on(election: Election) -> date:
    """The first day of the campaign period (art. 33)."""
    days = 22 if election.kind == Kind.PRESIDENTIAL else 13
    return election.vote_on - timedelta(days=days)


def records_kept_until(election: Election) -> date:
    """Until then nothing of an election's records is deleted (art. 108-3, 268)."""
    return months_after(election.vote_on, KEPT_MONTHS)


def _days(election: Election) -> Iterator[LegalDay]:
    vote = election.vote_on
    yield from _preliminary(election)
    yield _before(
        vote,
        "guarded",
        _("Nothing that names candidates or parties is put up or handed out"),
        120,
        0,
        "90, 93",
    )
    yield _before(
        vote, "no_fakes", _("No pictures or voices made by artificial intelligence"), 90, 0, "82-8"
    )
    yield _before(
        vote,
        "heads",
        _("Heads of local governments hold no events and appear at none of a party"),
        60,
        0,
        "86(2)",
    )
    is_presidential = election.kind == Kind.PRESIDENTIAL
    begin = 24 if is_presidential else 20
    yield _before(vote, "registration", _("Candidates register"), begin, begin - 1, "49")
    begins = (vote - campaign_begins_on(election)).days
    yield _before(vote, "campaign", _("Campaign period"), begins, 1, "33")
    yield _before(vote, "no_polls", _("No results of polls are published"), 6, 0, "108(1)")
    yield _before(vote, "early_voting", _("Early voting"), 5, 4, "158")
    yield _before(vote, "vote", _("Election day"), 0, 0, "34")
    until = records_kept_until(election)
    yield LegalDay(
        "records", _("Records of the comparison of pledges are kept"), vote, until, "108-3, 268"
    )


def _preliminary(election: Election) -> Iterator[LegalDay]:
    vote, begins = election.vote_on, (election.vote_on - campaign_begins_on(election)).days
    if election.kind == Kind.PRESIDENTIAL:
        yield _before(vote, "preliminary", _("Preliminary candidates register"), 240, 25, "60-2(1)")
    if election.kind == Kind.ASSEMBLY:
        yield _before(vote, "preliminary", _("Preliminary candidates register"), 120, 21, "60-2(1)")
    if election.kind == Kind.LOCAL:
        steps = (
            (
                "preliminary_governor",
                _("Preliminary candidates register: governors, superintendents"),
                120,
            ),
            (
                "preliminary_city",
                _("Preliminary candidates register: provincial councils, cities and districts"),
                begins + 90,
            ),
            ("preliminary_county", _("Preliminary candidates register: counties"), begins + 60),
        )
        for name, label, days in steps:
            yield _before(vote, name, label, days, 21, "60-2(1)")


def _before(vote: date, name: str, label: object, first: int, last: int, article: str) -> LegalDay:
    return LegalDay(name, label, vote - timedelta(days=first), vote - timedelta(days=last), article)
