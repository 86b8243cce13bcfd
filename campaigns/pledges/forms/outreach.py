"""What staff type while they look for a way to a respondent."""

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from home.network.models import Region
from privacy.forms import CleanTextMixin
from privacy.validators import validate_email_address
from tables import LARGEST

from ..models import ContactPoint, Contest, OutreachEntry

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


class ContactListForm(CleanTextMixin, forms.Form):
    """Contacts of many at once, and where they were found."""

    file = forms.FileField(
        label=_("File with the contacts"),
        help_text=_(
            "CSV or Excel (xls, xlsx) with column titles, up to 20 MB and 5,000 lines. Nothing is "
            "entered before you have looked at it."
        ),
        error_messages={
            "required": _("Choose the file with the contacts."),
            "empty": _("The file is empty. Choose another one."),
        },
    )
    source = forms.CharField(
        label=_("Source of all contacts in it"),
        max_length=200,
        min_length=2,
        required=False,
        help_text=_(
            "Not needed where the file has a column 출처. The first mail tells it to the reader "
            "(PIPA art. 20)."
        ),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(
                _("The file is larger than 20 MB. Send in one province at a time.")
            )
        return file


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


class NarrowForm(forms.Form):
    """Of which contest or region the list is shown. What is unknown narrows nothing."""

    region = forms.ModelChoiceField(
        label=_("Region"),
        queryset=Region.objects.none(),
        required=False,
        empty_label=pgettext_lazy("regions", "All"),
    )
    contest = forms.ModelChoiceField(
        queryset=Contest.objects.none(), required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args, election, **kwargs):
        super().__init__(*args, **kwargs)
        day = Region.objects.valid_on(election.vote_on).provinces()
        self.fields["region"].queryset = day.order_by("sort_order", "code")
        contests = Contest.objects.filter(election=election).select_related("post__region__parent")
        self.fields["contest"].queryset = contests

    @cached_property
    def found(self):
        return self.cleaned_data if self.is_valid() else getattr(self, "cleaned_data", {})

    @property
    def chosen_contest(self):
        return self.found.get("contest")

    @property
    def chosen_region(self):
        return self.found.get("region")

    def narrow(self, rows):
        if self.chosen_contest:
            rows = rows.of_contest(self.chosen_contest)
        return rows.within(self.chosen_region) if self.chosen_region else rows
