"""An article with what stands around its text, read once and kept until something is published."""

from dataclasses import dataclass

from django.utils.functional import cached_property
from django.utils.safestring import SafeString

from ..models import Article
from ..publishing import UntilPublished
from ..requests import page_map, prepare

NEXT = 3
FIRST_SIGNATORIES = 8


@dataclass(frozen=True)
class Surroundings:
    """What a page takes from other rows than its own."""

    body: SafeString
    picture: object
    topics: tuple[str, ...]
    campaign: object
    others: tuple[Article, ...]


def read_surroundings(page: Article) -> Surroundings:
    campaign = page.campaign
    return Surroundings(
        body=page.body.render_as_block({"page": page}) if page.body else SafeString(""),
        picture=page.picture,
        topics=_topics(page),
        campaign=campaign if campaign and campaign.live else None,
        others=tuple(_others(page)),
    )


def _topics(page: Article) -> tuple[str, ...]:
    region = [page.region.short_name] if page.region else []
    return (*(theme.name for theme in page.themes.all()), *region)


def _others(page: Article) -> list[Article]:
    """The next texts of the same kind, those of the same campaign first."""
    siblings = type(page).objects.sibling_of(page, inclusive=False).live()
    open_ones = siblings.filter(view_restrictions=None).defer_streamfields()
    newest = list(open_ones.order_by("-published_on", "-pk")[: NEXT * 4])
    if page.campaign_id:
        newest.sort(key=lambda other: other.campaign_id != page.campaign_id)
    return newest[:NEXT]


def _read_live(page: Article) -> Surroundings:
    prepare(page)
    return read_surroundings(page)


_surroundings = UntilPublished(_read_live)


class ArticlePresenter:
    """``page`` as it is published; as a draft, as the editor has it."""

    def __init__(self, page: Article, *, is_draft: bool = False) -> None:
        self.page = page
        self.is_draft = is_draft

    @cached_property
    def _around(self) -> Surroundings:
        if self.is_draft:
            return read_surroundings(self.page)
        return _surroundings.about(self.page, self.page.pk, self.page.live_revision_id)

    @property
    def body(self) -> SafeString:
        return self._around.body

    @property
    def picture(self) -> object:
        return self._around.picture

    @property
    def topics(self) -> tuple[str, ...]:
        return self._around.topics

    @property
    def campaign(self) -> object:
        return self._around.campaign

    @cached_property
    def action(self) -> object:
        """What a reader can do, with its numbers as of now."""
        target, known = self.page.action_page, page_map()
        if self.is_draft or known is None or target is None:
            return self.page.action
        return next(iter(known.read_cards([target])), None)

    @property
    def others(self) -> tuple[Article, ...]:
        return self._around.others

    @cached_property
    def files(self) -> list:
        return self.page.attachments


class StatementPresenter(ArticlePresenter):
    @cached_property
    def signatories(self) -> list[str]:
        return self.page.signatory_list

    @property
    def first_signatories(self) -> list[str]:
        return self.signatories[:FIRST_SIGNATORIES]

    @property
    def more_signatories(self) -> list[str]:
        return self.signatories[FIRST_SIGNATORIES:]

    @property
    def is_embargoed(self) -> bool:
        """Whether an editor must see that the text waits for its hour."""
        return self.is_draft and self.page.is_embargoed

    @property
    def plain_text_url(self) -> str:
        return "" if self.is_draft or not self.page.url else f"{self.page.url}plain.txt"


class OpEdPresenter(ArticlePresenter):
    @property
    def shows_body(self) -> bool:
        """The whole text stands here only with the outlet's permission."""
        return self.page.may_reprint and bool(self.body)


class ResourcePresenter(ArticlePresenter):
    @cached_property
    def newest(self) -> object:
        return next(iter(self.page.file_versions), None)

    @cached_property
    def older(self) -> list:
        return self.page.file_versions[1:]
