from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NetworkConfig(AppConfig):
    """Who we are and where: administrative regions now, member organisations and bodies later."""

    name = "home.network"
    label = "network"
    verbose_name = _("Network")
