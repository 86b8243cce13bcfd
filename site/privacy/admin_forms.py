from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from .text import clean_text
from .validators import validate_no_resident_number

REASON_LENGTH = 300
SEARCH_LENGTH = 254


class ConsentDefinitionForm(WagtailAdminModelForm):
    """The short name is part of forms, records and addresses, so it stays once it is chosen.

    So does the kind: it decides whether anybody can take part without this consent.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            for name in ("slug", "kind"):
                self.fields[name].disabled = True


class AccessReviewForm(forms.Form):
    note = forms.CharField(
        label=_("What you looked at and what you found"),
        help_text=_("For example: two exports, both for the hand-over; nothing to object to."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ReasonForm(forms.Form):
    """Why staff change a person's row. Kept with the change, apart from the chain, erasable."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=REASON_LENGTH,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Stays on record with your name. Write no personal data."),
        error_messages={"required": _("Write a reason; it stays on record with the change.")},
    )

    def clean_reason(self):
        reason = clean_text(self.cleaned_data["reason"], keep_lines=True)
        validate_no_resident_number(reason)
        if not reason:
            raise forms.ValidationError(self.fields["reason"].error_messages["required"])
        return reason


class PersonSearchForm(forms.Form):
    """An exact name, an exact e-mail address or a reference number; posted, never in an address."""

    label: object = ""

    query = forms.CharField(
        max_length=SEARCH_LENGTH,
        required=False,
        help_text=_("The full name, the full e-mail address, or a number such as 7K3D-92QF."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["query"].label = self.label

    def clean_query(self):
        query = clean_text(self.cleaned_data["query"])
        if not query:
            raise forms.ValidationError(self.fields["query"].error_messages["required"])
        return query
