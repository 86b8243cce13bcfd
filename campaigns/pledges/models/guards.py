import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .elections import Election


def _staff(**options):
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", **options
    )


def _election(related_name):
    return models.ForeignKey(
        Election,
        verbose_name=_("election"),
        on_delete=models.PROTECT,
        related_name=related_name,
    )


class CommissionInquiry(models.Model):
    """선관위 질의: whether the board may be published, asked in writing before it is."""

    class State(models.TextChoices):
        SENT = "sent", pgettext_lazy("inquiry", "Waiting for the answer")
        CLEARED = "cleared", pgettext_lazy("inquiry", "Nothing against it")
        OBJECTED = "objected", pgettext_lazy("inquiry", "Objects")

    election = _election("inquiries")
    office = models.CharField(
        _("which commission"), max_length=80, help_text=_("For example 중앙선거관리위원회 법제과.")
    )
    question = models.TextField(_("what was asked"), max_length=2000)
    reference = models.CharField(_("number of receipt"), max_length=40, blank=True)
    sent_on = models.DateField(_("sent on"))
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.SENT)
    answer = models.TextField(_("what it answered"), max_length=2000, blank=True)
    answered_on = models.DateField(_("answered on"), null=True)
    made_by = _staff()
    made_at = models.DateTimeField(_("entered"))
    answer_by = _staff(null=True)
    answer_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("inquiry to the election commission")
        verbose_name_plural = _("inquiries to the election commission")
        default_permissions = ("view", "add", "change")
        ordering = ["-sent_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["election"],
                condition=Q(state="sent"),
                name="pledges_one_inquiry_waits",
            ),
            models.CheckConstraint(
                condition=Q(state="sent", answered_on=None, answer="", answer_by=None)
                | (
                    Q(state__in=["cleared", "objected"], answered_on__isnull=False)
                    & Q(answer_by__isnull=False, answer_at__isnull=False)
                    & ~Q(answer="")
                ),
                name="pledges_inquiry_answered_when",
            ),
            models.CheckConstraint(
                condition=Q(answered_on=None) | Q(answered_on__gte=models.F("sent_on")),
                name="pledges_inquiry_answered_after",
            ),
        ]


class ReleaseOverride(models.Model):
    """Somebody with a name and an office answers for publishing without the commission's answer."""

    election = _election("overrides")
    officer = models.CharField(_("who answers for it"), max_length=40)
    office = models.CharField(_("office"), max_length=60)
    reason = models.TextField(_("reason"), max_length=500)
    made_by = _staff()
    made_at = models.DateTimeField(_("entered"))

    class Meta:
        verbose_name = _("release without an answer")
        verbose_name_plural = _("releases without an answer")
        default_permissions = ("view", "add")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(officer="") & ~Q(office="") & ~Q(reason=""),
                name="pledges_override_is_named",
            )
        ]


class BoardRelease(models.Model):
    """Since when, and until when, an election's board is public."""

    election = _election("releases")
    released_at = models.DateTimeField(_("public since"))
    released_by = _staff()
    ended_at = models.DateTimeField(_("ended"), null=True)
    ended_reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("release of a board")
        verbose_name_plural = _("releases of boards")
        default_permissions = ("view", "add", "change")
        ordering = ["-released_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["election"], condition=Q(ended_at=None), name="pledges_board_public_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_reason="")
                | (Q(ended_at__gte=models.F("released_at")) & ~Q(ended_reason="")),
                name="pledges_release_ended_why",
            ),
        ]


class Approval(models.Model):
    """What names candidates is drawn, printed or mailed before an election once it was looked at.

    An approval ends with the period it was given in: the campaign period is stricter.
    """

    class Kind(models.TextChoices):
        SHARE_CARD = "share_card", pgettext_lazy("approval", "Share cards")
        PRINT = "print", pgettext_lazy("approval", "Prints and PDFs")
        MASS_MAIL = "mass_mail", pgettext_lazy("approval", "Mails to many")

    class Period(models.TextChoices):
        GUARDED = "guarded", pgettext_lazy("approval", "120 days before the election")
        CAMPAIGN = "campaign", pgettext_lazy("approval", "Campaign period and election day")

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("approval", "Waiting")
        APPROVED = "approved", pgettext_lazy("approval", "Approved")
        REFUSED = "refused", pgettext_lazy("approval", "Refused")

    election = _election("approvals")
    kind = models.CharField(_("what"), max_length=10, choices=Kind.choices)
    period = models.CharField(_("period"), max_length=8, choices=Period.choices)
    text = models.TextField(
        _("what it says and who gets it"),
        max_length=1000,
        help_text=_("So that who approves can judge it: the words, the audience, the number."),
    )
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.WAITING)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    asked_by = _staff()
    asked_at = models.DateTimeField(_("asked"))
    decided_by = _staff(null=True)
    decided_at = models.DateTimeField(_("decided"), null=True)

    class Meta:
        verbose_name = pgettext_lazy("pledges", "approval")
        verbose_name_plural = pgettext_lazy("pledges", "approvals")
        default_permissions = ("view", "add", "decide")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["election", "kind", "period"],
                condition=Q(state__in=["waiting", "approved"]),
                name="pledges_one_approval_counts",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", decided_by=None, decided_at=None)
                | (
                    Q(state__in=["approved", "refused"], decided_by__isnull=False)
                    & Q(decided_at__isnull=False)
                    & ~Q(reason="")
                ),
                name="pledges_approval_decided_why",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["share_card", "print", "mass_mail"])
                & Q(period__in=["guarded", "campaign"]),
                name="pledges_approval_kind",
            ),
        ]


