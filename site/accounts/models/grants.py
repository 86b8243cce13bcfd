from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..registry import role_named


class GrantQuerySet(models.QuerySet):
    def open(self):
        """Neither over nor taken back, as far as anybody looked."""
        return self.filter(ended_at=None)

    def due(self, moment):
        """Whose beginning or end has come and has not been carried out."""
        return self.open().filter(
            Q(ends_at__lte=moment) | Q(started_at=None, starts_at__lte=moment)
        )


class Grant(models.Model):
    """A role that a person has for a time, or within a limit such as one region, or both."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("staff member"),
        on_delete=models.CASCADE,
        related_name="grants",
    )
    group = models.ForeignKey(
        Group, verbose_name=_("role"), on_delete=models.CASCADE, related_name="grants"
    )
    scope_kind = models.CharField(max_length=20, blank=True)
    scope_key = models.CharField(max_length=64, blank=True)
    scope_label = models.CharField(_("only for"), max_length=80, blank=True)
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("given by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="grants_given",
    )
    started_at = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    # What somebody gave by hand before stays when this ends.
    made_member = models.BooleanField(default=False, editable=False)

    objects = GrantQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("right", "temporary or limited right")
        verbose_name_plural = pgettext_lazy("right", "temporary or limited rights")
        default_permissions = ("view", "add")
        constraints = [
            models.CheckConstraint(
                condition=Q(scope_kind="", scope_key="") | (~Q(scope_kind="") & ~Q(scope_key="")),
                name="accounts_grant_scope_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(scope_kind="") | Q(ends_at__isnull=False),
                name="accounts_grant_is_limited",
            ),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at")),
                name="accounts_grant_ends_after_start",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="accounts_grant_has_reason"),
            models.UniqueConstraint(
                fields=["user", "group", "scope_kind", "scope_key"],
                condition=Q(ended_at=None),
                name="accounts_grant_open_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["ends_at"], condition=Q(ended_at=None), name="accounts_grant_open_ends"
            )
        ]

    def __str__(self):
        return f"{self.group.name} ({self.scope_label})" if self.scope_kind else self.group.name

    @property
    def gives_membership(self):
        """Whether its person is in the group meanwhile.

        A role within a limit is none: the group's rights hold everywhere. Only roles that are
        made for this kind of limit keep what needs one out of their group.
        """
        if not self.scope_kind:
            return True
        role = role_named(self.group.name)
        return role is not None and role.scope == self.scope_kind

    def holds_at(self, moment):
        return (
            self.ended_at is None
            and self.starts_at <= moment
            and (self.ends_at is None or moment < self.ends_at)
        )

    def is_due_at(self, moment):
        """Whether its beginning or end has come and has not been carried out."""
        over = self.ends_at is not None and self.ends_at <= moment
        return self.ended_at is None and (
            over or (not self.started_at and self.starts_at <= moment)
        )

    @property
    def is_waiting(self):
        return self.starts_at > timezone.now()
