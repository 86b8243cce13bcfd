"""개인정보처리방침: a page whose tables come from what the site really keeps, and its versions."""

import hashlib
import json

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

from ..defaults import policy as words
from .base import PresentedPage
from .site import SiteSettings

FEATURES = ["bold", "ol", "ul", "link"]
ABROAD = _("Where data leaves the country the law wants this told. Please fill it in.")


def prose(label, default, help_text=""):
    """A part of the policy that only people can write; it starts with words that fit most."""
    return RichTextField(label, features=FEATURES, default=default, help_text=help_text)


class PrivacyPolicyPage(PresentedPage):
    """The sections of PIPA art. 30, decree art. 31: editors write the prose, the site the rest."""

    effective_on = models.DateField(_("in force from"), default=timezone.localdate)
    introduction = prose(_("introduction"), words.INTRODUCTION)
    destruction = prose(_("how data is destroyed"), words.DESTRUCTION)
    exercise_of_rights = prose(_("rights and how to use them"), words.RIGHTS)
    automatic_collection = prose(_("cookies and how to refuse them"), words.COOKIES)
    safety = prose(_("how data is kept safe"), words.SAFETY)
    publicity = prose(_("public display of opinions"), words.PUBLICITY)
    remedies = prose(_("where to turn for help"), words.REMEDIES)

    content_panels = [
        *Page.content_panels,
        HelpPanel(
            _(
                "The tables (what is collected, how long it is kept, who receives it, who works "
                "for us, transfers abroad, the officer) are made by the site from what it really "
                "does. You write only the words around them."
            )
        ),
        *(FieldPanel("summary"), FieldPanel("effective_on"), FieldPanel("introduction")),
        MultiFieldPanel(
            [
                *(FieldPanel("destruction"), FieldPanel("exercise_of_rights")),
                *(FieldPanel("automatic_collection"), FieldPanel("safety")),
                *(FieldPanel("publicity"), FieldPanel("remedies")),
            ],
            heading=_("Words of the sections"),
        ),
    ]
    prose_fields = (
        *("introduction", "destruction", "exercise_of_rights", "automatic_collection"),
        *("safety", "publicity", "remedies"),
    )
    searched_fields = (*PresentedPage.searched_fields, *prose_fields)

    parent_page_types = ["home.HomePage", "home.StandardPage"]
    subpage_types: list[str] = []
    max_count = 1
    default_slug = "privacy"

    class Meta:
        verbose_name = verbose_name_plural = pgettext_lazy("page type", "privacy policy")

    def publish(self, revision, *args, **kwargs):
        revision.as_object().check_ready()
        return super().publish(revision, *args, **kwargs)

    def check_ready(self):
        """Raise ValidationError unless the site says whom to ask (PIPA art. 30(1), 31)."""
        settings = SiteSettings.objects.first()
        if settings is None or not settings.names_privacy_officer:
            raise ValidationError(
                _(
                    "The law wants the privacy officer named: write name and phone or e-mail into "
                    "“Site settings” first, then publish."
                )
            )


class Processor(models.Model):
    """수탁자: who works with people's data for us (PIPA art. 26)."""

    name = models.CharField(pgettext_lazy("processor", "name"), max_length=80)
    task = models.CharField(pgettext_lazy("processor", "task"), max_length=200)
    items = models.CharField(pgettext_lazy("processor", "items"), max_length=200)
    kept_until = models.CharField(
        _("kept until"), max_length=120, default=words.UNTIL_CONTRACT_ENDS
    )
    contact = models.CharField(_("contact"), max_length=120, blank=True)
    ended_on = models.DateField(
        _("ended on"), null=True, blank=True, help_text=_("From that day it is not shown.")
    )
    # PIPA art. 28-8(2): told where data leaves the country.
    country = models.CharField(
        _("country, if abroad"), max_length=40, blank=True, help_text=_("Empty: in Korea.")
    )
    how_transferred = models.CharField(
        _("when and how it is transferred"), max_length=200, blank=True
    )
    how_to_refuse = models.CharField(
        _("how to refuse, and what follows"), max_length=200, blank=True
    )

    class Meta:
        verbose_name = _("processor")
        verbose_name_plural = _("processors")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(country="")
                | ~models.Q(how_transferred="") & ~models.Q(how_to_refuse=""),
                name="home_processor_abroad_is_told",
                violation_error_message=ABROAD,
            )
        ]

    def __str__(self):
        return self.name

    def clean(self):
        """Each that is in force shows in the policy, those abroad with what the law adds."""
        if not self.country:
            return
        missing = {
            name: ABROAD
            for name in ("how_transferred", "how_to_refuse")
            if not getattr(self, name).strip()
        }
        if missing:
            raise ValidationError(missing)


class PolicyVersion(models.Model):
    """The policy as it stood, words and tables. Rows are never changed: triggers refuse it."""

    class Cause(models.TextChoices):
        PUBLISHED = "published", _("published by staff")
        PRACTICE = "practice", _("what the site does had changed")

    number = models.PositiveIntegerField(_("version"), unique=True)
    effective_on = models.DateField(_("in force from"))
    recorded_at = models.DateTimeField(default=timezone.now)
    cause = models.CharField(max_length=9, choices=Cause.choices)
    sections = models.JSONField()
    digest = models.CharField(max_length=64)

    class Meta:
        default_permissions = ("view",)
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(cause__in=["published", "practice"]),
                name="home_policyversion_cause",
            )
        ]

    def __str__(self):
        return str(self.number)


def digest_sections(sections) -> str:
    """SHA-256 of the sections in canonical JSON."""
    text = json.dumps(sections, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
