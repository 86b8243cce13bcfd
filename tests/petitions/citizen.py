"""What a citizen types, and what becomes of it."""

from petitions import services
from privacy.blind_index import address_index

NAME = "한가람"
EMAIL = "garam@mail.example"
REGION = "11"

TYPED = {
    "name": NAME,
    "email": EMAIL,
    "region": REGION,
    "comment": "",
    "name_display": "hidden",
    "consent_collection": "on",
    "consent_roll": "yes",
    "consent_age": "on",
}

CLEANED = {
    **TYPED,
    "consent_collection": True,
    "consent_roll": True,
    "consent_news": False,
    "consent_age": True,
}


def form_version(path="campaigns/basic-act/petition"):
    """What the hidden field of the sign form says to somebody who opens the petition now."""
    return services.petition_state(path).form_version


def typed(**changes):
    """The fields of the sign form as a browser posts them; None leaves a field out."""
    version = {} if "form_version" in changes else {"form_version": form_version()}
    fields = {**TYPED, **version, **changes}
    return {name: value for name, value in fields.items() if value is not None}


def cleaned(**changes):
    """The same after the form has checked it."""
    version = {} if "form_version" in changes else {"form_version": form_version()}
    return {**CLEANED, **version, **changes}


def attempt_key(page, email=EMAIL):
    """The outbox key of the mail that answers an attempt to sign."""
    return f"{page.pk}:{address_index(email).hex()}"
