"""All that a campaign's page shows, read once and kept until something is published."""

from dataclasses import dataclass

from django.db.models import prefetch_related_objects
from django.utils.safestring import SafeString, mark_safe
from wagtail.rich_text import expand_db_html

from home.models import BasePage, Contact
from home.presenters.actions import ActionCard, is_open, make_cards
from home.publishing import UntilPublished
from home.sorting import sorting_name

from ..models import CampaignPage, HandOver, Outcome
from .events import Event, read_events

FIRST_EVENTS = 6
FIRST_ORGANISATIONS = 20


@dataclass(frozen=True)
class Answer:
    question: str
    text: SafeString


@dataclass(frozen=True)
class Hub:
    """What depends on the hour is asked anew each time."""

    page: CampaignPage
    body: SafeString
    actions: tuple[BasePage, ...]
    events: tuple[Event, ...]
    hand_overs: tuple[HandOver, ...]
    outcomes: tuple[Outcome, ...]
    organisations: tuple[str, ...]
    files: tuple[object, ...]
    answers: tuple[Answer, ...]
    contact: Contact | None

    @property
    def open_actions(self) -> list[BasePage]:
        return [page for page in self.actions if is_open(page)]

    @property
    def first_action(self) -> BasePage | None:
        """What people can do now, else what they could."""
        return next(iter([*self.open_actions, *self.actions]), None)

    @property
    def cards(self) -> list[ActionCard]:
        """All ways to take part, where the card at the top does not show them."""
        pages = self.open_actions
        return make_cards(pages) if len(pages) > 1 else []

    @property
    def first_events(self) -> tuple[Event, ...]:
        return self.events[:FIRST_EVENTS]

    @property
    def more_events(self) -> tuple[Event, ...]:
        return self.events[FIRST_EVENTS:]

    @property
    def first_organisations(self) -> tuple[str, ...]:
        return self.organisations[:FIRST_ORGANISATIONS]

    @property
    def more_organisations(self) -> tuple[str, ...]:
        return self.organisations[FIRST_ORGANISATIONS:]


def read_hub(page: CampaignPage) -> Hub:
    hand_overs = sorted(page.hand_overs.all(), key=lambda one: one.handed_over_on, reverse=True)
    prefetch_related_objects(hand_overs, "picture__renditions", "receipt")
    files = [child.value for child in page.toolkit]
    return Hub(
        page=page,
        body=page.body.render_as_block({"page": page}) if page.body else SafeString(""),
        actions=tuple(page.action_pages),
        events=tuple(read_events(page)),
        hand_overs=tuple(hand_overs),
        outcomes=tuple(page.outcomes.all()),
        organisations=tuple(_organisations(page)),
        files=tuple(file for file in files if file.documents),
        answers=tuple(_answer(child.value) for child in page.questions),
        contact=page.contact,
    )


def _organisations(page: CampaignPage) -> list[str]:
    """Those of the directory and those that are only named, each once, in one order."""
    lines = (line.strip() for line in page.more_organisations.splitlines())
    names = {row.name for row in page.organisations.all()} | {line for line in lines if line}
    return sorted(names, key=sorting_name)


def _answer(value) -> Answer:
    # As the filter richtext does; links to pages are looked up here, once.
    text = mark_safe(expand_db_html(value["answer"].source))  # noqa: S308 (cleaned when saved)
    return Answer(value["question"], text)


def _read_live(pk: int, _revision_id: int | None) -> Hub | None:
    page = CampaignPage.objects.select_related("contact").filter(pk=pk).first()
    if page is None:
        return None
    hub = read_hub(page)
    hub.page.bill_steps  # noqa: B018 (asks the database now, not at each visit)
    return hub


_hub = UntilPublished(_read_live)


def present_hub(page: CampaignPage, *, is_draft: bool) -> Hub:
    """The hub as published; as a draft, as the editor has it."""
    kept = None if is_draft else _hub(page.pk, page.live_revision_id)
    return kept or read_hub(page)
