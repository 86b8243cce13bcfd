from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from privacy.fields import EncryptedTextField

from .demands import Demand, DemandSetVersion
from .respondents import Respondent


class Response(models.Model):
    """답변: what a respondent says to the demands, or that they sign no agreements at all.

    ``versions`` are the texts that were on the screen; a newer one changes nothing of what was
    answered. ``revision`` counts each save: two devices at once do not write over each other.
    """

    class State(models.TextChoices):
        IN_PROGRESS = "in_progress", pgettext_lazy("response", "Answering")
        SUBMITTED = "submitted", pgettext_lazy("response", "Answered")
        DECLINED = "declined", pgettext_lazy("response", "Signs no agreements")
        REOPENED = "reopened", pgettext_lazy("response", "Opened again")

    OPEN = (State.IN_PROGRESS, State.REOPENED)

    respondent = models.OneToOneField(Respondent, on_delete=models.PROTECT, related_name="response")
    state = models.CharField(
        _("state"), max_length=11, choices=State.choices, default=State.IN_PROGRESS
    )
    versions = models.ManyToManyField(DemandSetVersion, related_name="responses")
    statement = EncryptedTextField(_("statement"), max_length=1000, null=True, blank=True)
    statement_held_reason = models.CharField(
        _("why the statement is held back"), max_length=200, blank=True
    )
    revision = models.PositiveIntegerField(default=0)
    began_at = models.DateTimeField(_("begun"))
    submitted_at = models.DateTimeField(_("answered"), null=True)
    # To be read with their name; who signs agrees with the signature, others as they hand in.
    publication_agreed_at = models.DateTimeField(_("agreed to be published"), null=True)
    # The same moment for a whole contest; empty: not public yet.
    published_at = models.DateTimeField(_("public since"), null=True)

    class Meta:
        verbose_name = pgettext_lazy("pledges", "response")
        verbose_name_plural = pgettext_lazy("pledges", "responses")
        default_permissions = ("view", "change")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["in_progress", "reopened"]) | Q(submitted_at__isnull=False),
                name="pledges_response_submitted_when",
            ),
        ]


class DemandAnswer(models.Model):
    """What somebody says to one demand, in the wording they read."""

    class Choice(models.TextChoices):
        ACCEPT = "accept", pgettext_lazy("answer", "Accepts")
        ACCEPT_PARTLY = "accept_partly", pgettext_lazy("answer", "Accepts in part")
        DECLINE = "decline", pgettext_lazy("answer", "Does not accept")

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="answers")
    demand = models.ForeignKey(Demand, on_delete=models.PROTECT, related_name="answers")
    choice = models.CharField(_("answer"), max_length=13, choices=Choice.choices)
    comment = EncryptedTextField(
        pgettext_lazy("answer", "comment"), max_length=500, null=True, blank=True
    )
    answered_at = models.DateTimeField(_("answered"))
    revision = models.PositiveIntegerField(default=0)  # the response's, as this was saved
    held_reason = models.CharField(_("why the comment is held back"), max_length=200, blank=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["response", "demand"], name="pledges_demand_answered_once"
            ),
            models.CheckConstraint(
                condition=Q(choice__in=["accept", "accept_partly", "decline"]),
                name="pledges_answer_choice",
            ),
            models.CheckConstraint(
                condition=~Q(choice="accept_partly") | Q(comment__isnull=False),
                name="pledges_partly_says_which_part",
            ),
        ]
