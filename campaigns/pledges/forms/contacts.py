"""What a camp types on the public page."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from privacy.forms import CleanTextMixin
from privacy.validators import validate_email_address

from ..models import ContactPoint


class OwnContactForm(CleanTextMixin, forms.Form):
    """An address for the invitation, and who answers when the office calls back."""

    email = forms.CharField(
        label=_("E-mail for the invitation"),
        max_length=254,
        validators=[validate_email_address],
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": _("Enter the address to which we should write.")},
    )
    holder = forms.CharField(
        label=pgettext_lazy("own contact", "Who reads it"),
        max_length=80,
        help_text=_("Name and function, e.g. policy chair of the camp."),
        error_messages={"required": _("Say whose address it is.")},
    )

    def contact_values(self) -> dict[str, str]:
        chosen = self.cleaned_data
        kind = ContactPoint.Kind.EMAIL.value
        return {"kind": kind, "value": chosen["email"], "holder": chosen["holder"]}
