"""What somebody types who waits, and who takes or gives up the seats that are held."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from privacy.admin_forms import ReasonForm
from privacy.forms import EmailAddressField, PhoneField

from .orders import MOST_PEOPLE, NO, meal_field, name_field, organisation_field, short_field

MOST_HOURS_MORE = 72


class WaitForm(forms.Form):
    """``sessions`` are those for which one may wait."""

    sessions = forms.MultipleChoiceField(
        label=_("Sessions"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Please choose at least one session."),
            "invalid_choice": _("Please choose from the sessions on this page."),
        },
    )
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
    form_key = forms.CharField(required=False)
    # People never see this field; programs that fill in every field do.
    homepage = forms.CharField(required=False)

    asks_for_money = False

    def __init__(self, *args, sessions, **kwargs):
        super().__init__(*args, **kwargs)
        self.offered = sessions
        self.fields["sessions"].choices = [(str(session.pk), str(session)) for session in sessions]

    def clean_sessions(self):
        return tuple(int(pk) for pk in self.cleaned_data["sessions"])

    def clean_form_key(self):
        try:
            return uuid.UUID(self.cleaned_data["form_key"])
        except ValueError:
            return uuid.uuid4()

    def clean_homepage(self):
        if self.cleaned_data["homepage"]:
            raise forms.ValidationError(_("Please leave this field empty."))
        return ""


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
