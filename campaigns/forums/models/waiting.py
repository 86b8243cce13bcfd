import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from privacy.fields import EncryptedTextField

from .invitations import Invitation
from .orders import Order
from .pages import ForumPage
from .parts import ForumSession

STATES = ("waiting", "offered", "taken", "declined", "expired", "left", "closed")
ON_THE_LIST = ("waiting", "offered")
MOST_TOGETHER = 10


class WaitingEntryQuerySet(models.QuerySet):
    def waiting(self):
        """In the order in which they came: whoever joins does so one after the other."""
        return self.filter(state=WaitingEntry.State.WAITING).order_by("pk")

    def offered(self):
        return self.filter(state=WaitingEntry.State.OFFERED)

    def on_the_list(self):
        return self.filter(state__in=ON_THE_LIST)

    def in_front_of(self, entry):
        """Who waits for one of the same sessions and came before."""
        before = self.waiting().filter(forum=entry.forum_id, pk__lt=entry.pk)
        return before.filter(sessions__in=entry.sessions.all()).distinct()

    def with_person(self):
        return self.filter(anonymised_at=None)


class WaitingEntry(models.Model):
    """Somebody who wants seats of a forum that is full, for one or several people, all or none.

    An entry that is offered seats holds them: they count as taken in their pools. So do meals, for
    as many of the party as there were meals for.
    """

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("waiting list", "Waits")
        OFFERED = "offered", pgettext_lazy("waiting list", "Has an offer")
        TAKEN = "taken", pgettext_lazy("waiting list", "Took the offer")
        DECLINED = "declined", pgettext_lazy("waiting list", "Declined the offer")
        EXPIRED = "expired", pgettext_lazy("waiting list", "Did not answer in time")
        LEFT = "left", pgettext_lazy("waiting list", "Left the list")
        CLOSED = "closed", pgettext_lazy("waiting list", "The list was closed")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    forum = models.ForeignKey(
        ForumPage, verbose_name=_("forum"), on_delete=models.PROTECT, related_name="waiting_entries"
    )
    invitation = models.ForeignKey(
        Invitation, null=True, on_delete=models.PROTECT, related_name="waiting_entries"
    )
    sessions = models.ManyToManyField(ForumSession, related_name="waiting_entries")
    # What the browser sends twice makes one entry.
    form_key = models.UUIDField(unique=True)
    people = models.PositiveSmallIntegerField(
        _("people"), validators=[MinValueValidator(1), MaxValueValidator(MOST_TOGETHER)]
    )
    name = EncryptedTextField(_("name"), max_length=40, null=True)
    email = EncryptedTextField(_("e-mail"), max_length=254, null=True)
    email_index = models.BinaryField(max_length=32, null=True, db_index=True)
    email_rule = models.PositiveSmallIntegerField(null=True)
    phone = EncryptedTextField(_("mobile phone"), max_length=20, null=True)
    organisation = EncryptedTextField(_("organisation"), max_length=80, null=True)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.WAITING)
    created_at = models.DateTimeField(_("joined"))
    state_changed_at = models.DateTimeField(_("state changed"))
    # How often somebody behind was offered seats that were too few for this party.
    passed_over = models.PositiveSmallIntegerField(_("passed over"), default=0)
    offered_at = models.DateTimeField(_("offered at"), null=True)
    offer_until = models.DateTimeField(_("offer ends"), null=True)
    # For how many the offer holds a meal, in each of the sessions that have one.
    meals = models.PositiveSmallIntegerField(_("meals held"), default=0, db_default=0)
    order = models.OneToOneField(
        Order, null=True, on_delete=models.PROTECT, related_name="waiting_entry"
    )
    # The shorter of what was told then and what the page says now counts.
    retention_months = models.PositiveSmallIntegerField(_("months kept after the forum, as told"))
    anonymised_at = models.DateTimeField(null=True)

    objects = WaitingEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry on a waiting list")
        verbose_name_plural = _("entries on waiting lists")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=STATES), name="forums_waiting_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(people__gte=1, people__lte=MOST_TOGETHER),
                name="forums_waiting_people_in_bounds",
            ),
            models.CheckConstraint(
                condition=Q(meals=0) | Q(state="offered", meals__lte=models.F("people")),
                name="forums_waiting_offer_holds_meals",
            ),
            models.CheckConstraint(
                condition=~Q(state="offered")
                | Q(offered_at__isnull=False, offer_until__isnull=False),
                name="forums_waiting_offer_has_deadline",
            ),
            models.CheckConstraint(
                condition=Q(state="taken", order__isnull=False)
                | (~Q(state="taken") & Q(order__isnull=True)),
                name="forums_waiting_taken_has_order",
            ),
            models.CheckConstraint(
                condition=Q(anonymised_at=None)
                | Q(
                    name__isnull=True,
                    email__isnull=True,
                    email_index__isnull=True,
                    phone__isnull=True,
                    organisation__isnull=True,
                ),
                name="forums_waiting_anonymised_is_empty",
            ),
            # One address stands in a line once.
            models.UniqueConstraint(
                fields=["forum", "email_index"],
                condition=Q(state__in=ON_THE_LIST, invitation=None),
                name="forums_waiting_once",
            ),
            models.UniqueConstraint(
                fields=["forum", "email_index", "invitation"],
                condition=Q(state__in=ON_THE_LIST),
                name="forums_waiting_once_invited",
            ),
        ]
        indexes = [
            models.Index(
                fields=["forum", "id"],
                condition=Q(state="waiting"),
                name="forums_waiting_in_line",
            ),
            models.Index(
                fields=["offer_until"],
                condition=Q(state="offered"),
                name="forums_waiting_offers",
            ),
        ]

    @property
    def is_waiting(self):
        return self.state == self.State.WAITING

    @property
    def is_offered(self):
        return self.state == self.State.OFFERED
