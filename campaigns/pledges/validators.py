"""What the model fields of texts that go public refuse."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .text import articles_in_words, find_forbidden, find_ratings, wording_of


def check_wording(value: str) -> None:
    """Nothing for or against somebody."""
    _refuse(find_forbidden(value))


def check_comparison(value: str) -> None:
    """Nothing for or against somebody, and no points, ranks or grades."""
    _refuse([*find_forbidden(value), *find_ratings(value)])


def _refuse(words: list[str]) -> None:
    told = _(
        "“%(word)s” can't stand here (Public Official Election Act, %(articles)s). %(instead)s"
    )
    if errors := [ValidationError(told, code="wording", params=_values(word)) for word in words]:
        raise ValidationError(errors)


def _values(word: str) -> dict[str, object]:
    wording = wording_of(word)
    return {
        "word": word,
        "article": wording.article,
        "articles": articles_in_words(wording.article),
        "instead": wording.instead,
    }
