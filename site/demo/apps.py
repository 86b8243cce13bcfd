from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DemoConfig(AppConfig):
    """Fictional content for a first look. Stands above every room and holds no rule."""

    name = "demo"
    verbose_name = _("Demo content")
