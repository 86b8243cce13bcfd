"""What somebody types who waits, and who takes or gives up the seats that are held."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from privacy.admin_forms import ReasonForm
from privacy.forms import EmailAddressField, PhoneField

from .orders import (
    MOST_PEOPLE,
    NO,
    SessionsForm,
    meal_field,
    name_field,
    organisation_field,
    short_field,
)

MOST_HOURS_MORE = 72


class WaitForm(SessionsForm):
    """``sessions`` are those for which one may wait."""

    people = forms.TypedChoiceField(
        label=_("How many people?"),
        coerce=int,
        choices=[(number, str(number)) for number in range(1, MOST_PEOPLE + 1)],
        initial=1,
        help_text=_("All of you get seats together, or the offer goes to the next."),
    )
    name = name_field()
    phone = PhoneField()
    email = EmailAddressField(help_text=_("The offer of a seat goes there."))
    organisation = organisation_field()

    asks_for_money = False


class AcceptForm(forms.Form):
    """What is not known yet of who takes the seats: the names of the others, and the meal."""

    wants_receipt = forms.BooleanField(label=_("I need a receipt"), required=False)

    def __init__(self, *args, entry, sessions, **kwargs):
        super().__init__(*args, **kwargs)
        self.entry = entry
        self.meals = [session for session in sessions if session.meal]
        self.asks_for_money = any(session.fee_krw for session in sessions)
        if self.meals:
            self.fields["meal"] = meal_field(self.meals[0].meal)
            if not entry.meals:  # None was left to hold.
                self.fields["meal"].initial = NO
            self.fields["meal_note"] = short_field(
                _("About the meal"), 100, help_text=_("For example vegetarian, or an allergy")
            )
        for number in range(2, entry.people + 1):
            label = _("Name of person %(number)d") % {"number": number}
            widget = forms.TextInput(attrs={"autocomplete": "off"})
            field = name_field(label=label, widget=widget, required=False)
            self.fields[f"name_{number}"] = field

    @property
    def other_names(self):
        return [self[f"name_{number}"] for number in range(2, self.entry.people + 1)]

    def people_values(self):
        """Name, organisation, meal and note of each who comes. Who is not named does not come."""
        cleaned = self.cleaned_data
        others = [cleaned[f"name_{number}"] for number in range(2, self.entry.people + 1)]
        names = [self.entry.name, *(name for name in others if name)]
        return [
            {
                "name": name,
                "organisation": self.entry.organisation or "",
                "takes_meal": bool(self.meals) and cleaned["meal"] != NO,
                "meal_note": cleaned.get("meal_note", "") if place == 0 else "",
            }
            for place, name in enumerate(names)
        ]


class WaitingFullViewForm(ReasonForm):
    """Why staff look at somebody unmasked who waits."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = pgettext_lazy("full view", "Why you need to see it")


class WaitingStepForm(ReasonForm):
    """Why staff offer seats out of turn, or take somebody off the list."""


class ProlongForm(ReasonForm):
    hours = forms.IntegerField(
        label=_("Hours more"), min_value=1, max_value=MOST_HOURS_MORE, initial=12
    )

    field_order = ("hours", "reason")
