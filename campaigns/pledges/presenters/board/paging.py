"""The foot of a list that is cut into pages."""

from django.core.paginator import Paginator
from django.db.models import Count, Subquery

from home.presenters.lists import PageLink


class CountedPages(Paginator):
    """Reads the rows of a page and how many there are in all with one query.

    They are rows of one election, so that its key gathers all of them.
    """

    def page(self, number):
        begin = (max(number, 1) - 1) * self.per_page
        whole = self.object_list.order_by().values("election").annotate(number=Count("pk"))
        counted = self.object_list.annotate(in_all=Subquery(whole.values("number")))
        rows = list(counted[begin : begin + self.per_page])
        if rows:
            self.count = rows[0].in_all
        return self._get_page(rows, self.validate_number(number), self)


class Paged:
    """For presenters with a ``page`` of a paginator; ``page_url`` gives the address of one."""

    @property
    def page_links(self):
        here, paginator = self.page.number, self.page.paginator
        return [
            PageLink(None, "", is_current=False)
            if number == paginator.ELLIPSIS
            else PageLink(number, self.page_url(number), is_current=number == here)
            for number in paginator.get_elided_page_range(here, on_each_side=1, on_ends=1)
        ]

    @property
    def previous_url(self):
        return self.page_url(self.page.number - 1) if self.page.has_previous() else ""

    @property
    def next_url(self):
        return self.page_url(self.page.number + 1) if self.page.has_next() else ""
