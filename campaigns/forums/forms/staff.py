"""What staff are asked when they look for, enter or cancel registrations."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from privacy.admin_forms import PersonSearchForm, ReasonForm
from privacy.validators import validate_no_resident_number

from .orders import OrderForm

WHERE_TO = ("bank", "account_number", "account_holder")


class OrderSearchForm(PersonSearchForm):
    label = _("Find a registration")


class OrderFullViewForm(ReasonForm):
    """Why staff look at a participant unmasked."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = pgettext_lazy("full view", "Why you need to see it")


class ResendForm(ReasonForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = pgettext_lazy("mail", "Why it is sent again")


class StaffCancelForm(ReasonForm):
    """Why, and where money goes back to if that was said."""

    bank = forms.CharField(label=_("Bank"), max_length=20, required=False)
    account_number = forms.RegexField(
        r"^\d[\d -]{6,28}\d$",
        label=_("Account number"),
        max_length=30,
        required=False,
        error_messages={"invalid": _("Please write digits and hyphens only.")},
    )
    account_holder = forms.CharField(label=_("Account holder"), max_length=40, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = pgettext_lazy("registration", "Why it is cancelled")

    def clean(self):
        cleaned = super().clean()
        told = [bool(cleaned.get(name)) for name in WHERE_TO]
        if any(told) and not all(told) and not self.errors:
            raise forms.ValidationError(
                _("Write bank, number and holder of the account, or none of them.")
            )
        return cleaned

    @property
    def where_to(self):
        """Bank, number and holder; nothing where nobody said."""
        told = [self.cleaned_data[name] for name in WHERE_TO]
        return told if all(told) else []


class StaffOrderForm(OrderForm):
    """The form of the page, as somebody on the telephone answers it."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("Stays on record with your name. Write no personal data."),
        validators=[validate_no_resident_number],
        error_messages={"required": _("Write a reason; it stays on record with the change.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["homepage"]
        self.fields["form_key"].widget = forms.HiddenInput()
        for name in ("email", "phone"):
            self.fields[name].required = False
        self.fields["email"].help_text = _("Without it no mail goes out.")
        self.order_fields(["sessions", "name"])

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not cleaned.get("email") and not cleaned.get("phone"):
            raise forms.ValidationError(_("Write a telephone number or an e-mail address."))
        return cleaned


class WalkInForm(OrderForm):
    """The least that is needed of one person who stands at the door with the fee."""

    paid = forms.BooleanField(label=_("I have taken the fee"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("homepage", "wants_receipt", "meal_note"):
            self.fields.pop(name, None)
        self.fields["form_key"].widget = forms.HiddenInput()
        for name in ("name", "organisation", "phone", "email"):
            # The phone goes from hand to hand: it offers nobody what others typed.
            self.fields[name].widget.attrs["autocomplete"] = "off"
        for name in ("phone", "email"):
            self.fields[name].required = False
        self.fields["name"].error_messages["required"] = _("Please write the name.")
        self.fields["email"].help_text = _("The confirmation goes there.")

    def clean(self):
        cleaned = super().clean()
        chosen = set(cleaned.get("sessions") or ())
        fee = sum(session.fee_krw for session in self.offered if session.pk in chosen)
        if fee and not cleaned["paid"]:
            told = _("Please take %(amount)s won first, and tick this then.")
            self.add_error("paid", told % {"amount": f"{fee:,}"})
        return cleaned


class DoorForm(forms.Form):
    """Where a phone stands."""

    label = forms.CharField(
        label=_("where it stands"),
        max_length=40,
        help_text=_("1층 입구"),
        error_messages={"required": _("Write where this phone stands, such as 1층 입구.")},
    )
