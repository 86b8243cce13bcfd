from django.db import models


class Token(models.Model):
    """The hash of a secret link, what it is for and until when."""

    digest = models.BinaryField(primary_key=True, max_length=32)
    purpose = models.CharField(max_length=40)
    subject = models.CharField(max_length=120)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=["purpose", "subject"], name="privacy_token_subject"),
            models.Index(fields=["expires_at"], name="privacy_token_expiry"),
        ]
