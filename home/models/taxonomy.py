from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel


class TermQuerySet(models.QuerySet):
    def in_order(self):
        return self.order_by("sort_order", "name")


class Term(models.Model):
    """A word that sorts pages; its slug stands in the address of a filtered list."""

    name = models.CharField(_("name"), max_length=40, unique=True)
    slug = models.SlugField(pgettext_lazy("part of an address", "slug"), max_length=40, unique=True)
    sort_order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = TermQuerySet.as_manager()

    panels = [FieldPanel("name"), FieldPanel("slug")]

    class Meta:
        abstract = True
        ordering = ["sort_order", "name"]

    def __str__(self):
        return self.name


class Theme(Term):
    """주제: what a text is about."""

    class Meta(Term.Meta):
        verbose_name = _("theme")
        verbose_name_plural = _("themes")


class Sector(Term):
    """부문: which part of the social economy it concerns."""

    class Meta(Term.Meta):
        verbose_name = _("sector")
        verbose_name_plural = _("sectors")


class Contact(models.Model):
    """Whom to ask. Chosen on pages, so one change reaches all of them."""

    name = models.CharField(_("name"), max_length=40)
    role = models.CharField(_("role"), max_length=60, blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)

    panels = [*(FieldPanel("name"), FieldPanel("role")), FieldPanel("phone"), FieldPanel("email")]

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["name"]

    def __str__(self):
        return f"{self.name} ({self.role})" if self.role else self.name

    @property
    def phone_digits(self):
        return "".join(sign for sign in self.phone if sign.isdigit() or sign == "+")
