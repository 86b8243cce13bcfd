from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ForumsConfig(AppConfig):
    """토론회: meetings that people register for, pay for and attend. No discussion boards."""

    name = "campaigns.forums"
    label = "forums"
    verbose_name = _("Forums")
