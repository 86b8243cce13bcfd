from django.db import models
from django.db.models import F, Q

from .invitations import Invitation
from .pages import ForumPage
from .parts import ForumSession


class SeatPool(models.Model):
    """So many of one thing, and how many are taken: places of a session, of an organisation, meals.

    The database keeps the promise. ``taken`` is changed by one conditional statement per order,
    rows in the order of their ids; nobody reads first and writes afterwards.
    """

    class Kind(models.TextChoices):
        SESSION = "session", "session"
        ORGANISATION = "organisation", "organisation"
        MEAL = "meal", "meal"

    forum = models.ForeignKey(ForumPage, on_delete=models.CASCADE, related_name="pools")
    session = models.ForeignKey(ForumSession, on_delete=models.CASCADE, related_name="pools")
    invitation = models.ForeignKey(
        Invitation, null=True, on_delete=models.CASCADE, related_name="pools"
    )
    kind = models.CharField(max_length=12, choices=Kind.choices)
    capacity = models.PositiveIntegerField(null=True)  # NULL: no limit
    taken = models.PositiveIntegerField(default=0)
    # How many of the free ones belong to who waits: nobody who comes now may have them.
    kept = models.PositiveIntegerField(default=0, db_default=0)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["session", "kind"], condition=Q(invitation=None), name="forums_pool_once"
            ),
            models.UniqueConstraint(
                fields=["session", "invitation"], name="forums_pool_of_invitation_once"
            ),
            models.CheckConstraint(
                condition=Q(capacity=None) | Q(taken__lte=F("capacity")),
                name="forums_pool_within_capacity",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=("session", "organisation", "meal")),
                name="forums_pool_kind_is_known",
            ),
        ]
