from datetime import time, timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

TREASURER = "회계 담당"
READ = (
    *("payments.view_bankaccount", "payments.view_accountchange", "payments.view_payment"),
    *("payments.view_deposit", "payments.view_refund", "payments.view_statementimport"),
)
# The books name nobody.
BOOKS = ("payments.view_ledgerentry", "payments.view_monthclose")
KEEP_BOOKS = (*BOOKS, "payments.export_ledgerentry", "payments.add_monthclose")
TAKE_OUT = "exports.add_exportjob"
KEEP = (
    *("payments.change_payment", "payments.change_deposit", "payments.change_refund"),
    *("payments.add_statementimport", "payments.view_full_payment"),
    "payments.add_accountchange",
)
APPROVE = (*BOOKS, "payments.approve_accountchange", "payments.approve_monthclose")


class PaymentsConfig(AppConfig):
    """Money: what is owed and paid, the bank's statements, refunds, a double-entry ledger."""

    name = "payments"
    verbose_name = _("Payments")

    def ready(self):
        self._give_rights()
        self._mail_staff()
        self._tell_what_is_kept()
        self._keep_books()
        self._register_jobs()

    @staticmethod
    def _give_rights():
        from accounts.defaults import ADMINISTRATOR, AUDITOR, DIRECTOR, ENTER, Role
        from accounts.registry import register_personal_data, register_rights, register_role

        register_role(TREASURER, Role(rights=(*ENTER, *READ, *KEEP, *KEEP_BOOKS, TAKE_OUT)))
        register_rights(DIRECTOR, *READ, *APPROVE)
        register_rights(ADMINISTRATOR, *READ, *APPROVE)
        register_rights(AUDITOR, *READ, *BOOKS)
        register_personal_data(*READ[2:], *KEEP, screens=["/admin/payments/"])

    @staticmethod
    def _mail_staff():
        from messaging.registry import register

        from . import emails

        register(
            emails.CHANGE_ASKED,
            emails.tell_change_asked,
            label=_("Change of the bank account asked for"),
        )
        register(
            emails.CHANGE_DECIDED,
            emails.tell_change_decided,
            label=_("Change of the bank account decided"),
        )

    @staticmethod
    def _tell_what_is_kept():
        from rights.registry import register_data_set, register_processors

        from . import data_sets
        from .services.rules import register_rules

        register_data_set(data_sets.PAYMENTS)
        register_data_set(data_sets.DEPOSITS)
        register_processors(data_sets.processors)
        register_rules()

    @staticmethod
    def _keep_books():
        from evidence.registry import register_keeper
        from exports.registry import register_source
        from privacy.registry import name_data_set

        from . import export_sources
        from .services.months import EVIDENCE_SUBJECT, find_month_faults

        for source in export_sources.SOURCES:
            register_source(source)
        name_data_set(export_sources.BOOKS, _("Ledger"))
        register_keeper(EVIDENCE_SUBJECT, find_month_faults)

    @staticmethod
    def _register_jobs():
        from schedule.registry import register_job

        from .services.card_books import look_after_books, look_after_payouts
        from .services.cards import look_after_cards
        from .services.comparison import compare_ledger
        from .services.lapses import lapse_overdue

        day = timedelta(days=1)
        register_job("payments.lapse_overdue", timedelta(minutes=5), lapse_overdue)
        register_job("payments.look_after_cards", timedelta(minutes=1), look_after_cards)
        register_job("payments.look_after_payouts", timedelta(minutes=5), look_after_payouts)
        register_job("payments.look_after_books", day, look_after_books, at=time(4, 10))
        register_job("payments.compare_ledger", day, compare_ledger, at=time(4, 20))
