from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RightsConfig(AppConfig):
    """What people may ask of us about their data, and when it goes."""

    name = "rights"
    verbose_name = _("People's rights")
