"""From a form to a registration, and from a refusal to words, where staff enter somebody."""

from django.utils.translation import gettext as _

from .. import services
from ..exceptions import ForumError, MealsGoneError, SoldOutError
from ..forms import OrderForm


def registration_of(form: OrderForm, channel: str) -> services.Registration:
    """What a valid form asks for, through this channel."""
    cleaned = form.cleaned_data
    return services.Registration(
        form_key=cleaned["form_key"],
        people=tuple(services.Person(**values) for values in form.people_values()),
        session_ids=cleaned["sessions"],
        email=cleaned["email"],
        phone=cleaned["phone"],
        wants_receipt=cleaned.get("wants_receipt", False),
        channel=channel,
    )


def refusal_to_staff(refusal: ForumError) -> str:
    """What keeps somebody from being entered."""
    if isinstance(refusal, SoldOutError):
        return _("No seats are left: %(names)s.") % {"names": ", ".join(refusal.sessions)}
    if isinstance(refusal, MealsGoneError):
        return _("There are seats, but no meals are left. Choose “does not eat”.")
    return _("These sessions can't be booked for now. Please look at the forum's page.")
