from datetime import time, timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MessagingConfig(AppConfig):
    """E-mail: written with the fact it tells, sent by the worker, stopped on a person's word."""

    name = "messaging"
    verbose_name = _("Messaging")

    def ready(self):
        # Models can only be imported once the registry is full.
        from schedule.registry import register_job, register_loop

        from . import emails, services
        from .registry import register

        register(emails.NEWS_RESULT, emails.tell_news_choice, label=_("Result of a choice on news"))
        register(
            emails.NEWS_REMINDER,
            emails.remind_of_consent,
            bulk=True,
            label=_("Consent to news, told every two years"),
        )
        register_job(
            "messaging.remind_subscribers",
            timedelta(days=1),
            services.remind_subscribers,
            at=time(10, 0),
        )
        register_loop("messaging.deliver", services.DeliveryLoop().step)
