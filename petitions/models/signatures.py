import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from home.network.models import Region
from privacy.fields import EncryptedTextField

from .pages import DEFAULT_RETENTION_MONTHS, PetitionPage

STATUSES = ("unconfirmed", "confirmed", "withdrawn", "denied", "invalidated")


class SignatureQuerySet(models.QuerySet):
    def confirmed(self):
        return self.filter(status=Signature.Status.CONFIRMED)

    def unconfirmed_since(self, moment):
        return self.filter(status=Signature.Status.UNCONFIRMED, created_at__lt=moment)

    def with_person(self):
        """Rows that still say who signed."""
        return self.filter(anonymised_at=None)

    def latest_first(self):
        """Newest confirmed first, walking the (petition, confirmed_at) index, never the key."""
        return self.confirmed().order_by("-confirmed_at")

    def with_published_comment(self):
        return self.filter(comment_status=Signature.CommentStatus.PUBLISHED)


class Signature(models.Model):
    """One person's signature. Personal data is encrypted and leaves the row when it must."""

    class Status(models.TextChoices):
        UNCONFIRMED = "unconfirmed", _("Unconfirmed")
        CONFIRMED = "confirmed", _("Confirmed")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        DENIED = "denied", _("Not signed by the owner of the address")
        INVALIDATED = "invalidated", _("Invalidated")

    class NameDisplay(models.TextChoices):
        HIDDEN = "hidden", _("Do not show")
        SURNAME = "surname", _("Family name only")
        FULL = "full", _("Full name")

    class CommentStatus(models.TextChoices):
        NONE = "none", _("No comment")
        WAITING = "waiting", _("Waiting for review")
        PUBLISHED = "published", pgettext_lazy("comment", "Published")
        REJECTED = "rejected", _("Not published")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    petition = models.ForeignKey(
        PetitionPage,
        verbose_name=_("petition"),
        on_delete=models.PROTECT,
        related_name="signatures",
        db_index=False,  # The indexes below begin with it.
    )
    revision_id = models.BigIntegerField(_("text version"), null=True)
    status = models.CharField(_("status"), max_length=12, choices=Status.choices)
    status_before = models.CharField(max_length=12, choices=Status.choices, blank=True)
    name = EncryptedTextField(_("name"), max_length=40, null=True)
    name_index = models.BinaryField(max_length=32, null=True)
    email = EncryptedTextField(_("e-mail"), max_length=254, null=True)
    email_index = models.BinaryField(max_length=32, null=True)
    email_rule = models.PositiveSmallIntegerField(null=True)
    region = models.ForeignKey(
        Region,
        verbose_name=_("region"),
        on_delete=models.PROTECT,
        related_name="signatures",
        db_index=False,  # Regions are never deleted; the staff's filter walks the key.
    )
    comment = EncryptedTextField(pgettext_lazy("signature", "comment"), max_length=200, null=True)
    comment_status = models.CharField(
        _("comment status"), max_length=10, choices=CommentStatus.choices
    )
    name_display = models.CharField(
        _("name display"), max_length=8, choices=NameDisplay.choices, default=NameDisplay.HIDDEN
    )
    reference = models.CharField(_("reference"), max_length=9)
    number = models.PositiveIntegerField(_("number"), null=True)
    # The shorter of what was told then and what the page says now counts. The database's default
    # serves the raw INSERTs of tests and measurements.
    retention_months = models.PositiveSmallIntegerField(
        _("months kept after the hand-over, as told"),
        default=DEFAULT_RETENTION_MONTHS,
        db_default=DEFAULT_RETENTION_MONTHS,
    )
    created_at = models.DateTimeField(_("signed"))
    confirmed_at = models.DateTimeField(_("confirmed"), null=True)
    status_changed_at = models.DateTimeField(_("status changed"))
    anonymised_at = models.DateTimeField(null=True)

    objects = SignatureQuerySet.as_manager()

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        default_permissions = ("view", "change")
        # Apart from seeing masked rows, and never implied by it.
        permissions = [
            ("view_full_signature", _("Can see signers unmasked")),
            ("export_signature", _("Can export signatures")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["petition", "email_index"], name="petitions_signature_address_once"
            ),
            # Not unique=True: that would make a second index, for LIKE.
            models.UniqueConstraint(fields=["reference"], name="petitions_signature_reference"),
            models.CheckConstraint(
                condition=Q(status__in=STATUSES, status_before__in=("", *STATUSES)),
                name="petitions_signature_status_is_known",
            ),
            models.CheckConstraint(
                condition=Q(name_display__in=("hidden", "surname", "full")),
                name="petitions_signature_display_is_known",
            ),
            models.CheckConstraint(
                condition=Q(comment_status="none", comment__isnull=True)
                | Q(comment_status__in=("waiting", "published", "rejected"), comment__isnull=False),
                name="petitions_signature_comment_has_status",
            ),
            models.CheckConstraint(
                condition=~Q(status="confirmed") | Q(confirmed_at__isnull=False),
                name="petitions_signature_confirmed_has_moment",
            ),
            models.CheckConstraint(
                condition=Q(anonymised_at__isnull=True)
                | Q(
                    name__isnull=True,
                    name_index__isnull=True,
                    email__isnull=True,
                    email_index__isnull=True,
                    comment__isnull=True,
                ),
                name="petitions_signature_anonymised_is_empty",
            ),
            models.CheckConstraint(
                condition=Q(anonymised_at__isnull=False)
                | Q(
                    name__isnull=False,
                    name_index__isnull=False,
                    email__isnull=False,
                    email_index__isnull=False,
                    email_rule__isnull=False,
                ),
                name="petitions_signature_has_person",
            ),
        ]
        indexes = [
            models.Index(
                fields=["petition", "-confirmed_at"],
                condition=Q(status="confirmed"),
                name="petitions_recent_signers",
            ),
            models.Index(fields=["petition", "-created_at"], name="petitions_by_day"),
            models.Index(fields=["name_index"], name="petitions_by_name"),
            models.Index(fields=["email_index"], name="petitions_by_address"),
            models.Index(
                fields=["comment_status", "-created_at"],
                condition=~Q(comment_status="none"),
                name="petitions_comments",
            ),
        ]

    def __str__(self):
        return self.reference

    @property
    def is_countable(self):
        return self.status == self.Status.CONFIRMED

    @property
    def counted_at_once(self):
        """Whether it counts without anybody having confirmed it."""
        return self.is_countable and self.confirmed_at == self.created_at


class BlockedAddress(models.Model):
    """An address whose owner said "I did not sign this": it can't be used to sign again."""

    email_index = models.BinaryField(max_length=32, unique=True)
    blocked_at = models.DateTimeField()

    class Meta:
        verbose_name = _("blocked address")
        verbose_name_plural = _("blocked addresses")
        default_permissions = ("view", "delete")
