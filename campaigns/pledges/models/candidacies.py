import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .elections import Contest


class Candidacy(models.Model):
    """Somebody stands for one post at one election: name and party as of then.

    Of the birth date the commission gives only the year is kept, and ``identity``, a keyed digest
    of name and date by which the same person is known again.
    """

    class Status(models.TextChoices):
        ANNOUNCED = "announced", pgettext_lazy("candidacy", "Announced")
        PRELIMINARY = "preliminary", pgettext_lazy("candidacy", "Preliminary candidate")
        REGISTERED = "registered", pgettext_lazy("candidacy", "Registered")
        ELECTED = "elected", pgettext_lazy("candidacy", "Elected")
        NOT_ELECTED = "not_elected", pgettext_lazy("candidacy", "Not elected")
        LAPSED = "lapsed", pgettext_lazy("candidacy", "Preliminary, lapsed")
        WITHDRAWN = "withdrawn", pgettext_lazy("candidacy", "Withdrew")
        DIED = "died", pgettext_lazy("candidacy", "Died")
        INVALIDATED = "invalidated", pgettext_lazy("candidacy", "Registration invalid")
        LOST_PRIMARY = "lost_primary", pgettext_lazy("candidacy", "Lost the primary")

    STANDING = (Status.ANNOUNCED, Status.PRELIMINARY, Status.REGISTERED)
    NOBODYS = pgettext_lazy("party", "Independent")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    contest = models.ForeignKey(
        Contest, verbose_name=_("contest"), on_delete=models.PROTECT, related_name="candidacies"
    )
    commission_number = models.CharField(
        _("number of the election commission"), max_length=20, blank=True
    )
    name = models.CharField(_("name"), max_length=40)
    hanja = models.CharField(_("name in Hanja"), max_length=40, blank=True)
    birth_year = models.PositiveSmallIntegerField(_("born"), null=True, blank=True)
    identity = models.BinaryField(max_length=32)
    party_name = models.CharField(_("party"), max_length=60, blank=True)  # empty: none
    ballot_number = models.CharField(_("ballot number"), max_length=10, blank=True)  # 1-가
    status = models.CharField(
        _("state"), max_length=12, choices=Status.choices, default=Status.PRELIMINARY
    )
    status_on = models.DateField(_("since"))
    source = models.CharField(_("source"), max_length=200)
    missing_since = models.DateField(_("missing in the list since"), null=True, blank=True)
    made_at = models.DateTimeField(_("entered"))

    class Meta:
        verbose_name = _("candidacy")
        verbose_name_plural = _("candidacies")
        default_permissions = ("view", "add", "change")
        constraints = [
            models.UniqueConstraint(
                fields=["contest", "commission_number"],
                condition=~Q(commission_number=""),
                name="pledges_candidacy_number",
            ),
            models.UniqueConstraint(
                fields=["contest", "identity"], name="pledges_candidacy_person"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="pledges_candidacy_has_name"),
            models.CheckConstraint(
                condition=Q(
                    status__in=[
                        *("announced", "preliminary", "registered", "elected", "not_elected"),
                        *("lapsed", "withdrawn", "died", "invalidated", "lost_primary"),
                    ]
                ),
                name="pledges_candidacy_status",
            ),
        ]
        indexes = [models.Index(fields=["name"], name="pledges_candidacy_by_name")]

    def __str__(self):
        return self.name

    @property
    def party(self) -> str:
        return self.party_name or str(self.NOBODYS)


class CandidacyChange(models.Model):
    """What became of a candidacy, with the day and the source; nothing is written over."""

    class Field(models.TextChoices):
        STATUS = "status", _("State")
        NAME = "name", _("Name")
        HANJA = "hanja", _("Name in Hanja")
        PARTY = "party_name", _("Party")
        BALLOT = "ballot_number", _("Ballot number")
        NUMBER = "commission_number", _("Number of the election commission")
        IDENTITY = "birth_year", _("Born")
        MISSING = "missing_since", _("Missing in the list")

    candidacy = models.ForeignKey(Candidacy, on_delete=models.CASCADE, related_name="changes")
    field = models.CharField(_("what"), max_length=20, choices=Field.choices)
    before = models.CharField(_("before"), max_length=60, blank=True)
    after = models.CharField(_("after"), max_length=60, blank=True)
    changed_on = models.DateField(_("day of the change"))
    source = models.CharField(_("source"), max_length=200)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    by_import = models.ForeignKey(
        "pledges.CandidateImport", null=True, on_delete=models.PROTECT, related_name="changes"
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(_("entered"))

    class Meta:
        verbose_name = verbose_name_plural = _("change of a candidacy")
        default_permissions = ()
        ordering = ["-made_at", "-pk"]
