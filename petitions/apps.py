from datetime import time, timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PetitionsConfig(AppConfig):
    """Citizens sign a demand; each signature is confirmed by mail, counted and can be withdrawn."""

    name = "petitions"
    verbose_name = _("Petitions")

    def ready(self):
        # Models can only be imported once the registry is full.
        from wagtail.permissions import register_permission_policy

        from accounts.policies import ScopedPolicy
        from accounts.registry import register_personal_data
        from exports.registry import register_source
        from home.publishing import watch_model
        from home.registry import register_action_notes, register_figure
        from messaging.registry import find_addresses, listen_to_news_choices, register
        from privacy.models import ConsentVersion
        from privacy.registry import listen_to_consents
        from rights.registry import register_data_set, register_provisions
        from schedule.registry import register_job

        from . import data_sets, emails, export_sources, models, presenters, services
        from .services import news
        from .services.rules import register_rules

        register_personal_data(
            *("petitions.view_signature", "petitions.change_signature"),
            *("petitions.view_full_signature", "petitions.export_signature"),
            screens=["/admin/signatures/"],
        )
        register_permission_policy(
            models.Signature, ScopedPolicy(models.Signature, {"region": "region"})
        )
        watch_model(ConsentVersion)
        register_data_set(data_sets.SIGNATURES)
        register_data_set(data_sets.BLOCKED_ADDRESSES)
        register_provisions(presenters.provisions)
        for source in export_sources.SOURCES:
            register_source(source)
        register_action_notes(presenters.card_notes)
        register_figure(
            "signatures", label=_("Confirmed signatures"), read=presenters.count_confirmed
        )
        register(emails.SIGN_ATTEMPT, emails.answer_sign_attempt, label=_("Answer to a signature"))
        register(emails.SIGNATURE_CONFIRMED, emails.thank_signer, label=_("Signature registered"))
        register(
            emails.CONTINUE, emails.ask_to_continue, bulk=True, label=_("Question to sign again")
        )
        register_job(
            "petitions.invite_signers", every=timedelta(minutes=1), run=services.invite_signers
        )
        register_job("petitions.fold_counts", every=timedelta(seconds=1), run=services.fold_counts)
        register_job(
            "petitions.recount", every=timedelta(days=1), at=time(3, 40), run=services.recount
        )
        register_job(
            "petitions.gather_subscribers",
            every=timedelta(days=1),
            at=time(5, 0),
            run=news.gather_subscribers,
        )
        listen_to_consents(news.hear_consent)
        listen_to_news_choices(news.hear_news_choice)
        find_addresses(news.find_address)
        register_rules()
