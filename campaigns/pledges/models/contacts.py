import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from privacy.fields import EncryptedTextField

from .respondents import Respondent


class ContactPoint(models.Model):
    """Where a respondent can be reached. The commission's lists have none: each has its source."""

    class Kind(models.TextChoices):
        EMAIL = "email", pgettext_lazy("contact", "E-mail")
        PHONE = "phone", pgettext_lazy("contact", "Mobile phone")
        ADDRESS = "address", pgettext_lazy("contact", "Office address")

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("contact", "To be checked")
        APPROVED = "approved", pgettext_lazy("contact", "In use")
        BOUNCED = "bounced", pgettext_lazy("contact", "Does not arrive")
        REFUSED = "refused", pgettext_lazy("contact", "Not theirs")
        STOPPED = "stopped", pgettext_lazy("contact", "Wants no more")
        REPLACED = "replaced", pgettext_lazy("contact", "Replaced by another")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    respondent = models.ForeignKey(Respondent, on_delete=models.CASCADE, related_name="contacts")
    kind = models.CharField(_("kind"), max_length=7, choices=Kind.choices)
    value = EncryptedTextField(_("contact"), max_length=254)
    value_index = models.BinaryField(max_length=32)
    holder = EncryptedTextField(_("whose"), max_length=80, null=True)
    source = models.CharField(_("source"), max_length=200)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.WAITING)
    note = models.CharField(_("how it was checked"), max_length=200, blank=True)
    entered_by = models.ForeignKey(  # empty: the camp itself, on the public page
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    entered_at = models.DateTimeField(_("entered"))
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    checked_at = models.DateTimeField(_("checked"), null=True)
    # In the place of an address in use: one person proposes it, the old address is told, another
    # person decides.
    replaces = models.ForeignKey(
        "self", null=True, on_delete=models.SET_NULL, related_name="replacements"
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    proposed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = pgettext_lazy("pledges", "contact")
        verbose_name_plural = pgettext_lazy("pledges", "contacts")
        default_permissions = ("view", "add", "change", "export")
        constraints = [
            models.UniqueConstraint(
                fields=["respondent", "kind", "value_index"], name="pledges_contact_once"
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", checked_at=None)
                | (~Q(state="waiting") & Q(checked_at__isnull=False)),
                name="pledges_contact_checked",
            ),
            models.CheckConstraint(
                condition=~Q(state="approved")
                | Q(proposed_by=None)
                | ~Q(checked_by=models.F("proposed_by")),
                name="pledges_contact_changed_by_two",
            ),
        ]


class OutreachEntry(models.Model):
    """A call, a visit, a text or a letter; who tried, and what came of it."""

    class Kind(models.TextChoices):
        CALL = "call", pgettext_lazy("outreach", "Call")
        VISIT = "visit", pgettext_lazy("outreach", "Visit")
        TEXT = "text", pgettext_lazy("outreach", "Text message")
        LETTER = "letter", pgettext_lazy("outreach", "Letter")

    class Result(models.TextChoices):
        REACHED = "reached", pgettext_lazy("outreach", "Reached")
        NOT_REACHED = "not_reached", pgettext_lazy("outreach", "Not reached")
        CONTACT_FOUND = "contact_found", pgettext_lazy("outreach", "Contact found")
        WANTS_NONE = "wants_none", pgettext_lazy("outreach", "Wants no contact")

    respondent = models.ForeignKey(Respondent, on_delete=models.CASCADE, related_name="outreach")
    kind = models.CharField(_("kind"), max_length=6, choices=Kind.choices)
    result = models.CharField(_("result"), max_length=13, choices=Result.choices)
    note = EncryptedTextField(_("note"), max_length=500, null=True, blank=True)
    tried_at = models.DateTimeField(pgettext_lazy("outreach", "when"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(_("entered"))

    class Meta:
        verbose_name = pgettext_lazy("pledges", "attempt to reach")
        verbose_name_plural = pgettext_lazy("pledges", "attempts to reach")
        default_permissions = ("view", "add")
        ordering = ["-tried_at", "-pk"]
