"""The front page with what it takes from other pages."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q
from wagtail.models import Page, get_page_models

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
class Front:
    """What is read once, until something is published. What depends on the hour is asked anew."""

    lead: Page | None
    actions: tuple[BasePage, ...]
    band: Band | None
    texts: tuple[LatestText, ...]
    picture: SiteImage | None
    texts_url: str

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
        return _events()[:EVENTS]

    @property
    def first_text(self) -> LatestText | None:
        return self.texts[0] if self.texts else None

    @property
    def more_texts(self) -> tuple[LatestText, ...]:
        return self.texts[1:]


def read_front(page: HomePage) -> Front:
    private = Page.objects.private_q()
    lead = Page.objects.live().exclude(private).filter(pk=page.lead_page_id).specific().first()
    texts = tuple(latest_texts([StatementPage, NewsPage, OpEdPage], limit=TEXTS))
    index = StatementIndexPage.objects.live().first()
    return Front(
        lead=lead,
        actions=tuple(_actions(lead, private)),
        band=_band(page),
        texts=texts,
        picture=texts[0].picture if texts else None,
        texts_url=index.url or "" if index else "",
    )


def _actions(lead: Page | None, private: Q) -> Iterator[BasePage]:
    """Pages to take part with, below live pages; those of the lead campaign first."""
    found = [
        page
        for model in get_page_models()
        if getattr(model, "is_action", False)
        for page in model.objects.live().exclude(private).order_by("path")
    ]
    parents = {page.path[: -Page.steplen] for page in found}
    live = set(Page.objects.live().filter(path__in=parents).values_list("path", flat=True))
    shown = [page for page in found if page.path[: -Page.steplen] in live]
    yield from sorted(shown, key=lambda page: not (lead and page.path.startswith(lead.path)))


def _band(page: HomePage) -> Band | None:
    for block in page.numbers:
        value = block.value
        numbers = (Number(n["label"], n.shown, n["unit"], n["note"]) for n in value["numbers"])
        return Band(value["heading"], value["as_of"], tuple(numbers))
    return None


def _read_live(pk: int, _revision: int | None) -> Front | None:
    page = HomePage.objects.filter(pk=pk).first()
    return read_front(page) if page else None


_front = UntilPublished(_read_live)
_events = UntilPublished(upcoming_events)


def present_front(page: HomePage, *, is_draft: bool) -> Front:
    """The front page as published; as a draft, as the editor has it."""
    kept = None if is_draft else _front(page.pk, page.live_revision_id)
    return kept or read_front(page)
