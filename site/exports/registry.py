"""What can be exported. Each tool registers its sources when it starts."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django import forms

from accounts.models import User
from accounts.services import holds_somewhere

from .exceptions import NotAllowedError


@dataclass(frozen=True)
class Record:
    """One row of a file. ``subject`` is the public id of the person it is about."""

    subject: str
    cells: Sequence[str]


@dataclass(frozen=True)
class ExportSource:
    """One kind of file that may leave the site.

    ``choose`` is a form that says which rows; it is built with ``user=`` and its ``options()`` are
    plain values that name no person. ``count`` and ``records`` take those options and the person,
    whose scope they keep to; ``records`` reads in batches, in an order that does not change.
    """

    name: str
    label: object
    description: object
    permission: str
    data_set: str
    choose: type[forms.Form]
    columns: Callable[[Mapping[str, object]], Sequence[object]]
    count: Callable[[Mapping[str, object], User], int]
    records: Callable[[Mapping[str, object], User], Iterable[Record]]


_sources: dict[str, ExportSource] = {}


def register_source(source: ExportSource) -> None:
    """Offer a kind of file to those who have its permission."""
    _sources[source.name] = source


def sources_for(user: User) -> list[ExportSource]:
    """What this person may export, be it within a limit such as one region."""
    return [source for source in _sources.values() if holds_somewhere(user, source.permission)]


def source_named(name: str) -> ExportSource | None:
    """The source, unless its tool is gone."""
    return _sources.get(name)


def permitted_source(name: str, user: User) -> ExportSource:
    """The source, for who may use it now. Raises NotAllowedError."""
    source = source_named(name)
    if source is None or not holds_somewhere(user, source.permission):
        raise NotAllowedError
    return source
