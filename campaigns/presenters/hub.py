"""All that a campaign's page shows, read once and kept until something is published."""

from dataclasses import dataclass, replace
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from wagtail.rich_text import expand_db_html

from home.models import BasePage, Contact, SiteImage
from home.presenters.actions import ActionCard, is_open, make_cards
from home.publishing import UntilPublished
from home.requests import find_documents, page_map, prepare
from home.services import find_pictures, read_together, revive
from home.sorting import sorting_name

from ..models import CampaignPage, HandOver, Outcome
from .events import Event, read_events

ROWS = ("hand_overs", "outcomes", "bill_stages", "organisations")
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
    others: tuple[BasePage, ...] = ()  # Below it, to read: a board of answers.

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
    """As the page given has it: a draft."""
    hand_overs = list(page.hand_overs.all())
    _give_files(hand_overs, find_pictures(one.picture_id for one in hand_overs))
    return _compose(page, page.action_pages, hand_overs)


def _compose(page: CampaignPage, actions: list[BasePage], hand_overs: list[HandOver]) -> Hub:
    hand_overs = sorted(hand_overs, key=lambda one: one.handed_over_on, reverse=True)
    files = [child.value for child in page.toolkit]
    return Hub(
        page=page,
        body=page.body.render_as_block({"page": page}) if page.body else SafeString(""),
        actions=tuple(actions),
        events=tuple(read_events(page, actions)),
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


def _give_files(hand_overs: list[HandOver], pictures: dict[int, SiteImage]) -> None:
    receipts = find_documents({one.receipt_id for one in hand_overs} - {None})
    for one in hand_overs:
        one.picture, one.receipt = pictures.get(one.picture_id), receipts.get(one.receipt_id)


def _read_live(page_and_actions: tuple[CampaignPage, list[BasePage]]) -> Hub:
    page, actions = page_and_actions
    _read_rows(page)
    hand_overs = list(page.hand_overs.all())
    found = prepare(page, {SiteImage: [one.picture_id for one in hand_overs]})
    _give_files(hand_overs, found.get(SiteImage, {}))
    hub = _compose(page, actions, hand_overs)
    known = page_map()
    others = known.read_cards(known.others_of(page)) if known else []
    hub = replace(hub, others=tuple(others))
    hub.page.bill_steps  # noqa: B018 (asks the database now, not at each visit)
    return hub


def _read_rows(page: CampaignPage) -> None:
    """Give the page its rows of other tables: one query in place of one for each."""
    rows = {name: getattr(page, name).get_live_queryset() for name in ROWS}
    found = read_together({name: (all_of, _columns(all_of)) for name, all_of in rows.items()})
    for name, all_of in rows.items():
        getattr(page, name).set([revive(all_of.model, row) for row in found[name]])


def _columns(rows: Any) -> list[str]:
    return [field.attname for field in rows.model._meta.concrete_fields]


_hub = UntilPublished(_read_live)


def present_hub(page: CampaignPage, *, is_draft: bool) -> Hub:
    """The hub as published; as a draft, as the editor has it. Actions with their numbers of now."""
    known = page_map()
    if is_draft or known is None:
        return read_hub(page)
    actions = known.read_cards(known.actions_of(page))
    hub = _hub.about((page, actions), page.pk, page.live_revision_id)
    return replace(hub, actions=tuple(actions))
