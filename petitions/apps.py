from datetime import time, timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


class PetitionsConfig(AppConfig):
    """Citizens sign a demand; each signature is confirmed by mail, counted and can be withdrawn."""

    name = "petitions"
    verbose_name = _("Petitions")

    def ready(self):
        # Models can only be imported once the registry is full.
        from home.publishing import watch_model
        from privacy.models import ConsentVersion

        watch_model(ConsentVersion)
        self._guard_signers()
        self._tell_what_is_kept()
        self._show_numbers()
        self._mail_signers()
        self._keep_subscribers()
        self._register_jobs()

    @staticmethod
    def _guard_signers():
        from wagtail.permissions import register_permission_policy

        from accounts.policies import ScopedPolicy
        from accounts.registry import register_personal_data

        from .models import Signature

        register_personal_data(
            *("petitions.view_signature", "petitions.change_signature"),
            *("petitions.view_full_signature", "petitions.export_signature"),
            screens=["/admin/signatures/"],
        )
        register_permission_policy(Signature, ScopedPolicy(Signature, {"region": "region"}))

    @staticmethod
    def _tell_what_is_kept():
        from exports.registry import register_source
        from rights.registry import register_data_set, register_provisions

        from . import data_sets, export_sources, presenters
        from .services.rules import register_rules

        register_data_set(data_sets.SIGNATURES)
        register_data_set(data_sets.BLOCKED_ADDRESSES)
        register_provisions(presenters.provisions)
        register_rules()
        for source in export_sources.SOURCES:
            register_source(source)

    @staticmethod
    def _show_numbers():
        from home.registry import register_action_notes, register_figure

        from . import presenters

        register_action_notes(presenters.card_notes)
        register_figure(
            "signatures", label=_("Confirmed signatures"), read=presenters.count_confirmed
        )

    @staticmethod
    def _mail_signers():
        from messaging.registry import register

        from . import emails

        register(emails.SIGN_ATTEMPT, emails.answer_sign_attempt, label=_("Answer to a signature"))
        register(emails.SIGNATURE_CONFIRMED, emails.thank_signer, label=_("Signature registered"))
        register(
            emails.CONTINUE, emails.ask_to_continue, bulk=True, label=_("Question to sign again")
        )

    @staticmethod
    def _keep_subscribers():
        from messaging.registry import find_addresses, listen_to_news_choices
        from privacy.registry import listen_to_consents

        from .services import news

        listen_to_consents(news.hear_consent)
        listen_to_news_choices(news.hear_news_choice)
        find_addresses(news.find_address)

    @staticmethod
    def _register_jobs():
        from schedule.registry import register_job

        from . import services
        from .services.news import gather_subscribers

        register_job("petitions.invite_signers", MINUTE, services.invite_signers)
        register_job("petitions.fold_counts", timedelta(seconds=1), services.fold_counts)
        register_job("petitions.recount", DAY, services.recount, at=time(3, 40))
        register_job("petitions.gather_subscribers", DAY, gather_subscribers, at=time(5, 0))
