"""The way a campaign came: what editors wrote, and what the site knows of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from home.dates import korean_date
from home.models import BasePage
from home.presenters.latest import article_models, latest_texts

from ..models import CampaignPage


@dataclass(frozen=True)
class Event:
    """Something on the way of a campaign. ``when`` says as much of the day as is known."""

    day: date
    when: str
    label: str
    title: str
    text: str = ""
    url: str = ""
    page_id: int | None = None


def read_events(page: CampaignPage, actions: list[BasePage] | None = None) -> list[Event]:
    """All that has happened by today, the latest first. A page stands there once.

    Where a milestone leads to a page of the campaign, the editor's words stand for it.
    """
    if actions is None:
        actions = page.action_pages
    milestones = list(_milestones(page))
    told = {event.page_id for event in milestones} - {None}
    known = [event for event in _known(page, actions) if event.page_id not in told]
    today = timezone.localdate()
    past = [event for event in (*milestones, *known) if event.day <= today]
    return sorted(past, key=lambda event: event.day, reverse=True)


def _known(page: CampaignPage, actions: list[BasePage]) -> Iterator[Event]:
    yield from _texts(page)
    yield from _openings(actions)
    yield from _hand_overs(page)
    yield from _stages(page)


def _milestones(page: CampaignPage) -> Iterator[Event]:
    for block in page.milestones:
        entry = block.value
        target = entry["page"] if entry["page"] and entry["page"].live else None
        if entry["day"]:
            yield Event(
                day=entry["day"],
                when=entry.when,
                label="",
                title=entry["title"],
                text=entry["text"],
                url=(target.url or "") if target else "",
                page_id=target.pk if target else None,
            )


def _texts(page: CampaignPage) -> Iterator[Event]:
    """News, statements, reports … that say they belong to this campaign."""
    for text in latest_texts(article_models(), Q(campaign_id=page.pk)) if page.pk else ():
        yield Event(
            day=text.published_on,
            when=korean_date(text.published_on),
            label=text.kind_label,
            title=text.title,
            text=text.summary,
            url=text.url,
            page_id=text.pk,
        )


def _openings(actions: list[BasePage]) -> Iterator[Event]:
    for action in actions:
        moment, label = _place_of(action)
        if moment:
            yield Event(
                day=_day(moment),
                when=korean_date(moment),
                label=label,
                title=action.title,
                url=action.url or "",
                page_id=action.pk,
            )


def _place_of(action: BasePage) -> tuple[datetime | None, str]:
    """When it began; something that takes place on a day stands on that one, in its own words."""
    if own := getattr(action, "on_timeline", None):
        return own()
    opened = getattr(action, "opens_at", None) or action.first_published_at
    return opened, pgettext("event of a campaign", "Opened")


def _day(moment: datetime) -> date:
    return timezone.localdate(moment)


def _hand_overs(page: CampaignPage) -> Iterator[Event]:
    for record in page.hand_overs.all():
        yield Event(
            day=record.handed_over_on,
            when=record.when,
            label=pgettext("event of a campaign", "Handed over"),
            title=record.what,
            text=_("To: %(recipient)s") % {"recipient": record.recipient},
        )


def _stages(page: CampaignPage) -> Iterator[Event]:
    label = pgettext("event of a campaign", "Bill")
    for stage in page.bill_stages.all():
        if stage.reached_on:
            title = str(stage.get_stage_display())
            yield Event(stage.reached_on, korean_date(stage.reached_on), label, title)
    if page.bill_ending and page.bill_ended_on:
        title = str(page.get_bill_ending_display())
        yield Event(page.bill_ended_on, korean_date(page.bill_ended_on), label, title)
