"""The front page with what it takes from other pages."""

from dataclasses import dataclass

from wagtail.models import Page

from ..models import (
    BasePage,
    HomePage,
    NewsPage,
    OpEdPage,
    SiteImage,
    StatementIndexPage,
    StatementPage,
)
from ..publishing import UntilPublished
from ..registry import UpcomingEvent, upcoming_events
from ..requests import PageMap, page_map, prepare
from ..services import find_pictures
from .actions import ActionCard, is_open, make_cards
from .latest import LatestText, latest_texts

TEXTS = 4
CARDS = 6
EVENTS = 3


@dataclass(frozen=True)
class Number:
    label: str
    count: int | None
    unit: str
    note: str


@dataclass(frozen=True)
class Band:
    """The dark band with numbers."""

    heading: str
    as_of: object
    numbers: tuple[Number, ...]


@dataclass(frozen=True)
class Kept:
    """What is read once, until something is published."""

    band: Band | None
    texts: tuple[LatestText, ...]
    texts_url: str

    @property
    def picture_id(self) -> int | None:
        """Of the text that is shown large."""
        return self.texts[0].picture_id if self.texts else None


@dataclass(frozen=True)
class Front:
    """``lead`` and ``actions`` are read anew: they say how many have signed, and what is open."""

    lead: Page | None
    actions: tuple[BasePage, ...]
    picture: SiteImage | None
    kept: Kept

    @property
    def lead_action(self) -> BasePage | None:
        """What the lead campaign asks people to do: what is open first."""
        own = [page for page in self.actions if self.lead and page.path.startswith(self.lead.path)]
        return next((page for page in own if is_open(page)), own[0] if own else None)

    @property
    def cards(self) -> list[ActionCard]:
        """What can be done now; nothing where the top of the page shows it all."""
        pages = [page for page in self.actions if is_open(page)][:CARDS]
        if pages == [self.lead_action]:
            return []
        return make_cards(pages)

    @property
    def events(self) -> list[UpcomingEvent]:
        """What takes place next."""
        return upcoming_events(self.actions)[:EVENTS]

    @property
    def band(self) -> Band | None:
        return self.kept.band

    @property
    def texts_url(self) -> str:
        return self.kept.texts_url

    @property
    def first_text(self) -> LatestText | None:
        return self.kept.texts[0] if self.kept.texts else None

    @property
    def more_texts(self) -> tuple[LatestText, ...]:
        return self.kept.texts[1:]


def _read_kept(page: HomePage) -> Kept:
    texts = tuple(latest_texts([StatementPage, NewsPage, OpEdPage], limit=TEXTS))
    known = page_map()
    index = next(iter(known.open_pages(StatementIndexPage) if known else ()), None)
    return Kept(
        band=_band(page),
        texts=texts,
        texts_url=index.url or "" if index else "",
    )


def _picture(page: HomePage, key: int | None, *, is_draft: bool) -> SiteImage | None:
    """Read together with those of the page itself."""
    found = {} if is_draft else prepare(page, {SiteImage: [key]})
    pictures = found.get(SiteImage) or find_pictures([key])
    return pictures.get(key)


def _lead(page: HomePage, known: PageMap) -> Page | None:
    lead = page.lead_page
    if lead is None or not known.is_open(lead):
        return None
    return getattr(lead, "campaignpage", None) or lead.specific


def _actions(lead: Page | None, known: PageMap) -> list[BasePage]:
    """Pages to take part with, below live pages; those of the lead campaign first."""
    open_to_all = [page for page in known.actions if known.is_open(page)]
    pages = known.read_cards(open_to_all)
    return sorted(pages, key=lambda page: not (lead and page.path.startswith(lead.path)))


def _band(page: HomePage) -> Band | None:
    for block in page.numbers:
        value = block.value
        numbers = (Number(n["label"], n.shown, n["unit"], n["note"]) for n in value["numbers"])
        return Band(value["heading"], value["as_of"], tuple(numbers))
    return None


_kept = UntilPublished(_read_kept)


def present_front(page: HomePage, *, is_draft: bool) -> Front:
    """The front page as published; as a draft, as the editor has it."""
    known = page_map()
    lead = _lead(page, known) if known else None
    kept = _read_kept(page) if is_draft else _kept.about(page, page.pk, page.live_revision_id)
    return Front(
        lead=lead,
        actions=tuple(_actions(lead, known) if known else ()),
        picture=_picture(page, kept.picture_id, is_draft=is_draft),
        kept=kept,
    )
