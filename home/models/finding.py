"""Ways to a page: words that mean the same, and short addresses."""

import re

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.admin.widgets.slug import SlugInput

from ..bigrams import find_words, normal

COMMAS = re.compile(r"[,，、;\n]")
SHORTEST_SYNONYM = 2
# They look like doors of this site, or may become some.
RESERVED_SLUGS = ("admin", "login", "logout", "my", "verify", "qr", "new", "all", "index", "api")
WEB = ("https://", "http://")


class SearchSynonym(models.Model):
    """Who searches for one of these words is shown what holds any of them."""

    words = models.CharField(
        _("words that mean the same"),
        max_length=200,
        help_text=_("With commas between: 사경기본법, 사회적경제기본법"),
    )

    panels = [FieldPanel("words")]

    class Meta:
        verbose_name = _("search synonym")
        verbose_name_plural = _("search synonyms")
        ordering = ["words"]

    def __str__(self):
        return self.words

    def clean(self):
        words = [" ".join(normal(word).split()) for word in COMMAS.split(self.words)]
        by_sound = {"".join(find_words(word.lower())): word for word in words if word}
        if any(len(sound) < SHORTEST_SYNONYM for sound in by_sound):
            raise ValidationError(
                {
                    "words": _(
                        "Each word needs two letters at least: one alone is in too many texts."
                    )
                }
            )
        if len(by_sound) < 2:
            raise ValidationError({"words": _("Give two different words at least, with commas.")})
        self.words = ", ".join(by_sound.values())


class ShortLink(models.Model):
    """A short address under /s/, easy to say and to print, with its QR code."""

    slug = models.SlugField(
        _("short address"),
        max_length=40,
        unique=True,
        allow_unicode=True,
        help_text=_("What follows /s/. Hangul is allowed: 토론회신청"),
    )
    page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("leads to the page"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    url = models.URLField(_("or to an address outside this site"), blank=True, max_length=500)

    panels = [
        # Pages have ASCII addresses; these may be Hangul, which the browser would else take out.
        FieldPanel("slug", widget=SlugInput({"data-w-slug-allow-unicode-value": "true"})),
        PageChooserPanel("page"),
        FieldPanel("url"),
    ]

    class Meta:
        verbose_name = _("short address")
        verbose_name_plural = _("short addresses")
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(page__isnull=True) ^ models.Q(url=""),
                name="home_shortlink_one_target",
                violation_error_message=_("Choose a page or give an address outside this site."),
            )
        ]

    def __str__(self):
        return f"/s/{self.slug}"

    @property
    def address(self):
        """The whole address as machines want it: Hangul as its bytes."""
        return settings.SITE_URL + reverse("home:follow-short-link", args=[self.slug])

    @property
    def spoken_address(self):
        """The whole address as people read it: Hangul as Hangul."""
        return f"{settings.SITE_URL}{self}"

    @property
    def target(self):
        """Where it leads; empty while the page was never public.

        One taken from the web is led to as well: its own address leads on to what replaced it.
        """
        if self.page:
            was_public = self.page.live or self.page.first_published_at
            return (self.page.url or "") if was_public else ""
        return self.url if self.url.startswith(WEB) else ""

    def clean(self):
        self.slug = normal(self.slug).lower()
        if self.slug in RESERVED_SLUGS:
            raise ValidationError({"slug": _("This word is reserved. Please choose another.")})
        if self.url and not self.url.startswith(WEB):
            raise ValidationError({"url": _("The address must begin with https:// or http://.")})
