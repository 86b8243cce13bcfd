from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class NetworkConfig(AppConfig):
    """Who we are and where: member organisations, bodies, their meetings, regions."""

    name = "home.network"
    label = "network"
    verbose_name = _("Network")

    def ready(self):
        # Models can only be imported once the registry is full.
        from accounts.registry import ScopeKind, register_scope
        from home.publishing import watch_model

        from .models import Body, Meeting, Organisation
        from .presenters import register_counts
        from .services import (
            load_regions_after_migrate,
            region_scope_choices,
            rows_of_regions,
        )

        for model in (Organisation, Body, Meeting):
            watch_model(model)
        register_counts()
        register_scope(
            ScopeKind("region", _("Region"), choices=region_scope_choices, rows=rows_of_regions)
        )

        post_migrate.connect(
            load_regions_after_migrate, sender=self, dispatch_uid="network.load_regions"
        )
