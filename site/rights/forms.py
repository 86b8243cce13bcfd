"""What people type at /my/."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from privacy.forms import CleanCharField, EmailAddressField
from privacy.validators import (
    validate_email_address,
    validate_no_account_number,
    validate_no_resident_number,
    validate_person_name,
)

from .models import Request

PHONE = re.compile(r"0\d{8,10}|1[5-9]\d{6}")
WORDS_LENGTH = 1000


class AskForm(forms.Form):
    """The address whose data somebody wants to see."""

    email = EmailAddressField(
        help_text=_("The address that you used here, for example to sign."),
    )


class NewAddressForm(forms.Form):
    """The address under which somebody wants to be known from now on."""

    email = EmailAddressField(
        label=_("New e-mail address"),
        help_text=_("We send a mail there. The address changes when you press its button."),
    )


def _words_field():
    return CleanCharField(
        label=_("What should be done?"),
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("For example, which data it is about. Write no resident registration number."),
        keep_lines=True,
        max_length=WORDS_LENGTH,
        validators=[validate_no_resident_number, validate_no_account_number],
        error_messages={"required": _("Please write what should be done.")},
    )


class RequestForm(forms.Form):
    """A request to staff by somebody who came over a link: the mailbox is theirs."""

    kind = forms.ChoiceField(
        label=_("What do you ask for?"),
        choices=Request.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose what you ask for.")},
    )
    words = _words_field()


class OpenRequestForm(RequestForm):
    """The same without a link, for people who have lost the mailbox. Staff ask who it is."""

    name = CleanCharField(
        label=_("Name"),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        max_length=40,
        validators=[validate_person_name],
        error_messages={"required": _("Please write your name.")},
    )
    contact = CleanCharField(
        label=pgettext_lazy("request", "Where can we reach you?"),
        help_text=_("An e-mail address or a phone number, for example 010-1234-5678."),
        max_length=254,
        error_messages={"required": _("Please write where we can reach you.")},
    )

    field_order = ["kind", "words", "name", "contact"]

    def clean_contact(self):
        contact = self.cleaned_data["contact"]
        if "@" in contact:
            validate_email_address(contact)
            return contact
        return _phone(contact)


def _phone(text: str) -> str:
    """E.164 of a Korean number in any of its spellings; nation-wide ones (1588-0000) as dialled."""
    validate_no_resident_number(text)
    digits = re.sub(r"[\s().\-]", "", text)
    if digits.startswith("+82"):
        digits = "0" + digits.removeprefix("+82").lstrip("0")
    if not PHONE.fullmatch(digits):
        raise forms.ValidationError(
            _("Please write an e-mail address or a phone number, for example 010-1234-5678."),
            code="contact",
        )
    return f"+82{digits[1:]}" if digits.startswith("0") else digits