class CoHost(models.Model):
    """An organisation that asks together with the coalition; none that the law bars."""

    election = _election("co_hosts")
    organisation = models.ForeignKey(
        "network.Organisation",
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    made_by = _staff()
    made_at = models.DateTimeField(_("entered"))

    class Meta:
        verbose_name = _("co-host")
        verbose_name_plural = _("co-hosts")
        default_permissions = ("view", "add", "delete")
        constraints = [
            models.UniqueConstraint(
                fields=["election", "organisation"], name="pledges_co_host_once"
            )
        ]


class Takedown(models.Model):
    """Something went off the site: why, when, who was told, who objected (art. 82-4)."""

    class Target(models.TextChoices):
        BOARD = "board", pgettext_lazy("takedown", "The whole board")
        COMMENT = "comment", pgettext_lazy("takedown", "A comment on a demand")
        STATEMENT = "statement", pgettext_lazy("takedown", "A statement")
        PAGE = "page", pgettext_lazy("takedown", "A page")

    class Reason(models.TextChoices):
        COMMISSION = "commission", pgettext_lazy("takedown", "Asked by the election commission")
        FALSE = "false", pgettext_lazy("takedown", "False or insulting")
        OTHER = "other", pgettext_lazy("takedown", "Another reason")

    class Outcome(models.TextChoices):
        NONE = "", pgettext_lazy("takedown", "Nobody objected")
        OBJECTED = "objected", pgettext_lazy("takedown", "Objection sent")
        REFUSED = "refused", pgettext_lazy("takedown", "Objection refused")
        RESTORED = "restored", pgettext_lazy("takedown", "Shown again")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    election = _election("takedowns")
    target = models.CharField(_("what"), max_length=9, choices=Target.choices)
    answer = models.ForeignKey(
        "pledges.DemandAnswer", null=True, on_delete=models.PROTECT, related_name="takedowns"
    )
    response = models.ForeignKey(
        "pledges.Response", null=True, on_delete=models.PROTECT, related_name="takedowns"
    )
    page = models.ForeignKey(
        "wagtailcore.Page", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    page_title = models.CharField(max_length=255, blank=True)
    reason = models.CharField(_("reason"), max_length=10, choices=Reason.choices)
    words = models.CharField(
        _("in which words"), max_length=500, help_text=_("Stands in the public note.")
    )
    reference = models.CharField(_("number of the request"), max_length=40, blank=True)
    asked_at = models.DateTimeField(_("asked at"))
    taken_at = models.DateTimeField(_("taken down"))
    objection_until = models.DateField(_("objection until"))
    # When who wrote it was told, and how: by mail, or in whose words by telephone.
    told_at = models.DateTimeField(_("author told"), null=True)
    told_how = models.CharField(_("how"), max_length=100, blank=True)
    outcome = models.CharField(
        _("state"), max_length=8, choices=Outcome.choices, default=Outcome.NONE, blank=True
    )
    outcome_words = models.CharField(_("what was said"), max_length=500, blank=True)
    outcome_at = models.DateTimeField(null=True)
    made_by = _staff()

    class Meta:
        verbose_name = _("takedown")
        verbose_name_plural = _("takedowns")
        default_permissions = ("view", "add", "change")
        ordering = ["-taken_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(target="board", answer=None, response=None, page_title="")
                | Q(target="comment", answer__isnull=False, response=None, page_title="")
                | Q(target="statement", answer=None, response__isnull=False, page_title="")
                | (Q(target="page", answer=None, response=None) & ~Q(page_title="")),
                name="pledges_takedown_of_something",
            ),
            models.CheckConstraint(
                condition=Q(outcome="", outcome_at=None)
                | (~Q(outcome="") & Q(outcome_at__isnull=False) & ~Q(outcome_words="")),
                name="pledges_takedown_outcome_when",
            ),
            models.CheckConstraint(
                condition=Q(told_at=None, told_how="")
                | (Q(told_at__isnull=False) & ~Q(told_how="")),
                name="pledges_takedown_told_how",
            ),
            models.CheckConstraint(
                condition=Q(taken_at__gte=models.F("asked_at")),
                name="pledges_takedown_after_asking",
            ),
        ]
