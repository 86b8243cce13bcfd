"""The 120 days before an election: Public Official Election Act, articles 90, 93 and 107."""

import re
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from ..dates import korean_date
from ..models import SiteSettings
from ..registry import known_election_days
from .findings import Finding, Level

GUARDED = timedelta(days=120)
WITHOUT_FAKES = timedelta(days=90)
# 더해지지 않습니다 supports nobody.
WORDS = re.compile(r"당선|낙선|지지(?!부진|율|대|선|[는도만]?\s*[않못])|후보(?!지|군|물질|작)")


def next_election(today: date | None = None) -> date | None:
    """The next day of an election that is at most 120 days away."""
    today = today or timezone.localdate()
    typed = [
        child.value
        for settings in SiteSettings.objects.all()
        for child in settings.election_days
        if child.value
    ]
    days = [*typed, *known_election_days()]
    return min((day for day in days if timedelta(0) <= day - today <= GUARDED), default=None)


def check_candidates_page(page, contents):
    """A page that shows candidates (``names_candidates``) is held back, not only warned of."""
    if not getattr(page, "names_candidates", False):
        return
    for piece in contents.pieces:
        if words := [word for word in WORDS.findall(piece.text) if word != "후보"]:
            message = _(
                "“%(words)s”: on a page about candidates nothing speaks for or against one of "
                "them (Public Official Election Act, articles 58 and 110)."
            )
            values = {"words": ", ".join(dict.fromkeys(words))}
            yield Finding(Level.STOP, message % values, piece.where)
    day = next_election()
    if day and day - timezone.localdate() <= WITHOUT_FAKES:
        yield from _check_fakes(contents, Level.STOP)


def check_election_words(page, contents):
    day = next_election()
    if day is None or getattr(page, "names_candidates", False):
        return
    for piece in contents.pieces:
        if words := dict.fromkeys(WORDS.findall(piece.text)):
            message = _(
                "“%(words)s”: the election is on %(day)s. In the 120 days before it, the Public "
                "Official Election Act (articles 90, 93 and 107) forbids texts for or against a "
                "candidate or party. Let the approver look at it."
            )
            values = {"words": ", ".join(words), "day": korean_date(day)}
            yield Finding(Level.WARNING, message % values, piece.where)
    if day - timezone.localdate() <= WITHOUT_FAKES:
        yield from _check_fakes(contents)


def _check_fakes(contents, level=Level.WARNING):
    for picture in contents.pictures:
        if picture.image.made_by_ai:
            message = _(
                "A picture made by artificial intelligence: in the 90 days before an election the "
                "law (article 82-8) forbids such pictures in election campaigns."
            )
            yield Finding(level, message, picture.where)
