"""What the law on elections keeps back, and until when (공직선거법).

Other parts ask here before they publish a board, draw a card, print a sheet or mail to many.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from home.publishing import bump_public_version

from ..exceptions import ReleaseBlockedError
from ..models import (
    BoardRelease,
    CommissionInquiry,
    Demand,
    DemandSetVersion,
    Election,
    PledgeRound,
    ReleaseOverride,
)
from ..text import articles_in_words, find_forbidden, find_ratings
from .approvals import needs_approval
from .chain import record_step

__all__ = [
    "Reason",
    "end_release",
    "forbidden_in",
    "is_released",
    "may_release",
    "needs_approval",
    "release_board",
    "standing_override",
]
DEMAND_TEXTS = ("theme", "title", "text", "why", "target", "steps", "deadline", "funding")
METHOD = ("method_by", "method_panel", "method_criteria", "method_how", "method_period")


@dataclass(frozen=True)
class Reason:
    """Why something can't be done yet, and what to do about it."""

    code: str
    label: Promise | str
    article: str

    def __str__(self) -> str:
        return str(self.label)

    @property
    def articles(self) -> str:
        return articles_in_words(self.article)


def is_released(election: Election) -> bool:
    """Whether the election's board is public."""
    return BoardRelease.objects.filter(election=election, ended_at=None).exists()


def may_release(election: Election) -> list[Reason]:
    """Why the election's board can't be published yet; empty: it can."""
    return [*_missing_method(election), *_missing_word(election), *_wrong_words(election)]


def _missing_method(election: Election) -> Iterator[Reason]:
    if not PledgeRound.objects.filter(election=election).exists():
        yield Reason(
            "no_method",
            _("Nobody said yet who compares by what method. Fill in the round of this election."),
            "108-3(3)",
        )
    published = DemandSetVersion.objects.filter(
        demand_set__election=election, state=DemandSetVersion.State.PUBLISHED
    )
    if not published.exists():
        yield Reason("no_demands", _("No demands are published yet."), "108-3")


def _missing_word(election: Election) -> Iterator[Reason]:
    last = CommissionInquiry.objects.filter(election=election).first()
    if last is not None and last.state == CommissionInquiry.State.OBJECTED:
        yield Reason(
            "objected",
            _("The election commission objects. Change what it names and ask it anew."),
            "93, 108-3",
        )
    elif last is not None and last.state == CommissionInquiry.State.CLEARED:
        return
    elif not standing_override(election):
        yield _unanswered(last)


def _unanswered(last: CommissionInquiry | None) -> Reason:
    if last is None:
        told = _("The election commission was not asked yet. Send it the inquiry.")
        return Reason("not_asked", told, "93, 108-3")
    told = _("The election commission has not answered yet.")
    return Reason("not_answered", told, "93, 108-3")


def standing_override(election: Election) -> ReleaseOverride | None:
    """Who answers for a release without an answer; an objection ends what they said before it."""
    rows = ReleaseOverride.objects.filter(election=election)
    objection = (
        CommissionInquiry.objects.filter(election=election, state=CommissionInquiry.State.OBJECTED)
        .order_by("-answer_at")
        .first()
    )
    if objection is not None:
        rows = rows.filter(made_at__gt=objection.answer_at)
    return rows.first()


def _wrong_words(election: Election) -> Iterator[Reason]:
    if words := forbidden_in(election):
        told = _("Words that can't stand on a board: %(words)s. Change the texts.")
        yield Reason("words", str(told) % {"words": ", ".join(words)}, "58, 107, 110, 108-3")


def forbidden_in(election: Election) -> list[str]:
    """Forbidden words in the published demands and in the round, once each."""
    demands = Demand.objects.filter(
        version__demand_set__election=election,
        version__state=DemandSetVersion.State.PUBLISHED,
    ).values_list(*DEMAND_TEXTS)
    around = DemandSetVersion.objects.filter(
        demand_set__election=election, state=DemandSetVersion.State.PUBLISHED
    ).values_list("demand_set__title", "intro", "note")
    texts = [text for row in (*around, *demands) for text in row]
    found = [word for text in texts for word in find_forbidden(text)]
    asked = PledgeRound.objects.filter(election=election)
    for text in (text for row in asked.values_list("purpose", *METHOD) for text in row):
        found += [*find_forbidden(text), *find_ratings(text)]
    return list(dict.fromkeys(found))


@transaction.atomic
def release_board(election: Election, *, user: User) -> BoardRelease:
    """Make the election's board public. Raises ReleaseBlockedError. Safe to call twice."""
    Election.objects.select_for_update().get(pk=election.pk)
    standing = BoardRelease.objects.filter(election=election, ended_at=None).first()
    if standing is not None:
        return standing
    if reasons := may_release(election):
        raise ReleaseBlockedError(reasons)
    release = BoardRelease.objects.create(
        election=election, released_at=timezone.now(), released_by=user
    )
    record_step(election, "release", str(user.pk), {"what": "board"})
    return release


@transaction.atomic
def end_release(election: Election, *, reason: str, user: User) -> bool:
    """Take the board off the site; whether there was one."""
    standing = BoardRelease.objects.filter(election=election, ended_at=None)
    if not standing.update(ended_at=timezone.now(), ended_reason=reason):
        return False
    record_step(election, "release", str(user.pk), {"what": "board_ended"})
    bump_public_version()
    return True
