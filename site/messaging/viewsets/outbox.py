"""Outgoing mail as staff see it: without a single address."""

import uuid

import django_filters
from django import forms
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from desk.viewsets import RowsIndexView, RowsViewSet

from ..exceptions import NotRetryableError
from ..models import OutboxMessage
from ..registry import purposes
from ..services import retry_failed

MOST_AT_ONCE = 1000
State = OutboxMessage.State


class OutboxFilterSet(WagtailFilterSet):
    state = django_filters.MultipleChoiceFilter(
        label=gettext_lazy("State"),
        choices=State.choices,
        widget=forms.CheckboxSelectMultiple,
        distinct=False,
    )
    created_at = django_filters.DateFromToRangeFilter(
        label=gettext_lazy("Day"), widget=DateRangePickerWidget
    )

    class Meta:
        model = OutboxMessage
        fields = []


class SendAgainColumn(Column):
    """A button on each failed mail."""

    cell_template_name = "messaging/admin/send_again_cell.html"

    def get_cell_context_data(self, instance, parent_context):
        context = super().get_cell_context_data(instance, parent_context)
        request = parent_context["request"]
        return {**context, "is_failed": instance.state == State.FAILED, "csrf": get_token(request)}


class OutboxIndexView(RowsIndexView):
    retry_all_url_name = None

    @cached_property
    def can_retry(self):
        return self.request.user.has_perm("messaging.retry_outboxmessage")

    def order_queryset(self, queryset):
        return queryset.order_by("-created_at")

    @cached_property
    def columns(self):
        columns = [
            Column("purpose", label=_("Mail"), accessor=_label),
            StatusTagColumn(
                "state",
                label=_("State"),
                accessor="get_state_display",
                primary=lambda row: row.state == State.SENT,
            ),
            Column("attempts", label=_("Attempts")),
            Column("last_error", label=_("Last error")),
            DateColumn("created_at", label=_("Written")),
            DateColumn("sent_at", label=_("Sent")),
        ]
        if self.can_retry:
            columns.append(SendAgainColumn("again", label=_("Send again")))
        return columns

    def get_context_data(self, **kwargs):
        failed = OutboxMessage.objects.failed().count() if self.can_retry else 0
        return super().get_context_data(
            failed=failed, retry_all_url=reverse(self.retry_all_url_name), **kwargs
        )


def _label(message):
    known = purposes.get(message.purpose)
    return str(known.label) if known else message.purpose


class SendAgainView(PermissionCheckedMixin, View):
    """Puts one failed mail back into the queue, or all of them."""

    model = OutboxMessage
    permission_required = "retry"
    index_url_name = None
    http_method_names = ["post"]

    def post(self, request, pk: uuid.UUID | None = None):
        failed = OutboxMessage.objects.failed().order_by("created_at")
        chosen = [pk] if pk else list(failed.values_list("pk", flat=True)[:MOST_AT_ONCE])
        count = sum(_retry(message_id) for message_id in chosen)
        if count:
            told = ngettext(
                "%(count)d mail will be sent again.", "%(count)d mails will be sent again.", count
            )
            messages.success(request, told % {"count": count})
        else:
            messages.error(request, _("Nothing to send again: no such mail has failed."))
        return redirect(reverse(self.index_url_name) + "?state=failed")


def _retry(message_id: uuid.UUID) -> bool:
    try:
        retry_failed(message_id)
    except NotRetryableError:
        return False
    return True


class OutboxViewSet(RowsViewSet):
    """What the worker sends, has sent and could not send."""

    model = OutboxMessage
    name = "outgoing-mail"
    icon = "mail"
    menu_label = gettext_lazy("Outgoing mail")
    index_view_class = OutboxIndexView
    filterset_class = OutboxFilterSet
    index_template_name = "messaging/admin/outbox.html"
    index_results_template_name = "wagtailadmin/generic/listing_results.html"

    def get_common_view_kwargs(self, **kwargs):
        return super().get_common_view_kwargs(
            retry_all_url_name=self.get_url_name("send-all-again"), **kwargs
        )

    def get_urlpatterns(self):
        again = self.construct_view(SendAgainView)
        return [
            *super().get_urlpatterns(),
            path("send-again/", again, name="send-all-again"),
            path("<uuid:pk>/send-again/", again, name="send-again"),
        ]
