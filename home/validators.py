from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

GIST_LINES = 3


def validate_gist(text):
    if len([line for line in text.splitlines() if line.strip()]) > GIST_LINES:
        raise ValidationError(_("Three lines at most."))


def validate_https(url):
    """Nothing is fetched from an address that others on the way can read or change."""
    if not url.lower().startswith("https://"):
        raise ValidationError(_("Give an address that begins with https://."), code="https")
