from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    """The coalition's own house: front page, standing pages, site settings, the shared look."""

    name = "home"
    verbose_name = _("Website")

    def ready(self):
        # Models can only be imported once the registry is full.
        from messaging.registry import set_sender  # noqa: PLC0415

        from .context_processors import mail_sender  # noqa: PLC0415
        from .models import SiteSettings  # noqa: PLC0415
        from .publishing import watch_model  # noqa: PLC0415

        watch_model(SiteSettings)
        set_sender(mail_sender)
