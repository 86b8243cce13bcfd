from datetime import timedelta

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PrivacyConfig(AppConfig):
    """Personal data: encrypted columns, blind indexes, consents, links that carry a secret."""

    name = "privacy"
    verbose_name = pgettext_lazy("personal data", "Privacy")

    def ready(self):
        # Models can only be imported once the registry is full.
        from evidence.registry import register_keeper
        from schedule.registry import register_job, register_start

        from .registry import name_data_set
        from .services import (
            check_keys,
            find_access_faults,
            note_first_keys,
            purge_throttle_counts,
            sync_default_consents,
        )

        post_migrate.connect(
            lambda **_kwargs: sync_default_consents(),
            sender=self,
            dispatch_uid="privacy.sync_default_consents",
            weak=False,
        )
        post_migrate.connect(
            lambda **_kwargs: note_first_keys(),
            sender=self,
            dispatch_uid="privacy.note_first_keys",
            weak=False,
        )
        register_start(check_keys)
        register_job("privacy.purge_throttle_counts", timedelta(minutes=10), purge_throttle_counts)
        register_keeper("access", find_access_faults)
        name_data_set("privacy.accessentry", _("Access log"))
