from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Staff: who works in the admin, and how they log in."""

    name = "accounts"
    verbose_name = _("Staff accounts")
