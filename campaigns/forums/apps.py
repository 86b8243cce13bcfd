from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ForumsConfig(AppConfig):
    """토론회: meetings that people register for, pay for and attend. No discussion boards."""

    name = "campaigns.forums"
    label = "forums"
    verbose_name = _("Forums")

    def ready(self):
        # Models can only be imported once the registry is full.
        self._keep_pools()
        self._announce()

    @staticmethod
    def _keep_pools():
        from django.core.exceptions import ValidationError
        from wagtail.signals import page_published

        from .exceptions import SeatsTakenError
        from .models import ForumPage
        from .services import sync_pools

        def keep_pools(instance, **_kwargs):
            try:
                sync_pools(instance)
            except SeatsTakenError as refusal:
                told = _("“%(name)s” has %(taken)d registered people already.")
                values = {"name": refusal.name, "taken": refusal.taken}
                raise ValidationError(told, params=values) from refusal

        page_published.connect(
            keep_pools, sender=ForumPage, weak=False, dispatch_uid="forums.keep_pools"
        )

    @staticmethod
    def _announce():
        from home.publishing import watch_model
        from home.registry import register_action_notes, register_events
        from payments.models import BankAccount

        from . import presenters

        watch_model(BankAccount)
        register_action_notes(presenters.card_notes)
        register_events(presenters.upcoming_events)
