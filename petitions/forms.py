"""The sign form: four fields, a choice of display, and one box per consent."""

from functools import lru_cache

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from privacy.forms import CleanCharField, EmailAddressField
from privacy.models import ConsentDefinition
from privacy.validators import (
    validate_no_account_number,
    validate_no_resident_number,
    validate_person_name,
)

from .models import Signature

DISPLAY = ConsentDefinition.Kind.DISPLAY
NAME_LENGTH = 40
COMMENT_LENGTH = 200


class ConsentChoiceField(forms.TypedChoiceField):
    """A consent to agree or not to agree with. A needed one is not met by a "no"."""

    widget = forms.RadioSelect

    def __init__(self, **kwargs):
        super().__init__(
            choices=[("yes", _("I agree")), ("no", _("I do not agree"))],
            coerce=lambda value: value == "yes",
            empty_value=False,
            **kwargs,
        )

    def validate(self, value):
        super().validate(value)
        if self.required and value == "no":
            raise forms.ValidationError(self.error_messages["required"], code="required")


class SignForm(forms.Form):
    name = CleanCharField(
        label=_("Name"),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        max_length=NAME_LENGTH,
        validators=[validate_person_name],
        error_messages={
            "required": _("Please write your name."),
            "max_length": _("Please write a name of at most %(limit_value)d characters."),
        },
    )
    email = EmailAddressField(help_text=_("We send a mail to confirm. It is never published."))
    region = forms.ChoiceField(
        label=_("Where you live"),
        error_messages={
            "required": _("Please choose the region where you live."),
            "invalid_choice": _("Please choose a region from the list."),
        },
    )
    comment = CleanCharField(
        label=_("Your word"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Up to 200 characters. It is published after we have read it."),
        required=False,
        keep_lines=True,
        max_length=COMMENT_LENGTH,
        validators=[validate_no_resident_number, validate_no_account_number],
        error_messages={
            "max_length": _(
                "Please shorten this to %(limit_value)d characters. "
                "It has %(show_value)d characters."
            )
        },
    )
    name_display = forms.ChoiceField(
        label=_("Showing your name"),
        choices=Signature.NameDisplay.choices,
        initial=Signature.NameDisplay.HIDDEN,
        widget=forms.RadioSelect,
        required=False,
    )
    # Which texts stood beside the boxes; the page writes it, PetitionState.form_version says how.
    form_version = forms.CharField(required=False)
    # People never see this field; programs that fill in every field do.
    homepage = forms.CharField(required=False)

    consents: tuple[tuple[int, object], ...] = ()

    def clean_name_display(self):
        return self.cleaned_data["name_display"] or Signature.NameDisplay.HIDDEN

    def clean_homepage(self):
        if self.cleaned_data["homepage"]:
            raise forms.ValidationError(_("Please leave this field empty."))
        return ""

    def signature_values(self) -> dict[str, object]:
        """The cleaned values without the trap for programs."""
        return {name: v for name, v in self.cleaned_data.items() if name != "homepage"}

    @property
    def consent_fields(self):
        """Each consent's text with its bound field, for the template."""
        own = (c for _pk, c in self.consents if c.kind != DISPLAY)
        return [(consent, self[f"consent_{consent.slug}"]) for consent in own]

    @property
    def display_consents(self):
        """The consents that are chosen by how the name is to be shown."""
        return [consent for _pk, consent in self.consents if consent.kind == DISPLAY]


class CorrectionForm(forms.Form):
    """What a signer may put right. How the name shows is asked with the text of its consent."""

    name = SignForm.base_fields["name"]
    region = SignForm.base_fields["region"]
    comment = SignForm.base_fields["comment"]
    name_display = SignForm.base_fields["name_display"]
    # Which text stood beside the choice of how the name is shown.
    display_text = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, regions, display=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.display = display
        self.fields["region"].choices = regions
        if display is None:
            del self.fields["name_display"], self.fields["display_text"]
        else:
            self.fields["name_display"].consent = display
            self.initial["display_text"] = display.text_hash

    def clean(self):
        cleaned_data = super().clean()
        if self.display and cleaned_data.get("display_text") != self.display.text_hash:
            self.data = {**self.data.dict(), "display_text": self.display.text_hash}
            raise forms.ValidationError(
                _("The text about showing your name has changed. Please read it and choose again.")
            )
        return cleaned_data


class AddressForm(forms.Form):
    """Correcting the address of a signature that has just been made."""

    email = EmailAddressField()


@lru_cache(maxsize=64)
def sign_form_class(
    regions: tuple[tuple[str, str], ...], consents: tuple, *, asks_comment: bool
) -> type[SignForm]:
    """A form class with a petition's regions and consents. Optional consents may stay empty.

    How the name is shown is asked only with a consent to showing it.
    Building one costs more than checking a form with it, so equal petitions share theirs.
    """
    fields: dict[str, object] = {
        "region": forms.ChoiceField(
            label=SignForm.base_fields["region"].label,
            choices=[("", _("Please choose")), *regions],
            error_messages=SignForm.base_fields["region"].error_messages,
        )
    }
    if not asks_comment:
        fields["comment"] = None
    if all(consent.kind != DISPLAY for _version_id, consent in consents):
        fields["name_display"] = None
    for _version_id, consent in consents:
        if consent.kind != DISPLAY:
            fields[f"consent_{consent.slug}"] = _consent_field(consent)
    return type("PetitionSignForm", (SignForm,), fields | {"consents": consents})


def _please_tick(title: str) -> str:
    return gettext("To sign, please tick “%(title)s”.") % {"title": title}


# The class outlives the request that made it, so its words wait for their reader's language.
_please_tick_lazily = lazy(_please_tick, str)


def _consent_field(consent) -> forms.Field:
    messages = {"required": _please_tick_lazily(consent.title)}
    if consent.style == "radio":
        return ConsentChoiceField(
            label=consent.title, required=consent.required, error_messages=messages
        )
    return forms.BooleanField(
        label=consent.title, required=consent.required, error_messages=messages
    )
