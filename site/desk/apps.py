from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    """The staff's desk: what waits today, and how lists of rows look."""

    name = "desk"
    verbose_name = _("Desk")
