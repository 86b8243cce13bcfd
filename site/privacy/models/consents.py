import hashlib
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

TEXT_FIELDS = (
    *("title", "purpose", "items", "retention"),
    *("recipients", "recipients_retention", "refusal"),
)

# What the law wants told before a consent counts: PIPA art. 15(2), 17(2), 22, 23.
NEEDED = {
    "collection": ("purpose", "items", "retention", "refusal"),
    "sensitive": ("purpose", "retention", "refusal"),
    "third_party": ("recipients", "purpose", "items", "recipients_retention", "refusal"),
    "news": ("items", "retention"),
    "display": ("purpose", "items", "retention", "refusal"),
    "age": (),
}
KINDS = tuple(NEEDED)

# What can't be done without, and the age below which a parent would have to consent. To make
# anything else a condition would be against PIPA art. 16(3) and 22(5).
REQUIRED_KINDS = ("collection", "sensitive", "age")

PLACEHOLDER = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class RenderedConsent:
    """A consent exactly as a form shows it, with the hash of that text."""

    slug: str
    kind: str
    style: str
    title: str
    purpose: str
    items: str
    retention: str
    recipients: str
    recipients_retention: str
    refusal: str

    @property
    def required(self) -> bool:
        return self.kind in REQUIRED_KINDS

    @property
    def full_text(self) -> str:
        """All that the form says, each part with its heading's name."""
        parts = ((name, getattr(self, name)) for name in TEXT_FIELDS)
        return "\n".join(f"{name}: {text}" for name, text in parts if text)

    @cached_property
    def text_hash(self) -> str:
        return hashlib.sha256(self.full_text.encode()).hexdigest()


def _fill(text: str, values: Mapping[str, str]) -> str:
    """In one pass, so that a petition called "{recipients}" stays called so."""
    return PLACEHOLDER.sub(lambda match: values.get(match[1], match[0]), text)


class ConsentText(models.Model):
    """The words of a consent. {petition}, {recipients} and {retention} stand for a form's own."""

    class Kind(models.TextChoices):
        COLLECTION = "collection", _("Collection and use")
        SENSITIVE = "sensitive", _("Sensitive data")
        THIRD_PARTY = "third_party", _("Provision to a third party")
        NEWS = "news", _("News by e-mail")
        DISPLAY = "display", _("Showing the name")
        AGE = "age", _("Age")

    class Style(models.TextChoices):
        CHECKBOX = "checkbox", _("One box to tick")
        RADIO = "radio", _("Agree or do not agree")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    style = models.CharField(
        _("way of choosing"), max_length=8, choices=Style.choices, default=Style.CHECKBOX
    )
    title = models.CharField(_("title"), max_length=80)
    purpose = models.TextField(_("purpose"), blank=True)
    items = models.TextField(_("items"), blank=True)
    retention = models.TextField(_("kept until"), blank=True)
    recipients = models.TextField(_("recipients"), blank=True)
    recipients_retention = models.TextField(_("kept by the recipients until"), blank=True)
    refusal = models.TextField(_("right to refuse and what follows"), blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=KINDS), name="%(app_label)s_%(class)s_kind"
            )
        ]

    @property
    def required(self) -> bool:
        """Whether nobody can take part without it. The kind says so: no consent is forced."""
        return self.kind in REQUIRED_KINDS


class ConsentDefinition(ConsentText):
    """A consent as staff edit it. Each changed text becomes a new version; old ones stay."""

    slug = models.SlugField(_("short name"), max_length=30, unique=True)
    tool = models.CharField(max_length=20, default="petitions", editable=False)  # that asks for it

    class Meta(ConsentText.Meta):
        verbose_name = _("consent text")
        verbose_name_plural = _("consent texts")
        ordering = ["pk"]

    def __str__(self):
        return self.title

    def save(self, *args, **kwargs):
        with transaction.atomic():
            super().save(*args, **kwargs)
            ConsentVersion.objects.append_if_changed(self)

    @property
    def untold(self) -> list[str]:
        """The fields that the law wants told and that are empty (PIPA art. 15(2), 17(2), 22)."""
        return [name for name in NEEDED.get(self.kind, ()) if not getattr(self, name).strip()]

    def clean(self):
        message = _("The law wants this told. Please fill it in.")
        if missing := dict.fromkeys(self.untold, message):
            raise ValidationError(missing)


class ConsentVersionQuerySet(models.QuerySet):
    def append_if_changed(self, definition):
        """Write the definition's words as a new version unless they are those of the last."""
        words = {name: getattr(definition, name) for name in VERSION_FIELDS}
        last = self.filter(definition=definition).order_by("-number").first()
        if last and all(getattr(last, name) == value for name, value in words.items()):
            return last
        return self.create(definition=definition, number=last.number + 1 if last else 1, **words)

    def latest_of(self, definition_ids):
        """The newest version of each definition, by definition id; one query."""
        rows = self.filter(definition_id__in=definition_ids).select_related("definition")
        return {row.definition_id: row for row in rows.order_by("number")}


class ConsentVersion(ConsentText):
    """The words people agreed to. Rows are never changed: triggers refuse it."""

    definition = models.ForeignKey(
        ConsentDefinition, on_delete=models.PROTECT, related_name="versions"
    )
    number = models.PositiveIntegerField()
    published_at = models.DateTimeField(auto_now_add=True)

    objects = ConsentVersionQuerySet.as_manager()

    class Meta:
        default_permissions = ("view",)
        constraints = [
            *ConsentText.Meta.constraints,
            models.UniqueConstraint(
                fields=["definition", "number"], name="privacy_consent_version_number"
            ),
        ]

    def __str__(self):
        return f"{self.title} ({self.number})"

    def render(self, **values: str) -> RenderedConsent:
        """The words with a form's own values in place of {petition} and the like."""
        texts = {name: _fill(getattr(self, name), values) for name in TEXT_FIELDS}
        return RenderedConsent(
            slug=self.definition.slug,
            kind=self.kind,
            style=self.style,
            **texts,
        )


VERSION_FIELDS = ("kind", "style", *TEXT_FIELDS)


class ConsentRecord(models.Model):
    """What one person chose, to which exact text, when and where."""

    class Channel(models.TextChoices):
        WEB = "web", _("Web")
        PAPER = "paper", _("Paper")
        PHONE = "phone", _("Phone")

    subject = models.UUIDField(default=uuid.uuid4)
    version = models.ForeignKey(
        ConsentVersion,
        on_delete=models.PROTECT,
        related_name="records",
        db_index=False,  # Versions are never deleted, and nothing reads all records of one.
    )
    slug = models.CharField(max_length=30)
    choice = models.BooleanField()
    text_hash = models.CharField(max_length=64)
    given_at = models.DateTimeField()
    channel = models.CharField(max_length=5, choices=Channel.choices)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["subject", "version"], name="privacy_consent_once")
        ]

    def __str__(self):
        return f"{self.slug}: {self.choice}"

    @property
    def stands(self) -> bool:
        return self.choice and self.withdrawn_at is None
