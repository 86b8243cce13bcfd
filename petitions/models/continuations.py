from django.conf import settings
from django.db import models
from django.db.models import Count, F, Q
from django.utils.translation import gettext_lazy as _

from .pages import PetitionPage
from .signatures import Signature


class ContinuationQuerySet(models.QuerySet):
    def running(self):
        return self.filter(stopped_at=None)

    def with_progress(self):
        """How many were asked, and how many of them went on; one query."""
        return self.annotate(asked=Count("invitations"), went_on=Count("invitations__continued_at"))


class Continuation(models.Model):
    """새 국회에 서명 이어 가기: the signers of one petition are asked to sign the next one."""

    old = models.ForeignKey(
        PetitionPage,
        verbose_name=_("signed until now"),
        on_delete=models.PROTECT,
        related_name="continuations",
    )
    new = models.ForeignKey(
        PetitionPage,
        verbose_name=_("to be signed from now on"),
        on_delete=models.PROTECT,
        related_name="continued",
    )
    started_at = models.DateTimeField(_("started"))
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("started by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    stopped_at = models.DateTimeField(_("stopped"), null=True)

    objects = ContinuationQuerySet.as_manager()

    class Meta:
        verbose_name = _("continued petition")
        verbose_name_plural = _("continued petitions")
        default_permissions = ("view", "add", "change")
        constraints = [
            models.UniqueConstraint(
                fields=["old"], condition=Q(stopped_at=None), name="petitions_continued_once"
            ),
            models.CheckConstraint(
                condition=~Q(old=F("new")), name="petitions_continued_by_another"
            ),
        ]


class Invitation(models.Model):
    """One signer was asked to go on, once. The number outlives the signature, the link does not."""

    continuation = models.ForeignKey(
        Continuation, on_delete=models.CASCADE, related_name="invitations"
    )
    signature = models.ForeignKey(
        Signature, null=True, on_delete=models.SET_NULL, related_name="invitations"
    )
    invited_at = models.DateTimeField()
    continued_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["continuation", "signature"], name="petitions_invited_once"
            )
        ]
