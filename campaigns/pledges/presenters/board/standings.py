"""The eight public labels: each with its own glyph, its sentence and, for one row, what is known.

pledges.md 4.2: no two kinds of silence share a word or a glyph.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from home.dates import korean_datetime, korean_deadline

from ...models import Respondent, Response

Standing = Respondent.Standing
GLYPHS = {
    Standing.NO_CONTACT: "circle-dashed",
    Standing.ASKED: "arrow-right",
    Standing.NO_ANSWER: "minus",
    Standing.ANSWERED: "speech",
    Standing.SIGNS_NONE: "minus-square",
    Standing.AGREED: "two-rings",
    Standing.WITHDRAWN: "back",
    Standing.LEFT: "leave",
}
MEANINGS = {
    Standing.NO_CONTACT: gettext_lazy("We are looking for an address to ask at."),
    Standing.ASKED: gettext_lazy("Was asked, and can still answer."),
    Standing.NO_ANSWER: gettext_lazy("No answer came until the last day."),
    Standing.ANSWERED: gettext_lazy("Answered; no agreement is concluded."),
    Standing.SIGNS_NONE: gettext_lazy("Said that they sign no agreements."),
    Standing.AGREED: gettext_lazy("Both sides signed."),
    Standing.WITHDRAWN: gettext_lazy("The candidate withdrew after both had signed."),
    Standing.LEFT: gettext_lazy("The candidacy has ended."),
}


@dataclass(frozen=True)
class Label:
    """One of the eight, as the legend explains it."""

    value: str
    glyph: str
    name: object
    meaning: object


LABELS = {
    value: Label(value, GLYPHS[value], Standing(value).label, MEANINGS[value])
    for value in Standing.values
}


def tell(respondent, asked):
    """What stands in place of answers: how things are with this one, as a sentence."""
    teller = TELLERS.get(respondent.standing)
    return teller(respondent, asked) if teller else str(MEANINGS[respondent.standing])


def _asked(respondent, asked):
    if asked is None:
        return str(MEANINGS[Standing.ASKED])
    end = respondent.own_end if asked.is_over() and respondent.own_end else asked.answers_until
    told = _("Answers are taken until %(until)s.") % {"until": korean_deadline(end)}
    return f"{told} {_reminded(respondent)}".strip()


def _no_answer(respondent, asked):
    if asked is None:
        return str(MEANINGS[Standing.NO_ANSWER])
    until = korean_deadline(asked.answers_until)
    told = _("No answer came until %(until)s.") % {"until": until}
    return f"{told} {_reminded(respondent)}".strip()


def _reminded(respondent):
    number = respondent.times_reminded or 0
    if not number:
        return ""
    told = ngettext("Reminded %(number)s time.", "Reminded %(number)s times.", number)
    return told % {"number": number}


def _not_public(respondent, asked):
    """Answered or agreed, but nothing of it may be read by now."""
    response = getattr(respondent, "response", None)
    if response is not None and response.state == Response.State.REOPENED:
        return _("The answers are open again. They are shown once they are handed in anew.")
    if asked is not None and asked.release_at and respondent.standing != Standing.SIGNS_NONE:
        moment = korean_datetime(asked.release_at)
        return _("All answers become public on %(moment)s.") % {"moment": moment}
    return _("The answers are shown once the candidate has agreed to their publication.")


def _signs_none(respondent, asked):
    return str(MEANINGS[Standing.SIGNS_NONE])


def _left(respondent, asked):
    if respondent.candidacy is None:
        return str(MEANINGS[Standing.LEFT])
    return str(respondent.candidacy.get_status_display())


TELLERS = {
    Standing.ASKED: _asked,
    Standing.NO_ANSWER: _no_answer,
    Standing.ANSWERED: _not_public,
    Standing.AGREED: _not_public,
    Standing.WITHDRAWN: _not_public,
    Standing.SIGNS_NONE: _signs_none,
    Standing.LEFT: _left,
}
