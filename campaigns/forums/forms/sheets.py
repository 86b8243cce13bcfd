"""What is to be printed of a forum's people, and why."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from privacy.admin_forms import ReasonForm

from ..models import ForumSession

BADGES, LIST = "badges", "list"


class SheetForm(ReasonForm):
    kind = forms.ChoiceField(
        label=pgettext_lazy("sheets", "What to print"),
        choices=[
            (BADGES, _("Name badges, eight on a sheet to be cut")),
            (LIST, _("Attendee list with a column for signatures")),
        ],
        initial=BADGES,
        widget=forms.RadioSelect,
    )
    session = forms.ModelChoiceField(
        label=_("Session"),
        queryset=ForumSession.objects.none(),
        required=False,
        empty_label=pgettext_lazy("sessions", "All"),
        help_text=_("Only people with a sure seat are printed."),
    )
    podium = forms.BooleanField(
        label=_("Badges for those on the podium too"), required=False, initial=True
    )
    field_order = ["kind", "session", "podium", "reason"]

    def __init__(self, *args, forum, **kwargs):
        super().__init__(*args, **kwargs)
        sessions = ForumSession.objects.filter(forum=forum).order_by("starts_at", "sort_order")
        self.fields["session"].queryset = sessions
        reason = self.fields["reason"]
        reason.label = pgettext_lazy("sheets", "Why it is printed")
        reason.error_messages["required"] = _("Write a reason; nobody takes names out without one.")
        if not forum.speakers.exists():
            del self.fields["podium"]
