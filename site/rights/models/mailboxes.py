import uuid

from django.db import models

from privacy.fields import EncryptedTextField


class Mailbox(models.Model):
    """An address typed at /my/, until the worker has answered it. Says nothing of who holds it.

    Everybody who asks gets a row, so that asking is the same work for an address that the site
    knows and for one it does not.
    """

    email_index = models.BinaryField(max_length=32, unique=True)
    email = EncryptedTextField(max_length=254)
    asked_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["asked_at"], name="rights_mailbox_age")]


class AddressChange(models.Model):
    """Somebody's wish to be known under another address, until that mailbox has confirmed it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    old_index = models.BinaryField(max_length=32)
    old_email = EncryptedTextField(max_length=254)
    new_email = EncryptedTextField(max_length=254)
    asked_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=["asked_at"], name="rights_address_change_age"),
            models.Index(fields=["old_index"], name="rights_address_change_of"),
        ]
