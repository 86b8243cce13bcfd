from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PaymentsConfig(AppConfig):
    """Money: what is owed and paid, the bank's statements, refunds, a double-entry ledger."""

    name = "payments"
    verbose_name = _("Payments")
