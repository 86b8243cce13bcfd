"""What a participant types: one screen, for one or several people."""

import uuid

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from privacy.forms import CleanCharField, EmailAddressField, PhoneField
from privacy.validators import validate_no_resident_number, validate_person_name

MOST_PEOPLE = 10
ACCOUNT_NUMBER = r"^\d[\d -]{6,28}\d$"
WHERE_TO = ("bank", "account_number", "account_holder")
NEEDED = {
    "bank": _("Please write the bank to which the money goes back."),
    "account_number": _("Please write the account number to which the money goes back."),
    "account_holder": _("Please write whose account it is."),
}
YES, NO = "yes", "no"
TRANSFER, CARD = "transfer", "card"
PAYS = [
    (TRANSFER, _("Bank transfer")),
    (CARD, _("Card or mobile payment")),
]
EATS = [(YES, pgettext_lazy("meal", "I eat")), (NO, pgettext_lazy("meal", "I do not eat"))]


def name_field(**kwargs):
    return CleanCharField(
        max_length=40,
        validators=[validate_person_name],
        **{
            "label": _("Name"),
            "widget": forms.TextInput(attrs={"autocomplete": "name"}),
            "error_messages": {
                "required": _("Please write your name."),
                "max_length": _("Please write a name of at most %(limit_value)d characters."),
            },
            **kwargs,
        },
    )


def short_field(label, length, **kwargs):
    return CleanCharField(
        label=label,
        max_length=length,
        required=False,
        validators=[validate_no_resident_number],
        error_messages={
            "max_length": _("Please shorten this to %(limit_value)d characters."),
        },
        **kwargs,
    )


def organisation_field():
    attrs = {"autocomplete": "organization"}
    return short_field(_("Organisation"), 80, widget=forms.TextInput(attrs=attrs))


def meal_field(label):
    return forms.ChoiceField(
        label=label, choices=EATS, initial=YES, widget=forms.RadioSelect, required=False
    )


class SessionsForm(forms.Form):
    """Which ``sessions`` of those on offer somebody wants; sent twice it is the same form."""

    sessions = forms.MultipleChoiceField(
        label=_("Sessions"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Please choose at least one session."),
            "invalid_choice": _("Please choose from the sessions on this page."),
        },
    )
    # Which form this is: the browser sends it again when a button is pressed twice.
    form_key = forms.CharField(required=False)
    # People never see this field; programs that fill in every field do.
    homepage = forms.CharField(required=False)

    def __init__(self, *args, sessions, **kwargs):
        super().__init__(*args, **kwargs)
        self.offered = sessions
        self.fields["sessions"].choices = [(str(session.pk), str(session)) for session in sessions]

    def clean_form_key(self):
        try:
            return uuid.UUID(self.cleaned_data["form_key"])
        except ValueError:
            return uuid.uuid4()

    def clean_homepage(self):
        if self.cleaned_data["homepage"]:
            raise forms.ValidationError(_("Please leave this field empty."))
        return ""

    def clean_sessions(self):
        return tuple(int(pk) for pk in self.cleaned_data["sessions"])


