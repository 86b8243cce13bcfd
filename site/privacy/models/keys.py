from django.db import models


class KeyInUse(models.Model):
    """A key without which something in the database can't be read or found, by its id.

    Kept so that a start can see what is missing without reading a row of anybody.
    """

    class Kind(models.TextChoices):
        FIELD = "field"
        INDEX = "index"

    kind = models.CharField(max_length=5, choices=Kind.choices)
    key_id = models.CharField(max_length=8)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["kind", "key_id"], name="privacy_key_in_use_once"),
            models.CheckConstraint(
                condition=models.Q(kind__in=["field", "index"]), name="privacy_key_in_use_kind"
            ),
        ]

    def __str__(self):
        return self.key_id
