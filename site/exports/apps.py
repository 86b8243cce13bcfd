from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExportsConfig(AppConfig):
    """The one way by which personal data leaves the site."""

    name = "exports"
    verbose_name = _("Exports")
