import uuid

from django.db import models

from home.network.models import Region
from petitions.models import PetitionPage, Signature


class NaiveSignature(models.Model):
    """A signature as a first draft has it: the same facts, in clear, consents as columns."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    petition = models.ForeignKey(PetitionPage, on_delete=models.CASCADE, related_name="+")
    status = models.CharField(
        max_length=12, choices=Signature.Status.choices, default=Signature.Status.UNCONFIRMED
    )
    name = models.CharField(max_length=40, db_index=True)
    email = models.EmailField(db_index=True)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    comment = models.CharField(max_length=200, blank=True)
    name_display = models.CharField(
        max_length=8, choices=Signature.NameDisplay.choices, default=Signature.NameDisplay.HIDDEN
    )
    consent_collection = models.BooleanField()
    consent_sensitive = models.BooleanField()
    consent_roll = models.BooleanField(default=False)
    consent_news = models.BooleanField(default=False)
    consent_age = models.BooleanField()
    created_at = models.DateTimeField(auto_now_add=True)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["petition", "email"], name="contenders_naive_once")
        ]

    def __str__(self):
        return str(self.public_id)
