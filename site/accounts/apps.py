from datetime import time, timedelta

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


class AccountsConfig(AppConfig):
    """Staff: who works in the admin, how they log in, what they may do."""

    name = "accounts"
    verbose_name = _("Staff accounts")

    def ready(self):
        # Models can only be imported once the registry is full.
        from . import services

        self._mail_staff()
        self._guard_screens()
        self._keep_secrets()
        self._register_jobs()
        services.watch_rights()
        post_migrate.connect(
            services.sync_roles_after_migrate, sender=self, dispatch_uid="accounts.sync_roles"
        )
        # Staff are invited, never typed in with a password, and leave without being deleted.
        apps.get_app_config("wagtailusers").user_viewset = "accounts.viewsets.StaffViewSet"

    @staticmethod
    def _mail_staff():
        from messaging.registry import register

        from . import emails

        register(emails.ACCOUNT_LOCKED, emails.tell_locked, label=_("Log-in locked"))
        register(
            emails.FACTOR_CHANGED, emails.tell_factor_changed, label=_("Second factor changed")
        )
        register(
            emails.PASSWORD_FORGOTTEN, emails.send_password_link, label=_("Password forgotten")
        )
        register(emails.PASSWORD_CHANGED, emails.tell_password_changed, label=_("Password changed"))
        register(emails.INVITATION, emails.send_invitation, label=_("Invitation of staff"))
        register(emails.FACTOR_RESET, emails.tell_factor_reset, label=_("Second factor reset"))
        register(emails.ACCOUNT_IDLE, emails.tell_idle, label=_("Unused account closed"))
        register(emails.MONTHLY_SEAL, emails.send_monthly_seal, label=_("Seal of the month"))

    @staticmethod
    def _guard_screens():
        from wagtail.permission_policies import ModelPermissionPolicy
        from wagtail.permissions import register_permission_policy

        from .models import Invitation, User
        from .registry import register_personal_data

        register_personal_data(
            *("accounts.change_user", "accounts.view_user", "accounts.add_user"),
            *("accounts.view_grant", "accounts.view_rightschange"),
            screens=("/admin/users/", "/admin/invitations/", "/admin/roles/"),
        )
        register_personal_data(  # The room below this one can't say it itself.
            *("privacy.view_accessentry", "privacy.view_accessreview"),
            screens=("/admin/access-log/", "/admin/access-reviews/"),
        )
        register_permission_policy(Invitation, ModelPermissionPolicy(User))

    @staticmethod
    def _keep_secrets():
        from privacy.registry import OtherCiphertexts, register_ciphertexts

        from . import defaults, services

        register_ciphertexts(
            OtherCiphertexts(defaults.SECRETS, services.sealed_secrets, services.replace_secret)
        )

    @staticmethod
    def _register_jobs():
        from schedule.registry import register_job

        from . import services

        register_job("accounts.close_idle", DAY, services.close_idle_accounts, at=time(4, 50))
        register_job("accounts.mail_monthly_seal", DAY, services.mail_monthly_seal)
        register_job("accounts.purge_attempts", DAY, services.purge_attempts)
        register_job("accounts.purge_sessions", DAY, services.purge_sessions)
        register_job("accounts.carry_out_grants", MINUTE, services.carry_out_grants)
