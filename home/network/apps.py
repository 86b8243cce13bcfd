from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class NetworkConfig(AppConfig):
    """Who we are and where: administrative regions now, member organisations and bodies later."""

    name = "home.network"
    label = "network"
    verbose_name = _("Network")

    def ready(self):
        # Models can only be imported once the registry is full.
        from .services import load_regions_after_migrate

        post_migrate.connect(
            load_regions_after_migrate, sender=self, dispatch_uid="network.load_regions"
        )
