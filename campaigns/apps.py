from django.apps import AppConfig
from django.db.models.signals import post_save
from django.utils.translation import gettext_lazy as _


class CampaignsConfig(AppConfig):
    """A campaign: what we ask for, where the Bill stands, and how to take part."""

    name = "campaigns"
    verbose_name = _("Campaigns")

    def ready(self):
        # Models can only be imported once the registry is full.
        from accounts.services import open_section

        from .models import CampaignIndexPage
        from .presenters import register_counts

        def open_to_campaigners(instance, created, raw, **_kwargs):
            if created and not raw:
                open_section(instance)

        post_save.connect(
            open_to_campaigners,
            sender=CampaignIndexPage,
            weak=False,
            dispatch_uid="campaigns.open_section",
        )
        register_counts()
