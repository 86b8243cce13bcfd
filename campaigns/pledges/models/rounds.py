from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..validators import check_comparison, check_wording
from .elections import Election


class PledgeRound(models.Model):
    """How one election's respondents are asked: until when, by whom, by what method (art. 108-3).

    What holds for all alike stands here, decided before anybody is asked.
    """

    class Order(models.TextChoices):
        BALLOT = "ballot", pgettext_lazy("order", "By ballot number")
        NAME = "name", pgettext_lazy("order", "By name (가나다)")

    election = models.OneToOneField(
        Election, verbose_name=_("election"), on_delete=models.PROTECT, related_name="round"
    )
    purpose = models.TextField(
        _("who asks and why"),
        max_length=600,
        validators=[check_wording],
        help_text=_("Two or three sentences, for a phone."),
    )
    answers_until = models.DateTimeField(_("answers until"))
    # The same moment for everybody's answers; empty: as each signs.
    release_at = models.DateTimeField(_("answers become public"), null=True, blank=True)
    least_accepted = models.PositiveSmallIntegerField(
        _("demands to accept for an agreement"),
        default=0,
        help_text=_("Published before anybody answers. Accepted in part counts."),
    )
    order = models.CharField(
        pgettext_lazy("pledges", "order"),
        max_length=6,
        choices=Order.choices,
        default=Order.BALLOT,
    )
    phone = models.CharField(_("phone for questions"), max_length=20)
    # 공직선거법 art. 108-3(3): who compares, how they are made up, by what, how, when.
    method_by = models.CharField(_("who compares"), max_length=200, validators=[check_comparison])
    method_panel = models.CharField(_("made up of"), max_length=300, validators=[check_comparison])
    method_criteria = models.TextField(_("by what"), max_length=1000, validators=[check_comparison])
    method_how = models.TextField(_("how"), max_length=1000, validators=[check_comparison])
    method_period = models.CharField(_("period"), max_length=100, validators=[check_comparison])

    class Meta:
        verbose_name = _("round of an election")
        verbose_name_plural = _("rounds of elections")
        default_permissions = ("view", "change")
        constraints = [
            models.CheckConstraint(
                condition=Q(release_at=None) | Q(release_at__gte=models.F("answers_until")),
                name="pledges_round_release_after_deadline",
                violation_error_message=_("Answers become public after the last day to answer."),
            )
        ]

    def __str__(self):
        return str(self.election)

    def is_over(self, now=None):
        """Whether the last moment to answer is over, for all but those who were asked late."""
        return self.answers_until <= (now or timezone.now())
