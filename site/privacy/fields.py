import unicodedata

from django.apps import apps
from django.conf import settings
from django.core import checks
from django.core.exceptions import FieldError, ValidationError
from django.core.validators import MaxLengthValidator
from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from .encryption import KEY_ID_LENGTH, KeyMissingError, Unreadable, decrypt, encrypt


class EncryptedTextField(models.TextField):
    """Text that the database never sees in clear. ``max_length`` bounds the clear text.

    A ciphertext is bound to its model and field: moved to another column it can't be read. The
    column can be asked only whether it is empty; what must be found has a blind index beside it.
    Where the site runs without a key (ALLOW_MISSING_FIELD_KEYS), its texts are ``Unreadable``.
    """

    description = _("Encrypted text")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.max_length:
            self.validators = [*self.validators, MaxLengthValidator(self.max_length)]

    @property
    def purpose(self) -> str:
        return f"{self.model._meta.label}.{self.name}"

    def get_prep_value(self, value):
        if value is None:
            return None
        if isinstance(value, Unreadable):
            return value.sealed
        text = unicodedata.normalize("NFC", str(value))
        if self.max_length and len(text) > self.max_length:
            raise ValidationError(_("This text is too long to be stored."))
        return encrypt(self.purpose, text)

    def from_db_value(self, value, _expression, _connection):
        if value is None:
            return None
        try:
            return decrypt(self.purpose, value)
        except KeyMissingError:
            if not settings.ALLOW_MISSING_FIELD_KEYS:
                raise
            return Unreadable(value)

    def get_lookup(self, lookup_name):
        if lookup_name != "isnull":
            raise FieldError(f"{self.purpose} is encrypted; look it up by its blind index.")
        return super().get_lookup(lookup_name)

    def check(self, **kwargs):
        errors = super().check(**kwargs)
        if self.unique or self.db_index:
            errors.append(checks.Error("An encrypted field can't be unique or indexed.", obj=self))
        return errors

    def key_ids(self) -> set[str]:
        """The ids of the keys under which the column's values are; reads the whole column."""
        quote = connection.ops.quote_name
        column, table = quote(self.column), quote(self.model._meta.db_table)
        ids = f"SELECT DISTINCT substr({column}, 1, {KEY_ID_LENGTH})"
        with connection.cursor() as cursor:
            cursor.execute(f"{ids} FROM {table} WHERE {column} IS NOT NULL")
            return {key_id for (key_id,) in cursor.fetchall()}


def encrypted_fields() -> list[EncryptedTextField]:
    """Every encrypted column of every model."""
    return [
        field
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, EncryptedTextField)
    ]
