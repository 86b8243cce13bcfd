"""What staff type while they look for a way to a respondent."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from privacy.forms import CleanTextMixin
from privacy.validators import validate_email_address

from ..models import ContactPoint, OutreachEntry

WHY = _("Please say why, in a few words.")


class ContactForm(CleanTextMixin, forms.Form):
    """An address, a number or an office, and where it was found."""

    kind = forms.ChoiceField(
        label=pgettext_lazy("contact", "Kind"), choices=ContactPoint.Kind.choices
    )
    value = forms.CharField(
        label=pgettext_lazy("contact", "Contact"),
        max_length=254,
        error_messages={"required": _("Enter the address or the number.")},
    )
    source = forms.CharField(
        label=_("Source"),
        max_length=200,
        min_length=2,
        help_text=_("The first mail tells it to the reader (PIPA art. 20)."),
        error_messages={"required": _("Say where it was found.")},
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("kind") == ContactPoint.Kind.EMAIL and cleaned.get("value"):
            try:
                validate_email_address(cleaned["value"])
            except forms.ValidationError as error:
                self.add_error("value", error)
        return cleaned


class AttemptForm(CleanTextMixin, forms.Form):
    kind = forms.ChoiceField(
        label=pgettext_lazy("outreach", "How"), choices=OutreachEntry.Kind.choices
    )
    result = forms.ChoiceField(
        label=pgettext_lazy("outreach", "What came of it"), choices=OutreachEntry.Result.choices
    )
    note = forms.CharField(
        label=_("Note"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("No more than is needed. It is destroyed after the election."),
    )


class DecideForm(CleanTextMixin, forms.Form):
    """After a call-back."""

    note = forms.CharField(
        label=_("Who was called back, and how"),
        max_length=200,
        min_length=2,
        error_messages={"required": _("Say who was called back.")},
    )


class AskForm(CleanTextMixin, forms.Form):
    """Asking many at once."""

    late_reason = forms.CharField(
        label=_("Why some are asked later than others of their contest"),
        max_length=200,
        required=False,
        help_text=_("Only where others of the contest were asked on an earlier day. It is public."),
    )
    until = forms.DateTimeField(
        label=_("Until when these can answer"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
        help_text=_(
            "Only once the last moment for all is over: for contacts that were found late."
        ),
    )
