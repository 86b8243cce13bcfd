"""The foot of a list that is cut into pages."""

from home.presenters.lists import PageLink


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
