"""What signing needs to know of a petition, read once and kept until something is published."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.models import Site

from home.network.models import Region
from home.publishing import UntilPublished
from privacy.models import ConsentDefinition, ConsentVersion, RenderedConsent

from ..exceptions import PetitionNotFoundError
from ..models import PetitionPage

FORM_VERSION_LENGTH = 16
KINDS_TO_ASK = {ConsentDefinition.Kind.COLLECTION, ConsentDefinition.Kind.AGE}


@dataclass(frozen=True)
class PetitionState:
    """A live petition as the sign form sees it. ``consents`` pairs version ids with their text."""

    page: PetitionPage
    path: str
    revision_id: int | None
    consents: tuple[tuple[int, RenderedConsent], ...]
    regions: tuple[tuple[str, str], ...]
    region_ids: dict[str, int] = field(hash=False)

    @property
    def petition_id(self) -> int:
        return int(self.page.pk)

    @property
    def is_open(self) -> bool:
        return bool(self.page.is_open(timezone.now()))

    @property
    def is_ready(self) -> bool:
        """Whether the form asks for what the law wants asked before the first name is taken."""
        return {consent.kind for _version_id, consent in self.consents} >= KINDS_TO_ASK

    @cached_property
    def form_version(self) -> str:
        """Names what a person reads and chooses from: the text, the consents, the regions.

        Equal for everybody to whom the same form is shown, in every process.
        """
        consents = [(version_id, consent.text_hash) for version_id, consent in self.consents]
        shown = json.dumps([self.revision_id, consents, self.regions])
        return hashlib.sha256(shown.encode()).hexdigest()[:FORM_VERSION_LENGTH]


def _read_state(asked: str | PetitionPage) -> PetitionState | None:
    page = asked if isinstance(asked, PetitionPage) else _find_page(asked)
    return page and _state(page, _live_consents(page))


def _find_page(path: str) -> PetitionPage | None:
    site = Site.objects.select_related("root_page").filter(is_default_site=True).first()
    if site is None:
        return None
    address = site.root_page.url_path + path.strip("/") + "/"
    return PetitionPage.objects.live().filter(url_path=address).first()


def state_of(page: PetitionPage) -> PetitionState:
    """The state of a page as given, also of a draft in preview."""
    return _state(page, _consents(page))


def _state(page: PetitionPage, versions: Iterable[ConsentVersion]) -> PetitionState:
    path = page.get_url_parts()[2] if page.pk and page.get_url_parts() else "/"
    regions = list(Region.objects.current().sign_choices())
    return PetitionState(
        page=page,
        path=path,
        revision_id=page.live_revision_id,
        consents=tuple((version.pk, render_consent(version, page)) for version in versions),
        regions=tuple((region.code, region.name) for region in regions),
        region_ids={region.code: region.pk for region in regions},
    )


def _live_consents(page: PetitionPage) -> Iterable[ConsentVersion]:
    """As ``_consents`` of what is stored, with one query in place of two."""
    asked = ConsentVersion.objects.filter(definition__petition_consents__page=page)
    in_order = asked.order_by("definition__petition_consents__sort_order", "number")
    return {row.definition_id: row for row in in_order.select_related("definition")}.values()


def _consents(page: PetitionPage) -> Iterable[ConsentVersion]:
    chosen = page.petition_consents.select_related("definition").order_by("sort_order")
    definitions = [consent.definition_id for consent in chosen]
    versions = ConsentVersion.objects.latest_of(definitions)
    return [versions[pk] for pk in definitions if pk in versions]


def render_consent(version: ConsentVersion, page: PetitionPage) -> RenderedConsent:
    """A consent's words as this petition's form shows them."""
    return version.render(
        petition=page.title,
        recipients=page.roll_recipients or page.addressees,
        retention=str(page.retention_months),
    )


_states = UntilPublished(_read_state, seconds=30)


def petition_state(path: str) -> PetitionState:
    """The live petition at a site path such as ``campaigns/basic-act/petition``.

    Raises PetitionNotFoundError.
    """
    state = _states(path.strip("/"))
    if state is None:
        raise PetitionNotFoundError
    assert isinstance(state, PetitionState)
    return state


def state_of_live(page: PetitionPage) -> PetitionState:
    """As ``petition_state``, where the page is at hand; from now on it may be kept."""
    parts = page.get_url_parts()
    state = _states.about(page, parts[2].strip("/")) if parts else None
    if isinstance(state, PetitionState) and state.revision_id == page.live_revision_id:
        return state
    return state_of(page)


def forget_states() -> None:
    _states.forget()
