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
        from messaging.registry import set_sender

        from .content_checks import keep_numbers_back
        from .context_processors import mail_sender

        set_sender(mail_sender)
        keep_numbers_back()
        self._watch_what_pages_show()
        self._draw_pictures()
        self._register_jobs()
        self._mail_between_authors_and_approvers()
        self._look_after_pages()
        self._keep_policy_versions()

    @staticmethod
    def _watch_what_pages_show():
        from wagtail.models import PageViewRestriction, Site

        from . import models
        from .publishing import watch_model

        around = (models.SiteSettings, models.SiteAlert, models.Contact)
        sorting = (models.Theme, models.Sector, models.Processor)
        addresses = (Site, models.SiteDocument)  # Of pages and files: home.requests.
        pictures = (models.SiteImage, models.ShareCard)
        for model in (*around, *sorting, *addresses, *pictures, PageViewRestriction):
            watch_model(model)

    @staticmethod
    def _draw_pictures():
        from wagtail.signals import page_published

        from . import tasks
        from .models import SiteImage

        page_published.connect(tasks.draw_card_of_published_page, dispatch_uid="home.share_cards")
        page_published.connect(
            tasks.queue_renditions_of_page, dispatch_uid="home.renditions_of_page"
        )
        post_save.connect(tasks.queue_renditions, sender=SiteImage, dispatch_uid="home.renditions")

    @staticmethod
    def _register_jobs():
        from schedule.registry import register_job

        from . import services
        from .tasks import make_all_renditions

        minutes, day = timedelta(minutes=1), timedelta(days=1)
        register_job("home.draw_missing_cards", 5 * minutes, services.draw_missing_cards)
        register_job("home.index_what_is_missing", 10 * minutes, services.index_what_is_missing)
        register_job("home.make_renditions", 60 * minutes, make_all_renditions)
        register_job("home.redraw_old_cards", day, services.redraw_old_cards, time(4, 10))
        register_job("home.remove_unused_cards", day, services.remove_unused_cards, time(4, 40))

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

        from .forms import CopyPageForm, PageForm, PrivacyPolicyForm
        from .models import BasePage, PrivacyPolicyPage
        from .services.leading_on import lead_on
        from .services.starts import prepare_new_page

        def prepare(page, parent, **_kwargs):
            prepare_new_page(page, parent=parent)

        def keep_address(instance, **_kwargs):
            lead_on(instance)

        # The forms know the models, so these can't name them.
        BasePage.base_form_class = PageForm
        BasePage.copy_form_class = CopyPageForm
        PrivacyPolicyPage.base_form_class = PrivacyPolicyForm
        init_new_page.connect(prepare, weak=False, dispatch_uid="home.prepare_new_page")
        page_unpublished.connect(keep_address, weak=False, dispatch_uid="home.lead_on")

    @staticmethod
    def _keep_policy_versions():
        from wagtail.signals import page_published

        from schedule.registry import register_job

        from . import services
        from .models import PolicyVersion, PrivacyPolicyPage
        from .publishing import watch_model

        def keep(instance, **_kwargs):
            services.record_policy_version(instance, PolicyVersion.Cause.PUBLISHED)

        watch_model(PolicyVersion)
        page_published.connect(
            keep, sender=PrivacyPolicyPage, weak=False, dispatch_uid="home.policy_versions"
        )
        register_job(
            "home.record_changed_practice",
            timedelta(days=1),
            services.record_changed_practice,
            time(5, 10),
        )
