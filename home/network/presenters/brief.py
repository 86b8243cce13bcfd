"""The network on the front page: a few bodies, the regions that have something, the members."""

from dataclasses import dataclass

from wagtail.models import Page

from home.publishing import UntilPublished

from ..models import Body, BodyIndexPage, Organisation, OrganisationIndexPage, RegionIndexPage
from .regions import RegionEntry, read_regions

SHOWN_BODIES = 8
SHOWN_MEMBERS = 12


@dataclass(frozen=True)
class NetworkInBrief:
    """Addresses are empty where the page does not exist, or is not published."""

    bodies: tuple[Body, ...]
    bodies_url: str
    regions: tuple[RegionEntry, ...]
    regions_url: str
    members: tuple[str, ...]
    members_count: int
    members_url: str

    @property
    def more_members(self) -> int:
        return self.members_count - len(self.members)


def _read_brief() -> NetworkInBrief:
    urls = _addresses(BodyIndexPage, RegionIndexPage, OrganisationIndexPage)
    bodies = Body.objects.exclude(status=Body.Status.ENDED).exclude(kind=Body.Kind.OUTSIDE)
    members = list(Organisation.objects.members().in_order().values_list("name", flat=True))
    return NetworkInBrief(
        bodies=tuple(bodies[:SHOWN_BODIES]),
        bodies_url=urls.get(BodyIndexPage, ""),
        regions=tuple(entry for entry in read_regions() if not entry.is_empty),
        regions_url=urls.get(RegionIndexPage, ""),
        members=tuple(members[:SHOWN_MEMBERS]),
        members_count=len(members),
        members_url=urls.get(OrganisationIndexPage, ""),
    )


def _addresses(*models: type[Page]) -> dict[type[Page], str]:
    pages = Page.objects.live().public().type(*models).order_by("path")
    return {page.specific_class: page.url for page in pages if page.url}


network_in_brief = UntilPublished(_read_brief)
