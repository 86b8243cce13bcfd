from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition

from ..bigrams import BigramField


class SiteImage(AbstractImage):
    """A picture with its credit; the description is its text alternative."""

    class PortraitConsent(models.TextChoices):
        NO_FACES = "no_faces", _("Nobody can be recognised")
        GIVEN = "given", _("Everybody who can be recognised agreed")
        PUBLIC_SCENE = "public_scene", _("A public scene; nobody is shown apart")

    credit = models.CharField(_("credit"), max_length=120, blank=True)
    portrait_consent = models.CharField(
        _("people in the picture"), max_length=16, choices=PortraitConsent.choices, blank=True
    )
    made_by_ai = models.BooleanField(
        _("made by artificial intelligence"),
        default=False,
        help_text=_("The page says so beside the picture."),
    )

    admin_form_fields = (
        *("title", "file", "description", "credit", "portrait_consent", "made_by_ai"),
        *("collection", "tags", "focal_point_x", "focal_point_y"),
        *("focal_point_width", "focal_point_height"),
    )

    search_fields = [*AbstractImage.search_fields, BigramField("title")]

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")


class SiteRendition(AbstractRendition):
    image = models.ForeignKey(SiteImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("image", "filter_spec", "focal_point_key"),
                name="home_siterendition_unique",
            )
        ]


class SiteDocument(AbstractDocument):
    admin_form_fields = Document.admin_form_fields

    search_fields = [*AbstractDocument.search_fields, BigramField("title")]

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def clean(self):
        """A refused file leaves none: its missing ending would be a second, false reason."""
        if self.file:
            super().clean()
