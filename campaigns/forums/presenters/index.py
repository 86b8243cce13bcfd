"""The list of forums: what comes next above, what has been below."""

from datetime import datetime

from django.core.paginator import InvalidPage, Paginator
from django.utils.functional import cached_property

from home.presenters.lists import PageLink

from ..models import ForumIndexPage, ForumPage

PER_PAGE = 20


class ForumListPresenter:
    """One page of a list. Raises InvalidPage where there is no page of that number."""

    def __init__(self, index: ForumIndexPage, number: str, now: datetime) -> None:
        self.index = index
        self.now = now
        if not (number.isascii() and number.isdigit()) or len(number) > 6:
            raise InvalidPage
        self.page = self._paginator.page(int(number))

    @cached_property
    def _paginator(self) -> Paginator:
        past = self._forums().filter(ends_at__lte=self.now)
        return Paginator(past.order_by("-starts_at", "-pk"), PER_PAGE)

    @staticmethod
    def _forums():
        return ForumPage.objects.live().public().defer_streamfields()

    @property
    def first_page(self) -> bool:
        return self.page.number == 1

    @cached_property
    def upcoming(self) -> list[ForumPage]:
        if not self.first_page:
            return []
        return list(self._forums().filter(ends_at__gt=self.now).order_by("starts_at", "pk"))

    @cached_property
    def past(self) -> list[ForumPage]:
        return list(self.page.object_list)

    def _url(self, number: int) -> str:
        address = self.index.url or ""
        return f"{address}?page={number}" if number > 1 else address

    @property
    def previous_url(self) -> str:
        return self._url(self.page.number - 1) if self.page.has_previous() else ""

    @property
    def next_url(self) -> str:
        return self._url(self.page.number + 1) if self.page.has_next() else ""

    @cached_property
    def page_links(self) -> list[PageLink]:
        here = self.page.number
        elided = self._paginator.get_elided_page_range(here, on_each_side=1, on_ends=1)
        return [
            PageLink(number, self._url(number), number == here)
            if isinstance(number, int)
            else PageLink(None, "", is_current=False)
            for number in elided
        ]
