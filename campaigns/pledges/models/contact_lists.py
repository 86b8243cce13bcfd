import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from privacy.fields import EncryptedTextField

from .elections import Election


class ContactList(models.Model):
    """Contacts of many respondents on their way in: looked at first, then taken over whole.

    Its lines stand here encrypted, a day at most; whatever is decided, afterwards only numbers are
    left.
    """

    class State(models.TextChoices):
        PREVIEW = "preview", pgettext_lazy("list of contacts", "To be looked at")
        APPLIED = "applied", pgettext_lazy("list of contacts", "Taken over")
        DISCARDED = "discarded", pgettext_lazy("list of contacts", "Discarded")
        EXPIRED = "expired", pgettext_lazy("list of contacts", "Not decided within a day")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    election = models.ForeignKey(
        Election, verbose_name=_("election"), on_delete=models.PROTECT, related_name="contact_lists"
    )
    file_name = models.CharField(_("file"), max_length=100)
    content = EncryptedTextField(null=True)  # lines and what is wrong with them, as JSON
    row_count = models.PositiveIntegerField(_("rows"), default=0)
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.PREVIEW)
    entered = models.PositiveIntegerField(pgettext_lazy("contacts", "entered"), default=0)
    proposed = models.PositiveIntegerField(pgettext_lazy("contacts", "proposed"), default=0)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(_("uploaded"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided"), null=True)

    class Meta:
        verbose_name = _("list of contacts")
        verbose_name_plural = _("lists of contacts")
        default_permissions = ()  # whoever may enter a contact
        constraints = [
            models.CheckConstraint(
                condition=Q(state="preview", content__isnull=False, decided_at=None)
                | Q(
                    state__in=["applied", "discarded", "expired"],
                    content__isnull=True,
                    decided_at__isnull=False,
                ),
                name="pledges_contact_list_decided_once",
            ),
        ]
