from datetime import time, timedelta

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Staff: who works in the admin, how they log in, what they may do."""

    name = "accounts"
    verbose_name = _("Staff accounts")

    def ready(self):
        # Models can only be imported once the registry is full.
        from messaging.registry import register
        from schedule.registry import register_job

        from . import emails, services
        from .registry import register_personal_data

        register(emails.ACCOUNT_LOCKED, emails.tell_locked, label=_("Log-in locked"))
        register(
            emails.FACTOR_CHANGED, emails.tell_factor_changed, label=_("Second factor changed")
        )
        register(
            emails.PASSWORD_FORGOTTEN, emails.send_password_link, label=_("Password forgotten")
        )
        register(emails.PASSWORD_CHANGED, emails.tell_password_changed, label=_("Password changed"))
        register_job("accounts.purge_attempts", timedelta(days=1), services.purge_attempts)
        # Rooms below this one can't say it themselves.
        register_personal_data(
            *("messaging.view_outboxmessage", "messaging.view_suppression"),
            *("accounts.change_user", "accounts.view_user", "accounts.add_user"),
            screens=("/admin/mails/", "/admin/users/"),
        )
        services.watch_rights()
        register_job("accounts.carry_out_grants", timedelta(minutes=1), services.carry_out_grants)
        register_job(
            "accounts.forget_old_changes",
            timedelta(days=1),
            services.forget_old_changes,
            at=time(4, 20),
        )
        post_migrate.connect(
            services.sync_roles_after_migrate, sender=self, dispatch_uid="accounts.sync_roles"
        )
