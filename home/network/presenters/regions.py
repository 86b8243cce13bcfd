"""The provinces of today with the organisations there and the latest texts about them."""

from dataclasses import dataclass

from home.presenters.latest import LatestText, latest_texts_by_region
from home.publishing import UntilPublished

from ..models import Organisation, Region

LATEST = 3


@dataclass(frozen=True)
class RegionEntry:
    region: Region
    organisations: tuple[Organisation, ...]
    texts: tuple[LatestText, ...]

    @property
    def anchor(self) -> str:
        return region_anchor(self.region)

    @property
    def is_empty(self) -> bool:
        return not self.organisations and not self.texts


def region_anchor(region: Region) -> str:
    return f"region-{region.code}"


def _read_regions() -> tuple[RegionEntry, ...]:
    organisations: dict[int, list[Organisation]] = {}
    for row in Organisation.objects.members().in_order().exclude(region=None):
        organisations.setdefault(row.region_id, []).append(row)
    texts = latest_texts_by_region(LATEST)
    return tuple(
        RegionEntry(
            region, tuple(organisations.get(region.pk, ())), tuple(texts.get(region.pk, ()))
        )
        for region in Region.objects.sign_choices()
    )


read_regions = UntilPublished(_read_regions)
