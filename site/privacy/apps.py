from datetime import timedelta

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import pgettext_lazy


class PrivacyConfig(AppConfig):
    """Personal data: encrypted columns, blind indexes, consents, links that carry a secret."""

    name = "privacy"
    verbose_name = pgettext_lazy("personal data", "Privacy")

    def ready(self):
        # Models can only be imported once the registry is full.
        from schedule.registry import register_job

        from .services import purge_expired_tokens, sync_default_consents

        post_migrate.connect(
            lambda **_kwargs: sync_default_consents(),
            sender=self,
            dispatch_uid="privacy.sync_default_consents",
            weak=False,
        )
        register_job("privacy.purge_expired_tokens", timedelta(hours=1), purge_expired_tokens)
