"""Ways to a page: words that mean the same, and short addresses."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel


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

    panels = [FieldPanel("slug"), FieldPanel("page"), FieldPanel("url")]

    class Meta:
        verbose_name = _("short address")
        verbose_name_plural = _("short addresses")
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(page__isnull=True) ^ models.Q(url=""),
                name="home_shortlink_one_target",
            )
        ]

    def __str__(self):
        return f"/s/{self.slug}"

    def clean(self):
        if bool(self.page_id) == bool(self.url):
            raise ValidationError(_("Choose a page or give an address outside this site."))
