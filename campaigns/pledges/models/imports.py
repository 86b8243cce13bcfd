import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .elections import Election, Office


class CandidateImport(models.Model):
    """A list of the election commission on its way in: looked at first, then taken over whole.

    Of the file only what is needed is kept, and that until it is decided: no addresses, no birth
    dates. Afterwards the numbers stay.
    """

    class Stage(models.TextChoices):
        PRELIMINARY = "preliminary", _("Preliminary candidates")
        REGISTERED = "registered", _("Registered candidates")

    class State(models.TextChoices):
        PREVIEW = "preview", pgettext_lazy("list of candidates", "To be looked at")
        APPLIED = "applied", pgettext_lazy("list of candidates", "Taken over")
        DISCARDED = "discarded", pgettext_lazy("list of candidates", "Discarded")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    election = models.ForeignKey(
        Election, verbose_name=_("election"), on_delete=models.PROTECT, related_name="imports"
    )
    stage = models.CharField(_("list"), max_length=11, choices=Stage.choices)
    office = models.CharField(_("office"), max_length=16, choices=Office.choices, blank=True)
    source = models.CharField(_("source"), max_length=200)
    retrieved_on = models.DateField(_("list of"))
    file_name = models.CharField(_("file"), max_length=100)
    rows = models.JSONField(null=True)  # NULL once decided
    row_count = models.PositiveIntegerField(_("rows"), default=0)
    problems = models.JSONField(default=list)
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.PREVIEW)
    added = models.PositiveIntegerField(_("added"), default=0)
    changed = models.PositiveIntegerField(_("changed"), default=0)
    missing = models.PositiveIntegerField(_("missing"), default=0)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(_("uploaded"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided"), null=True)

    class Meta:
        verbose_name = _("list of candidates")
        verbose_name_plural = _("lists of candidates")
        default_permissions = ("view", "add")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="preview", rows__isnull=False, decided_at=None)
                | Q(state__in=["applied", "discarded"], rows=None, decided_at__isnull=False),
                name="pledges_import_decided_once",
            ),
        ]
