"""What all lists of rows have in common that the public or the system made."""

from django.urls import path
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

COUNTED = 10_000


class CappedPaginator(WagtailPaginator):
    """Counts no further than it can be paged through, so a million rows cost no more than these.

    Whoever looks for an older row filters or searches.
    """

    @cached_property
    def count(self):
        return self.object_list.order_by()[:COUNTED].count()

    @cached_property
    def items_count_label(self):
        if self.count < COUNTED:
            return super().items_count_label
        return _("The first %(count)d; filter to see others") % {"count": COUNTED}


class RowsIndexView(generic.IndexView):
    paginator_class = CappedPaginator
    any_permission_required = ["view", "change"]
    # Wagtail answers ?export= on every list, allowed or not.
    FORMATS = ()


class RowsViewSet(ModelViewSet):
    """A list that staff read. Nobody adds, edits, deletes or exports its rows by hand."""

    index_view_class = RowsIndexView
    add_to_reference_index = False
    inspect_view_enabled = True
    copy_view_enabled = False
    list_per_page = 50

    def get_common_view_kwargs(self, **kwargs):
        absent = ("history", "usage", "add", "edit", "delete")
        return super().get_common_view_kwargs(
            **{f"{name}_url_name": None for name in absent}, **kwargs
        )

    def register_admin_url_finder(self):
        """There is no page on which a row could be edited."""

    def get_urlpatterns(self):
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
        ]
