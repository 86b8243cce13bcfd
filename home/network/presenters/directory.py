"""The directory of member organisations, in the order of the Korean alphabet."""

from dataclasses import dataclass
from itertools import groupby

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from home.publishing import UntilPublished
from home.sorting import initial

from ..forms import DirectoryForm
from ..models import Organisation

NATIONWIDE = "nationwide"


@dataclass(frozen=True)
class Letter:
    """A part of the directory; ``anchor`` is where the index leads to."""

    letter: str
    anchor: str
    organisations: tuple[Organisation, ...]


def _read_members() -> tuple[Organisation, ...]:
    members = Organisation.objects.members().in_order()
    return tuple(members.select_related("sector", "region"))


_members = UntilPublished(_read_members)


def _region_code(organisation: Organisation) -> str:
    return organisation.region.code if organisation.region else NATIONWIDE


@dataclass(frozen=True)
class Directory:
    """All member organisations, or those of a sector and a region."""

    query: dict[str, str]

    @cached_property
    def form(self) -> DirectoryForm:
        sectors = {row.sector.slug: row.sector for row in _members() if row.sector}
        regions = {_region_code(row): row for row in _members()}
        in_order = sorted(regions.items(), key=lambda pair: _place_in_list(pair[1]))
        return DirectoryForm(
            self.query,
            sectors=[
                (slug, sector.name)
                for slug, sector in sorted(
                    sectors.items(), key=lambda pair: (pair[1].sort_order, pair[1].name)
                )
            ],
            regions=[
                (code, row.region.name if row.region else _("Nationwide")) for code, row in in_order
            ],
        )

    @property
    def can_be_narrowed(self) -> bool:
        """Whether there is more than "All" and one other to choose."""
        return any(len(field.field.choices) > 2 for field in self.form)

    @property
    def is_narrowed(self) -> bool:
        return bool(self.form.chosen)

    @cached_property
    def organisations(self) -> tuple[Organisation, ...]:
        chosen = self.form.chosen
        return tuple(
            row
            for row in _members()
            if chosen.get("sector") in (None, row.sector and row.sector.slug)
            and chosen.get("region") in (None, _region_code(row))
        )

    @property
    def affiliates(self) -> int:
        return sum(row.affiliates or 0 for row in self.organisations)

    @cached_property
    def letters(self) -> tuple[Letter, ...]:
        grouped = groupby(self.organisations, key=lambda row: initial(row.name))
        found: dict[str, list[Organisation]] = {}
        for letter, rows in grouped:
            found.setdefault(letter, []).extend(rows)
        return tuple(
            Letter(letter, f"letter-{number}", tuple(rows))
            for number, (letter, rows) in enumerate(found.items(), start=1)
        )


def _place_in_list(row: Organisation) -> tuple[int, str]:
    return (row.region.sort_order, row.region.code) if row.region else (-1, "")
