"""What people type at /my/, and what staff write down for those who call or write."""

import re
import uuid

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from privacy.addresses import canonical_phone
from privacy.forms import CleanCharField, EmailAddressField
from privacy.validators import (
    validate_email_address,
    validate_no_account_number,
    validate_no_resident_number,
    validate_person_name,
)

from .models import Request

Channel = Request.Channel
# Channels that need somebody to take a request down, or to tell its answer.
TAKEN_DOWN = (Channel.PHONE, Channel.POST, Channel.VISIT, Channel.EMAIL, Channel.FAX)
TOLD = (Channel.POST, Channel.PHONE, Channel.VISIT, Channel.FAX)
IDENTITIES_OF_STAFF = [
    pair for pair in Request.Identity.choices if pair[0] != Request.Identity.MAILBOX
]
ADDRESS_LENGTH = 5

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


# The law's words mean little to most people, so each says what it is.
KINDS_TOLD = (
    (Request.Kind.ACCESS, _("Access: see what is held on me")),
    (Request.Kind.CORRECTION, _("Correction: put right what is wrong")),
    (Request.Kind.ERASURE, _("Erasure: have it destroyed")),
    (Request.Kind.STOP, _("Stop of processing: keep it, but use it no more")),
    (Request.Kind.OBJECTION, _("Objection: I do not agree with an answer")),
)


class RequestForm(forms.Form):
    """A request to staff by somebody who came over a link: the mailbox is theirs."""

    kind = forms.ChoiceField(
        label=_("What do you ask for?"),
        choices=KINDS_TOLD,
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
    try:
        return canonical_phone(text)
    except ValueError as error:
        raise forms.ValidationError(
            _("Please write an e-mail address or a phone number, for example 010-1234-5678."),
            code="contact",
        ) from error


class DayField(forms.DateField):
    """A day that is over or today."""

    def __init__(self, **kwargs):
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(widget=widget, initial=timezone.localdate, **kwargs)

    def clean(self, value):
        day = super().clean(value)
        if day and day > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come. Please check it."))
        return day


class EnteredRequestForm(RequestForm):
    """What somebody asked by telephone, by post or in person, as staff take it down."""

    REPLIES = (
        (Channel.EMAIL, _("By e-mail")),
        (Channel.PHONE, _("By telephone")),
        (Channel.POST, _("By post")),
    )

    public_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    channel = forms.ChoiceField(
        label=_("How it came"),
        choices=[(one.value, one.label) for one in TAKEN_DOWN],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how it came.")},
    )
    received_on = DayField(
        label=_("Day it reached us"),
        help_text=_("The ten days run from here, also when it is entered later."),
        error_messages={"required": _("Write the day on which it reached us.")},
    )
    name = CleanCharField(
        label=_("Name"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        max_length=40,
        validators=[validate_person_name],
        error_messages={"required": _("Write the name of who asks.")},
    )
    identity = forms.ChoiceField(
        label=_("How we know that it is them"),
        choices=[("", _("Not known yet")), *IDENTITIES_OF_STAFF],
        required=False,
        help_text=_("Keep no copy of an identity document; looking at it is enough."),
    )
    reply_by = forms.ChoiceField(
        label=_("How they want the answer"),
        choices=REPLIES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how they want the answer.")},
    )
    contact = CleanCharField(
        label=_("Where the answer goes"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("The e-mail address, phone number or postal address."),
        max_length=254,
        error_messages={"required": _("Write where the answer goes.")},
    )

    field_order = [
        *("public_id", "channel", "received_on", "kind", "words"),
        *("name", "identity", "reply_by", "contact"),
    ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].label = _("What they ask for")
        words = self.fields["words"]
        words.label = _("What they ask")
        words.help_text = _("In their words as far as possible. No resident registration number.")
        words.error_messages["required"] = _("Write what they ask.")

    def clean(self):
        cleaned = super().clean()
        check = CONTACTS.get(cleaned.get("reply_by"))
        if check and "contact" in cleaned:
            try:
                cleaned["contact"] = check(cleaned["contact"])
            except forms.ValidationError as error:
                self.add_error("contact", error)
        return cleaned


def _mailbox(text: str) -> str:
    validate_email_address(text)
    return text


def _postal_address(text: str) -> str:
    validate_no_resident_number(text)
    letters = re.sub(r"[\W\d_]", "", text)
    if "@" in text or len(letters) < ADDRESS_LENGTH:
        raise forms.ValidationError(
            _("Please write the whole postal address, for example 서울시 중구 세종대로 110."),
            code="contact",
        )
    return text


CONTACTS = {Channel.EMAIL: _mailbox, Channel.PHONE: _phone, Channel.POST: _postal_address}


class IdentityForm(forms.Form):
    """How staff came to know that it is them."""

    identity = forms.ChoiceField(
        label=_("How we know that it is them"),
        choices=[("", pgettext_lazy("an item", "Please choose")), *IDENTITIES_OF_STAFF],
        help_text=_("Keep no copy of an identity document; looking at it is enough."),
        error_messages={"required": _("Choose how we know that it is them.")},
    )


class NoticeForm(forms.Form):
    """How and when somebody without a mailbox is told."""

    told_by = forms.ChoiceField(
        label=_("How we told them"),
        choices=[("", pgettext_lazy("an item", "Please choose"))]
        + [(one.value, one.label) for one in TOLD],
        error_messages={"required": _("Choose how you told them; no mail goes out by itself.")},
    )
    told_on = DayField(
        label=_("When we told them"),
        error_messages={"required": _("Write the day on which you told them.")},
    )

    def __init__(self, *args, received_on, **kwargs):
        super().__init__(*args, **kwargs)
        self.received_on = received_on

    def clean_told_on(self):
        day = self.cleaned_data["told_on"]
        if day < self.received_on:
            raise forms.ValidationError(_("That was before the request came. Please check it."))
        return day
