from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EvidenceConfig(AppConfig):
    """What happened, provable: chains of events that nobody can change afterwards."""

    name = "evidence"
    verbose_name = _("Evidence")
