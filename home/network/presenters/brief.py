"""The network on the front page: a few bodies, the regions that have something, the members."""

from dataclasses import dataclass

from wagtail.models import Page

from home.publishing import UntilPublished
from home.requests import page_map

from ..models import Body, BodyIndexPage, OrganisationIndexPage, Region, RegionIndexPage
from .overview import Overview, overview
from .regions import region_anchor

SHOWN_BODIES = 8
SHOWN_MEMBERS = 12


@dataclass(frozen=True)
class RegionLink:
    region: Region

    @property
    def anchor(self) -> str:
        return region_anchor(self.region)


@dataclass(frozen=True)
class NetworkInBrief:
    """Addresses are empty where the page does not exist, or is not published."""

    bodies: tuple[Body, ...]
    bodies_url: str
    regions: tuple[RegionLink, ...]
    regions_url: str
    members: tuple[str, ...]
    members_count: int
    members_url: str

    @property
    def more_members(self) -> int:
        return self.members_count - len(self.members)


def _read_brief() -> NetworkInBrief:
    known, members = overview(), overview().members(None)
    return NetworkInBrief(
        bodies=tuple(_bodies(known)[:SHOWN_BODIES]),
        bodies_url=_address(BodyIndexPage),
        regions=tuple(RegionLink(region) for region in _regions(known)),
        regions_url=_address(RegionIndexPage),
        members=tuple(row.name for row in members[:SHOWN_MEMBERS]),
        members_count=len(members),
        members_url=_address(OrganisationIndexPage),
    )


def _bodies(known: Overview) -> list[Body]:
    ours = [body for body in known.bodies if body.status != Body.Status.ENDED]
    return [body for body in ours if body.kind != Body.Kind.OUTSIDE]


def _regions(known: Overview) -> list[Region]:
    filled = known.with_texts | {row.region_id for row in known.members(None)}
    return [region for region in known.regions if region.pk in filled]


def _address(model: type[Page]) -> str:
    pages = page_map()
    found = pages.open_pages(model) if pages else []
    return (found[0].url or "") if found else ""


network_in_brief = UntilPublished(_read_brief)
