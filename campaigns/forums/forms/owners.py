"""What somebody puts right on a registration that exists."""

from django import forms
from django.utils.translation import gettext_lazy as _

from privacy.addresses import written_phone
from privacy.forms import CleanCharField
from privacy.validators import validate_no_resident_number

from .orders import OrderForm


class CorrectionForm(forms.Form):
    """Who registered. Those who come are changed on the page of the registration."""

    name = OrderForm.base_fields["name"]
    organisation = OrderForm.base_fields["organisation"]
    phone = OrderForm.base_fields["phone"]

    @classmethod
    def of(cls, row, data=None):
        """With what a registration, or an entry on a waiting list, says now."""
        initial = {
            "name": row.name,
            "organisation": row.organisation or "",
            "phone": written_phone(row.phone or ""),
        }
        return cls(data, initial=initial)


class AttendeeForm(forms.Form):
    """Who comes in somebody's place."""

    name = OrderForm.base_fields["name"]
    organisation = OrderForm.base_fields["organisation"]
    meal_note = CleanCharField(
        label=_("About the meal"),
        help_text=_("For example vegetarian, or an allergy"),
        max_length=100,
        required=False,
        validators=[validate_no_resident_number],
        error_messages={"max_length": _("Please shorten this to %(limit_value)d characters.")},
    )

    def __init__(self, *args, eats, **kwargs):
        super().__init__(*args, **kwargs)
        if not eats:
            del self.fields["meal_note"]
