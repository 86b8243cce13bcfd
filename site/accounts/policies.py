"""Which rows somebody may see or change. Lists, screens, steps and exports all ask here."""

from collections.abc import Mapping, Sequence
from functools import reduce
from operator import or_

from django.db.models import Q
from wagtail.permission_policies import ModelPermissionPolicy

from .services.scopes import reach_of


class ScopedPolicy(ModelPermissionPolicy):
    """Rights on rows that can be limited, for example to regions.

    ``lookups`` says for each kind of scope which field leads to it, or which ones do:
    ``{"region": "region"}``. What is limited in a way that these rows do not know holds for none
    of them.
    """

    def __init__(self, model, lookups: Mapping[str, str | Sequence[str]]):
        super().__init__(model)
        self.lookups = {
            kind: (fields,) if isinstance(fields, str) else tuple(fields)
            for kind, fields in lookups.items()
        }

    def user_has_permission(self, user, action):
        """On some rows at least."""
        return self._condition(user, [action]) is not None

    def holds_everywhere(self, user, action):
        return user.has_perm(self._get_permission_name(action))

    def user_has_permission_for_instance(self, user, action, instance):
        if self.holds_everywhere(user, action):
            return True
        return self.instances_user_has_permission_for(user, action).filter(pk=instance.pk).exists()

    def instances_user_has_any_permission_for(self, user, actions):
        condition = self._condition(user, actions)
        rows = self.model._default_manager
        return rows.none() if condition is None else rows.filter(condition)

    def _condition(self, user, actions):
        """None for no row at all, an empty one for all rows."""
        reaches = [reach_of(user, self._get_permission_name(action)) for action in actions]
        if any(reach.everywhere for reach in reaches):
            return Q()
        limits = [
            Q(**{f"{field}__in": keys})
            for reach in reaches
            for kind, keys in reach.within.items()
            for field in self.lookups.get(kind, ())
            if keys
        ]
        return reduce(or_, limits) if limits else None


class ReadByAllPolicy(ScopedPolicy):
    """Whoever may look at some of these rows, in one region perhaps, may look at all of them.

    For what is no secret, such as the days of an election; changing stays limited.
    """

    def __init__(self, model, lookups: Mapping[str, str | Sequence[str]] | None = None):
        super().__init__(model, lookups or {})

    def _condition(self, user, actions):
        if "view" in actions and reach_of(user, self._get_permission_name("view")):
            return Q()
        return super()._condition(user, actions)
