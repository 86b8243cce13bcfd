from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CampaignsConfig(AppConfig):
    """A campaign: what we ask for, where the Bill stands, and how to take part."""

    name = "campaigns"
    verbose_name = _("Campaigns")
