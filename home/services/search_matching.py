"""Whether a text holds what is wanted, asked of the database."""

from collections.abc import Sequence
from functools import reduce
from operator import and_, or_

from django.db.models import F, Q, TextField, Value
from django.db.models.functions import Replace

from .search_words import SPACELESS_FROM, Form, is_spaceless, with_spaces


def without_spaces(text: F) -> Replace:
    return Replace(text, Value(" "), Value(""), output_field=TextField())


def holds(text: str, spaceless: str, wanted: Sequence[tuple[Form, ...]], loose_from: int) -> Q:
    """Whether a text holds one form of each thing wanted."""
    return reduce(
        and_,
        [
            reduce(or_, [_holds_form(text, spaceless, form, loose_from) for form in forms])
            for forms in wanted
        ],
    )


def _holds_form(text: str, spaceless: str, form: Form, loose_from: int) -> Q:
    return reduce(and_, [_holds_word(text, spaceless, word, loose_from) for word in form.words])


def _holds_word(text: str, spaceless: str, word: str, loose_from: int) -> Q:
    """Hangul has no case; folding a long text costs more than looking through it.

    So does taking out its spaces: that is for texts that do not hold the word as it is.
    """
    lookup = "contains" if word.lower() == word.upper() else "icontains"
    as_it_is = Q(**{f"{text}__{lookup}": word})
    if not is_spaceless(word, loose_from):
        return as_it_is
    if len(word) < SPACELESS_FROM:
        return as_it_is | Q(**{f"{text}__regex": with_spaces(word)})
    return as_it_is | Q(**{f"{spaceless}__{lookup}": word})
