import json
import uuid
from collections.abc import Sequence

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from privacy.encryption import Unreadable
from privacy.fields import EncryptedTextField

from ..registry import Fact

# How keys of these rows begin where they stand beside keys of the tool's own rows.
APART_KEY = "apart-"


class RetainedRecord(models.Model):
    """What only a law still wants kept: apart from its tool's rows, until its own last day.

    The day after ``kept_until`` it is destroyed. Nobody changes what it says.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    data_set = models.CharField(_("data"), max_length=60)
    key = models.CharField(max_length=64)  # The public id of the row that it was.
    scope = models.CharField(max_length=60, blank=True)
    reference = models.CharField(pgettext_lazy("kept by law", "number"), max_length=60)
    content = EncryptedTextField()  # Title and facts, as JSON.
    address = EncryptedTextField(max_length=254, blank=True)
    email_index = models.BinaryField(max_length=32, null=True)
    since = models.DateTimeField(_("since"))
    counted_from = models.DateField(_("counted from"))
    kept_until = models.DateField(_("kept until"))
    set_apart_at = models.DateTimeField(_("set apart"))

    class Meta:
        verbose_name = _("data kept by law")
        verbose_name_plural = _("data kept by law")
        default_permissions = ("view",)
        permissions = [("export_retainedrecord", _("Can export what laws keep"))]
        constraints = [
            models.UniqueConstraint(fields=["data_set", "key"], name="rights_retained_once"),
            models.CheckConstraint(
                condition=Q(kept_until__gte=F("counted_from")), name="rights_retained_for_a_time"
            ),
        ]
        indexes = [
            models.Index(fields=["data_set", "kept_until"], name="rights_retained_due"),
            models.Index(fields=["email_index"], name="rights_retained_of"),
        ]

    def __str__(self):
        return self.reference

    @property
    def title(self) -> str:
        return str(self._read()["title"])

    @property
    def facts(self) -> list[Fact]:
        return [Fact(**fact) for fact in self._read()["facts"]]

    def _read(self):
        if isinstance(self.content, Unreadable):
            return {"title": self.reference, "facts": [unreadable(self.content)]}
        return json.loads(self.content)


def unreadable(words: str) -> dict[str, str]:
    return {"name": "content", "label": str(_("Content")), "value": str(words)}


def as_content(title: str, facts: Sequence[Fact]) -> str:
    """Title and facts as they are stored."""
    told = [{"name": one.name, "label": str(one.label), "value": one.value} for one in facts]
    return json.dumps({"title": title, "facts": told}, ensure_ascii=False)
