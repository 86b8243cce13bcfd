from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    """The coalition's own house: front page, standing pages, site settings, the shared look."""

    name = "home"
    verbose_name = _("Website")

    def ready(self):
        # Models can only be imported once the registry is full.
        from messaging.registry import set_sender

        from .context_processors import mail_sender
        from .models import Contact, Sector, SiteAlert, SiteSettings, Theme
        from .publishing import watch_model

        for model in (SiteSettings, SiteAlert, Contact, Theme, Sector):
            watch_model(model)
        set_sender(mail_sender)
