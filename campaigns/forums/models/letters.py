import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .orders import Order
from .pages import ForumPage
from .parts import ForumSession

AUDIENCES = ("all", "confirmed", "unpaid", "refund", "session")


def new_mail_key() -> str:
    return str(uuid.uuid4())


class LetterQuerySet(models.QuerySet):
    def sent(self):
        return self.filter(sent_at__isnull=False)


class Letter(models.Model):
    """What staff write to the participants of a forum, about it. A draft until it is sent."""

    class Audience(models.TextChoices):
        ALL = "all", pgettext_lazy("letter", "All who are registered")
        CONFIRMED = "confirmed", pgettext_lazy("letter", "Whose registration is confirmed")
        UNPAID = "unpaid", pgettext_lazy("letter", "Who has not paid yet")
        REFUND = "refund", pgettext_lazy("letter", "Who waits for a refund")
        SESSION = "session", pgettext_lazy("letter", "One session")

    forum = models.ForeignKey(
        ForumPage, verbose_name=_("forum"), on_delete=models.PROTECT, related_name="letters"
    )
    # What the browser sends twice makes one letter.
    form_key = models.UUIDField(unique=True)
    audience = models.CharField(
        pgettext_lazy("letter", "to whom"), max_length=9, choices=Audience.choices
    )
    session = models.ForeignKey(
        ForumSession,
        verbose_name=_("session"),
        null=True,
        on_delete=models.CASCADE,  # of a draft: whom a letter went to has a seat in it
        related_name="+",
    )
    subject = models.CharField(pgettext_lazy("letter", "subject"), max_length=80)
    body = models.TextField(pgettext_lazy("letter", "message"), max_length=4000)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("written by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    changed_at = models.DateTimeField(_("changed"))
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("sent by"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    sent_at = models.DateTimeField(_("sent at"), null=True)
    recipient_count = models.PositiveIntegerField(_("recipients"), default=0)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter to participants")
        verbose_name_plural = _("letters to participants")
        default_permissions = ("view", "add")
        constraints = [
            models.CheckConstraint(
                condition=Q(audience__in=AUDIENCES), name="forums_letter_audience_is_known"
            ),
            models.CheckConstraint(
                condition=Q(audience="session", session__isnull=False)
                | (~Q(audience="session") & Q(session__isnull=True)),
                name="forums_letter_session_if_meant",
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None, sent_by=None, recipient_count=0)
                | Q(sent_at__isnull=False, sent_by__isnull=False, recipient_count__gte=1),
                name="forums_letter_sent_by_somebody",
            ),
        ]

    def __str__(self):
        return self.subject

    @property
    def to_whom(self):
        return str(self.session) if self.session else self.get_audience_display()


class LetterRecipient(models.Model):
    """A registration that a letter went to, under the key of its mail; goes with its person."""

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="recipients")
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="letters")
    mail_key = models.CharField(max_length=36, unique=True, default=new_mail_key)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["letter", "order"], name="forums_letter_once")
        ]
