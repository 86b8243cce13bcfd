import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .candidacies import Candidacy
from .elections import Election


class RespondentQuerySet(models.QuerySet):
    def of_contest(self, contest):
        """Who stands there; a party or a camp stands in none."""
        return self.filter(candidacy__contest=contest)

    def within(self, region):
        """Who stands, or is a party or camp, in a region or in a part of it."""
        post = "candidacy__contest__post__region"
        paths = (post, f"{post}__parent", f"{post}__parent__parent")
        own = ("region", "region__parent", "region__parent__parent")
        here = models.Q()
        for path in (*paths, *own):
            here |= models.Q(**{path: region})
        return self.filter(here)

    def silent(self):
        """Who can still be asked and has not answered."""
        kinds = Respondent.Standing
        return self.filter(standing__in=[kinds.NO_CONTACT, kinds.ASKED, kinds.NO_ANSWER])


class Respondent(models.Model):
    """Who is asked what they accept: a candidate, or a party or camp that signs as a whole.

    ``standing`` is the label that the public reads, written with the step that changes it, so the
    board reads one row each; a nightly check compares it with the evidence.
    """

    class Kind(models.TextChoices):
        CANDIDATE = "candidate", pgettext_lazy("respondent", "Candidate")
        PARTY = "party", pgettext_lazy("respondent", "Party")
        CAMP = "camp", pgettext_lazy("respondent", "Campaign headquarters")

    class Standing(models.TextChoices):
        """pledges.md 4.2: no two kinds of silence look the same."""

        NO_CONTACT = "no_contact", pgettext_lazy("standing", "Looking for a contact")
        ASKED = "asked", pgettext_lazy("standing", "Asked")
        NO_ANSWER = "no_answer", pgettext_lazy("standing", "No answer")
        ANSWERED = "answered", pgettext_lazy("standing", "Answered")
        SIGNS_NONE = "signs_none", pgettext_lazy("standing", "Signs no agreements (own wish)")
        AGREED = "agreed", pgettext_lazy("standing", "Agreement concluded")
        WITHDRAWN = "withdrawn", pgettext_lazy("standing", "Agreement withdrawn")
        LEFT = "left", pgettext_lazy("standing", "Candidacy ended")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    election = models.ForeignKey(
        Election, verbose_name=_("election"), on_delete=models.PROTECT, related_name="respondents"
    )
    kind = models.CharField(_("kind"), max_length=9, choices=Kind.choices, default=Kind.CANDIDATE)
    candidacy = models.OneToOneField(
        Candidacy,
        verbose_name=_("candidacy"),
        null=True,
        on_delete=models.PROTECT,
        related_name="respondent",
    )
    party_name = models.CharField(
        pgettext_lazy("respondent", "party or camp"), max_length=80, blank=True
    )
    region = models.ForeignKey(
        "network.Region",
        verbose_name=_("region"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Of a party or camp; empty: the whole country."),
    )
    standing = models.CharField(
        pgettext_lazy("respondent", "state"),
        max_length=10,
        choices=Standing.choices,
        default=Standing.NO_CONTACT,
    )
    standing_on = models.DateField(_("since"))

    objects = RespondentQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("pledges", "respondent")
        verbose_name_plural = pgettext_lazy("pledges", "respondents")
        default_permissions = ("view", "add", "change")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="candidate", candidacy__isnull=False, party_name="", region=None)
                | (Q(kind__in=["party", "camp"], candidacy=None) & ~Q(party_name="")),
                name="pledges_respondent_is_somebody",
            ),
            models.UniqueConstraint(
                fields=["election", "kind", "party_name", "region"],
                condition=~Q(kind="candidate"),
                nulls_distinct=False,
                name="pledges_party_asked_once",
            ),
            models.CheckConstraint(
                condition=Q(
                    standing__in=[
                        *("no_contact", "asked", "no_answer", "answered"),
                        *("signs_none", "agreed", "withdrawn", "left"),
                    ]
                ),
                name="pledges_respondent_standing",
            ),
        ]
        indexes = [
            models.Index(fields=["election", "standing"], name="pledges_respondents_standing")
        ]

    def __str__(self):
        return self.name

    @property
    def name(self) -> str:
        return self.candidacy.name if self.candidacy else self.party_name
