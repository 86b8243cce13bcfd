"""Fields for what people type: one form of each character, one way to ask for an address."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .addresses import canonical_phone
from .text import clean_text
from .validators import validate_email_address, validate_no_resident_number

FIELD_LIMIT = 10_000  # Longer input is cut before any check looks at it.


class CleanTextMixin:
    """Everything that is typed is kept in one form, without signs that nobody sees."""

    def clean(self):
        cleaned = super().clean()
        for name, value in [*cleaned.items()]:
            if isinstance(value, str):
                cleaned[name] = clean_text(value)
                self._refuse_nothing(name, value, cleaned[name])
        return cleaned

    def _refuse_nothing(self, name, typed, kept):
        """Where only signs stood that nobody sees, nothing was typed."""
        field = self.fields[name]
        if typed and not kept and field.required:
            self.add_error(name, field.error_messages["required"])


class CleanCharField(forms.CharField):
    """Text in NFC without control characters, direction marks or zero-width characters."""

    def __init__(self, *, keep_lines=False, **kwargs):
        self.keep_lines = keep_lines
        super().__init__(**kwargs)

    def to_python(self, value):
        value = super().to_python(value)
        return clean_text(value[:FIELD_LIMIT], keep_lines=self.keep_lines) if value else value


class EmailAddressField(CleanCharField):
    """An address of a mailbox, as somebody types it on a telephone."""

    def __init__(self, **kwargs):
        attrs = {"autocomplete": "email", "inputmode": "email", "spellcheck": "false"}
        options = {
            "label": _("E-mail"),
            "widget": forms.EmailInput(attrs=attrs),
            "validators": [validate_email_address],
            "error_messages": {"required": _("Please write your e-mail address.")},
        }
        super().__init__(**{**options, **kwargs})


class PhoneField(CleanCharField):
    """A Korean telephone number in any of its spellings; gives E.164."""

    def __init__(self, **kwargs):
        attrs = {"autocomplete": "tel", "inputmode": "tel"}
        options = {
            "label": _("Mobile phone"),
            "help_text": _("For example 010-1234-5678"),
            "widget": forms.TextInput(attrs=attrs),
            "max_length": 30,
            "error_messages": {"required": _("Please write your phone number.")},
        }
        super().__init__(**{**options, **kwargs})

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return text
        validate_no_resident_number(text)
        try:
            return canonical_phone(text)
        except ValueError as error:
            raise forms.ValidationError(
                _("Please check the phone number. It should look like 010-1234-5678."),
                code="malformed",
            ) from error
