from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Staff: who works in the admin, how they log in, what they may do."""

    name = "accounts"
    verbose_name = _("Staff accounts")

    def ready(self):
        # Models can only be imported once the registry is full.
        from .services import sync_roles_after_migrate

        post_migrate.connect(
            sync_roles_after_migrate, sender=self, dispatch_uid="accounts.sync_roles"
        )
