"""What a page is before its editor has written a word: an address and the parts of its kind."""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils import timezone
from wagtail.models import Page

from .. import defaults
from ..models import Article, BasePage, ReportPage

Blocks = Iterable[tuple[str, Any]]


def prepare_new_page(page: Page, *, parent: Page) -> None:
    """Fill in a page that an editor is about to write; nothing is saved."""
    if not isinstance(page, BasePage):
        return
    if fill := STARTS.get(page._meta.label_lower):
        fill(page)
    page.slug = page.free_slug(page.proposed_slug(), parent)


def prepare_copy(copy: Page) -> None:
    """Date a copy anew, and a report for the next year; saved as a draft."""
    draft = copy.specific.get_latest_revision_as_object()
    if isinstance(draft, Article):
        draft.published_on = timezone.localdate()
        if isinstance(draft, ReportPage):
            draft.year += 1
        if not draft.live:
            draft.save(clean=False)
        draft.save_revision(clean=False)


def _news(page: Any) -> None:
    page.body = _blocks(defaults.NEWS_BODY)


def _statement(page: Any) -> None:
    page.gist = defaults.GIST
    page.body = _blocks(defaults.STATEMENT_BODY)


def _report(page: Any) -> None:
    page.year = timezone.localdate().year
    page.sections = _blocks(
        ("section", {"part": part, "body": _blocks([("text", f"<p>{defaults.hint(words)}</p>")])})
        for part, words in defaults.REPORT_PARTS.items()
    )


def _op_ed(page: Any) -> None:
    page.gist = defaults.GIST
    page.excerpt = defaults.OP_ED_EXCERPT


def _resource(page: Any) -> None:
    page.body = _blocks(defaults.RESOURCE_BODY)


def _campaign(page: Any) -> None:
    page.asks = _blocks(defaults.CAMPAIGN_ASKS)
    page.body = _blocks(defaults.CAMPAIGN_BODY)
    page.questions = _blocks(defaults.CAMPAIGN_QUESTIONS)


def _blocks(blocks: Blocks) -> list[dict[str, Any]]:
    """As the database has them: only of these Wagtail fills in what a block leaves unsaid.

    The editor's form would write "undefined" in its place.
    """
    return [{"type": kind, "value": value} for kind, value in blocks]


STARTS: dict[str, Callable[[Any], None]] = {
    "home.newspage": _news,
    "home.statementpage": _statement,
    "home.reportpage": _report,
    "home.opedpage": _op_ed,
    "home.resourcepage": _resource,
    "campaigns.campaignpage": _campaign,
}
