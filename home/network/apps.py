from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

SECRETARY = "위원회 간사"


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

        self._let_in_secretaries()

        post_migrate.connect(
            load_regions_after_migrate, sender=self, dispatch_uid="network.load_regions"
        )

    @staticmethod
    def _let_in_secretaries():
        """Whoever keeps the minutes of one body: its meetings, and drafts for the approver."""
        from wagtail.permissions import register_permission_policy

        from accounts.defaults import COLLECTION_RIGHTS, ENTER, Role
        from accounts.policies import ScopedPolicy
        from accounts.registry import ScopeKind, register_role, register_scope

        from .models import Meeting
        from .services import body_scope_choices, rows_of_bodies

        label = pgettext_lazy("of the coalition", "Body")
        register_scope(ScopeKind("body", label, choices=body_scope_choices, rows=rows_of_bodies))
        register_permission_policy(Meeting, ScopedPolicy(Meeting, {"body": "body"}))
        register_role(
            SECRETARY,
            Role(
                rights=ENTER,
                section="home.newsindexpage",
                in_section=("add_page",),
                collections=COLLECTION_RIGHTS,
                scope="body",
                in_scope=tuple(f"network.{verb}_meeting" for verb in ("view", "add", "change")),
            ),
        )
