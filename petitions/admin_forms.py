"""Forms of the staff's side."""

from django import forms
from django.utils.translation import gettext_lazy as _

from privacy.text import clean_text
from privacy.validators import validate_no_resident_number

REASON_LENGTH = 300
SEARCH_LENGTH = 254


class ReasonForm(forms.Form):
    """Why staff change a signature. Kept with the change, apart from the chain, and erasable."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=REASON_LENGTH,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Stays on record with your name. Write no personal data of the signer."),
        error_messages={"required": _("Write a reason; it stays on record with the change.")},
    )

    def clean_reason(self):
        reason = clean_text(self.cleaned_data["reason"], keep_lines=True)
        validate_no_resident_number(reason)
        if not reason:
            raise forms.ValidationError(self.fields["reason"].error_messages["required"])
        return reason


class SignatureSearchForm(forms.Form):
    """An exact name, an exact e-mail address or a reference number; posted, never in an address."""

    query = forms.CharField(
        label=_("Find a signature"),
        max_length=SEARCH_LENGTH,
        help_text=_("The full name, the full e-mail address, or a number such as 7K3D-92QF."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_query(self):
        query = clean_text(self.cleaned_data["query"])
        if not query:
            raise forms.ValidationError(self.fields["query"].error_messages["required"])
        return query
