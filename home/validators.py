from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

GIST_LINES = 3


def validate_gist(text):
    if len([line for line in text.splitlines() if line.strip()]) > GIST_LINES:
        raise ValidationError(_("Three lines at most."))
