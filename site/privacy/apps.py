from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import pgettext_lazy


class PrivacyConfig(AppConfig):
    """Personal data: encrypted columns, blind indexes, consents, links that carry a secret."""

    name = "privacy"
    verbose_name = pgettext_lazy("personal data", "Privacy")

    def ready(self):
        # Models can only be imported once the registry is full.
        from .services import sync_default_consents

        post_migrate.connect(
            lambda **_kwargs: sync_default_consents(),
            sender=self,
            dispatch_uid="privacy.sync_default_consents",
            weak=False,
        )
