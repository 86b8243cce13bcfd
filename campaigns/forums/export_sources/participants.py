"""Who comes to a forum, one line for each person."""

from collections.abc import Iterator, Mapping

from django import forms
from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.permissions import policy_registry

from accounts.models import User
from exports.registry import ExportSource, Record
from privacy.addresses import written_phone

from ..models import ForumPage, ForumSession, Order, Seat, Ticket
from ..policies import forums_within_reach
from ..services.rules import ORDERS

BATCH = 500
Options = Mapping[str, object]


class ParticipantChoice(forms.Form):
    """Of which forum, and whether those too who have not paid."""

    forum = forms.ModelChoiceField(
        label=_("Forum"),
        queryset=ForumPage.objects.none(),
        empty_label="—",
    )
    statuses = forms.MultipleChoiceField(
        label=_("Status"),
        choices=[(s.value, s.label) for s in (Order.Status.CONFIRMED, Order.Status.WAITING)],
        initial=[Order.Status.CONFIRMED],
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        forums = forums_within_reach(user, "forums.export_order").only("title")
        self.fields["forum"].queryset = forums.order_by("-starts_at", "-pk")

    def options(self) -> dict[str, object]:
        chosen = self.cleaned_data
        return {"forum": chosen["forum"].pk, "statuses": sorted(chosen["statuses"])}


def _rows(options: Options, user: User) -> QuerySet[Ticket]:
    """Tickets of people who still come, within this person's scope."""
    policy = policy_registry.get_by_type(Order)
    orders = policy.instances_user_has_permission_for(user, "export").filter(
        forum_id=options["forum"], status__in=options["statuses"]
    )
    return Ticket.objects.filter(order__in=orders, cancelled_at=None, anonymised_at=None)


def _columns(_options: Options) -> list[object]:
    return [
        *(_("Reference"), _("Name"), _("Organisation"), _("E-mail"), _("Mobile phone")),
        *(_("Status"), _("Sessions"), pgettext_lazy("participant", "Meal"), _("About the meal")),
        pgettext_lazy("participant", "Came in"),
    ]


def _count(options: Options, user: User) -> int:
    return _rows(options, user).count()


def _records(options: Options, user: User) -> Iterator[Record]:
    """By key, so that a long export holds no cursor and reads each batch as it is then."""
    seats = Seat.objects.filter(released_at=None).select_related("session", "check_in")
    rows = _rows(options, user).select_related("order").order_by("pk")
    rows = rows.prefetch_related(Prefetch("seats", queryset=seats.order_by("session__starts_at")))
    last = 0
    while batch := list(rows.filter(pk__gt=last)[:BATCH]):
        last = batch[-1].pk
        for ticket in batch:
            yield Record(str(ticket.order.public_id), _cells(ticket))


def _cells(ticket: Ticket) -> list[str]:
    order, seats = ticket.order, list(ticket.seats.all())
    came = [seat.check_in.checked_in_at for seat in seats if hasattr(seat, "check_in")]
    return [
        *(order.reference, ticket.name, ticket.organisation or "", order.email or ""),
        *(written_phone(order.phone or ""), order.get_status_display()),
        ", ".join(_named(seat.session) for seat in seats),
        ", ".join(s.session.meal for s in seats if s.session.meal and ticket.takes_meal),
        ticket.meal_note or "",
        timezone.localtime(min(came)).strftime("%Y-%m-%d %H:%M") if came else "",
    ]


def _named(session: ForumSession) -> str:
    return str(session.part or session.title)


PARTICIPANTS = ExportSource(
    name="forums.participants",
    label=_("Participants of a forum"),
    description=_("One line for each person who comes. For use inside the office only."),
    permission="forums.export_order",
    data_set=ORDERS,
    choose=ParticipantChoice,
    columns=_columns,
    count=_count,
    records=_records,
)
