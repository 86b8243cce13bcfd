from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MessagingConfig(AppConfig):
    """E-mail: written with the fact it tells, sent by the worker, stopped on a person's word."""

    name = "messaging"
    verbose_name = _("Messaging")

    def ready(self):
        # Models can only be imported once the registry is full.
        from schedule.registry import register_loop

        from . import services

        register_loop("messaging.deliver", services.DeliveryLoop().step)
