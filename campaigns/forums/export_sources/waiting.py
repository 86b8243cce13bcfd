"""Who stands on the waiting list of a forum, one line for each entry, in the order of the list."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from exports.registry import ExportSource, Record
from privacy.addresses import written_phone

from ..models import ForumPage, WaitingEntry
from ..policies import forums_within_reach
from ..services.rules import WAITING

BATCH = 500
RIGHT = "forums.export_order"
ON_THE_LIST = (WaitingEntry.State.WAITING, WaitingEntry.State.OFFERED)
Options = Mapping[str, object]


class WaitingChoice(forms.Form):
    """Of which forum, and whether those too who are through."""

    forum = forms.ModelChoiceField(
        label=_("Forum"),
        queryset=ForumPage.objects.none(),
        empty_label="—",
    )
    states = forms.MultipleChoiceField(
        label=_("State"),
        choices=WaitingEntry.State.choices,
        initial=[state.value for state in ON_THE_LIST],
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        forums = forums_within_reach(user, RIGHT).only("title")
        self.fields["forum"].queryset = forums.order_by("-starts_at", "-pk")

    def options(self) -> dict[str, object]:
        chosen = self.cleaned_data
        return {"forum": chosen["forum"].pk, "states": sorted(chosen["states"])}


def _rows(options: Options, user: User) -> QuerySet[WaitingEntry]:
    """Entries that still name somebody, within this person's scope."""
    forums = forums_within_reach(user, RIGHT).filter(pk=options["forum"])
    rows = WaitingEntry.objects.with_person().filter(forum__in=forums)
    return rows.filter(state__in=options["states"])


def _columns(_options: Options) -> list[object]:
    return [
        *(pgettext_lazy("waiting list", "Place"), _("Sessions"), _("Name"), _("Mobile phone")),
        *(_("E-mail"), _("Organisation"), pgettext_lazy("registration", "People"), _("State")),
        *(pgettext_lazy("waiting list", "Joined"), pgettext_lazy("waiting list", "Offer until")),
    ]


def _count(options: Options, user: User) -> int:
    return _rows(options, user).count()


def _records(options: Options, user: User) -> Iterator[Record]:
    """By key, which is the order of the list; so a long export holds no cursor."""
    rows = _rows(options, user).prefetch_related("sessions").order_by("pk")
    last = place = 0
    while batch := list(rows.filter(pk__gt=last)[:BATCH]):
        last = batch[-1].pk
        for entry in batch:
            place += entry.is_waiting
            yield Record(str(entry.public_id), _cells(entry, place))


def _cells(entry: WaitingEntry, place: int) -> list[str]:
    sessions = sorted(entry.sessions.all(), key=lambda session: session.starts_at)
    return [
        str(place) if entry.is_waiting else "",
        ", ".join(str(session.part or session.title) for session in sessions),
        *(entry.name or "", written_phone(entry.phone or ""), entry.email or ""),
        *(entry.organisation or "", str(entry.people), entry.get_state_display()),
        _moment(entry.created_at),
        _moment(entry.offer_until) if entry.is_offered else "",
    ]


def _moment(value: datetime | None) -> str:
    return timezone.localtime(value).strftime("%Y-%m-%d %H:%M") if value else ""


WAITING_LIST = ExportSource(
    name="forums.waiting",
    label=_("Waiting list of a forum"),
    description=_("One line for each entry, in the order of the list. For use inside the office."),
    permission=RIGHT,
    data_set=WAITING,
    choose=WaitingChoice,
    columns=_columns,
    count=_count,
    records=_records,
)
