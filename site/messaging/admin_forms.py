from django import forms
from django.utils.translation import gettext_lazy as _


class AddressForm(forms.Form):
    """A full address, to be looked up by its blind index and forgotten."""

    email = forms.EmailField(
        label=_("Does this address get mail?"),
        help_text=_("The full address. It is not stored and not shown again."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
