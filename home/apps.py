from datetime import time, timedelta

from django.apps import AppConfig
from django.db.models.signals import post_save
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    """The coalition's own house: front page, standing pages, site settings, the shared look."""

    name = "home"
    verbose_name = _("Website")

    def ready(self):
        # Models can only be imported once the registry is full.
        from wagtail.models import PageViewRestriction, Site
        from wagtail.signals import page_published

        from messaging.registry import set_sender
        from schedule.registry import register_job

        from . import services
        from .content_checks import keep_numbers_back
        from .context_processors import mail_sender
        from .models import (
            Contact,
            Sector,
            ShareCard,
            SiteAlert,
            SiteDocument,
            SiteImage,
            SiteSettings,
            Theme,
        )
        from .publishing import watch_model
        from .tasks import (
            draw_card_of_published_page,
            make_all_renditions,
            queue_renditions,
            queue_renditions_of_page,
        )

        for model in (SiteSettings, SiteAlert, Contact, Theme, Sector, ShareCard):
            watch_model(model)
        for model in (Site, SiteDocument):  # Addresses of pages and files: home.requests.
            watch_model(model)
        for model in (PageViewRestriction, SiteImage):  # Who may see a page; what a picture shows.
            watch_model(model)
        set_sender(mail_sender)
        keep_numbers_back()
        page_published.connect(draw_card_of_published_page, dispatch_uid="home.share_cards")
        page_published.connect(queue_renditions_of_page, dispatch_uid="home.renditions_of_page")
        register_job(
            "home.draw_missing_cards", every=timedelta(minutes=5), run=services.draw_missing_cards
        )
        register_job(
            "home.index_what_is_missing", timedelta(minutes=10), services.index_what_is_missing
        )
        register_job(
            *("home.redraw_old_cards", timedelta(days=1), services.redraw_old_cards, time(4, 10))
        )
        register_job(
            *("home.remove_unused_cards", timedelta(days=1)),
            *(services.remove_unused_cards, time(4, 40)),
        )
        post_save.connect(queue_renditions, sender=SiteImage, dispatch_uid="home.renditions")
        register_job("home.make_renditions", every=timedelta(hours=1), run=make_all_renditions)
        self._mail_between_authors_and_approvers()
        self._look_after_pages()

    @staticmethod
    def _mail_between_authors_and_approvers():
        from messaging.registry import register

        from . import emails
        from .services.notices import take_over_wagtails_mails

        register(emails.APPROVAL_WANTED, emails.ask_for_approval, label=_("Text to approve"))
        register(emails.TEXT_APPROVED, emails.tell_of_approval, label=_("Text approved"))
        register(emails.TEXT_RETURNED, emails.tell_of_return, label=_("Text returned"))
        register(emails.TEXT_COMMENTED, emails.tell_of_comment, label=_("Comment on a text"))
        take_over_wagtails_mails()

    @staticmethod
    def _look_after_pages():
        from wagtail.signals import init_new_page, page_unpublished

        from .forms import CopyPageForm, PageForm
        from .models import BasePage
        from .services.leading_on import lead_on
        from .services.starts import prepare_new_page

        def prepare(page, parent, **_kwargs):
            prepare_new_page(page, parent=parent)

        def keep_address(instance, **_kwargs):
            lead_on(instance)

        # The forms know the models, so these can't name them.
        BasePage.base_form_class = PageForm
        BasePage.copy_form_class = CopyPageForm
        init_new_page.connect(prepare, weak=False, dispatch_uid="home.prepare_new_page")
        page_unpublished.connect(keep_address, weak=False, dispatch_uid="home.lead_on")
