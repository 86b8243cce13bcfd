from django.db import models

from privacy.blind_index import blind_index


def login_key(email: str) -> bytes:
    """Under which wrong passwords for an address are counted, whether or not it has an account."""
    return blind_index("accounts.login", email.strip().lower())


class AttemptCount(models.Model):
    """How often a password or code was tried in a row; names nobody."""

    key = models.BinaryField(primary_key=True, max_length=32)
    count = models.PositiveSmallIntegerField(default=0)
    last_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["last_at"], name="accounts_attempt_last")]