class OrderForm(SessionsForm):
    """``sessions`` are those on offer, ``people`` how many come; with ``asks_how`` one chooses how
    to pay."""

    name = name_field()
    phone = PhoneField()
    email = EmailAddressField(help_text=_("We send the confirmation there."))
    organisation = organisation_field()
    wants_receipt = forms.BooleanField(label=_("I need a receipt"), required=False)

    def __init__(self, *args, sessions, people=1, asks_how=False, **kwargs):
        super().__init__(*args, sessions=sessions, **kwargs)
        self.people = people
        if asks_how:
            self.fields["pay"] = forms.ChoiceField(
                label=_("How do you pay?"),
                choices=PAYS,
                initial=TRANSFER,
                widget=forms.RadioSelect,
                required=False,
            )
        self.meals = [session for session in sessions if session.meal]
        if self.meals:
            self._ask_for_meal("")
        for number in range(2, people + 1):
            self._ask_for_person(number)

    def _ask_for_person(self, number):
        required = {"required": _("Please write the name of everybody who comes.")}
        widget = forms.TextInput(attrs={"autocomplete": "off"})
        self.fields[f"name_{number}"] = name_field(widget=widget, error_messages=required)
        self.fields[f"organisation_{number}"] = short_field(_("Organisation"), 80)
        if self.meals:
            self._ask_for_meal(f"_{number}")

    def _ask_for_meal(self, suffix):
        self.fields[f"meal{suffix}"] = meal_field(self.meals[0].meal)
        self.fields[f"meal_note{suffix}"] = short_field(
            _("About the meal"), 100, help_text=_("For example vegetarian, or an allergy")
        )

    @property
    def further_people(self):
        """The fields of each person beside the first, for the template."""
        return [
            {
                "number": number,
                "name": self[f"name_{number}"],
                "organisation": self[f"organisation_{number}"],
                "meal": self[f"meal_{number}"] if self.meals else None,
                "meal_note": self[f"meal_note_{number}"] if self.meals else None,
            }
            for number in range(2, self.people + 1)
        ]

    @property
    def asks_for_money(self):
        return any(session.fee_krw for session in self.offered)

    @property
    def may_grow(self):
        return self.people < MOST_PEOPLE

    def people_values(self):
        """Name, organisation, meal and note of each person. Whoever names no organisation is of
        the first one's."""
        cleaned, first = self.cleaned_data, self.cleaned_data["organisation"]
        suffixes = ["", *(f"_{number}" for number in range(2, self.people + 1))]
        return [
            {
                "name": cleaned[f"name{suffix}"],
                "organisation": cleaned[f"organisation{suffix}"] or first,
                "takes_meal": bool(self.meals) and cleaned[f"meal{suffix}"] != NO,
                "meal_note": cleaned.get(f"meal_note{suffix}", ""),
            }
            for suffix in suffixes
        ]


class MemberAddressForm(forms.Form):
    """An address of a member organisation, to which a link can be sent."""

    member_email = EmailAddressField(label=_("E-mail of your organisation"))


class DepositorForm(forms.Form):
    """The name under which the money will arrive."""

    depositor = CleanCharField(
        label=_("Depositor's name"),
        help_text=_("As the bank will print it for the one who receives it."),
        max_length=40,
        validators=[validate_no_resident_number],
        error_messages={
            "required": _("Please write the name under which you send the money."),
            "max_length": _("Please shorten this to %(limit_value)d characters."),
        },
    )


class CancelForm(forms.Form):
    """Who does not come, and where money goes back to.

    ``choices`` are (value, label, won for which an account is needed). A value names the whole
    refund as well: what was shown is what is pressed.
    """

    who = forms.ChoiceField(
        label=_("Who does not come?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Please choose who does not come."),
            "invalid_choice": _("This has changed meanwhile. Please look at it again."),
        },
    )
    bank = short_field(_("Bank"), 20, help_text=_("Where the money goes back to."))
    account_number = CleanCharField(
        label=_("Account number"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        validators=[
            RegexValidator(ACCOUNT_NUMBER, _("Please write digits and hyphens only.")),
        ],
    )
    account_holder = short_field(_("Account holder"), 40)

    def __init__(self, *args, choices, **kwargs):
        super().__init__(*args, **kwargs)
        self.refunds = {value: refund for value, _label, refund in choices}
        self.fields["who"].choices = [(value, label) for value, label, _refund in choices]
        if len(choices) == 1:
            self.initial["who"] = choices[0][0]
        if not any(self.refunds.values()):
            for name in WHERE_TO:
                del self.fields[name]
        elif all(self.refunds.values()):
            for name in WHERE_TO:
                self.fields[name].required = True
                self.fields[name].error_messages["required"] = NEEDED[name]

    def clean(self):
        cleaned_data = super().clean()
        if self.refunds.get(cleaned_data.get("who")):
            for name in WHERE_TO:
                if not cleaned_data.get(name) and name not in self.errors:
                    self.add_error(name, NEEDED[name])
        return cleaned_data
