"""Who may do what with which rows: everywhere, or in the regions of a coordinator."""

from django.db.models import Q, QuerySet
from wagtail.permissions import policy_registry

from accounts.services import reach_of

from .models import DemandSet
from .services.contests import regions_on


def rows_for(user, model, action="view"):
    """The rows of a model on which this person has a right; others do not exist for them."""
    policy = policy_registry.get_by_type(model)
    return policy.instances_user_has_permission_for(user, action)


def may(user, action, row):
    policy = policy_registry.get_by_type(type(row))
    return policy.user_has_permission_for_instance(user, action, row)


def reaches(user, right, region_id):
    """Whether a right holds in a region; None stands for the whole country."""
    reach = reach_of(user, right)
    return reach.everywhere or region_id in reach.within.get("region", ())


def readable_demand_sets(user) -> QuerySet[DemandSet]:
    """Those of one's own regions, and what is asked of everybody."""
    reach = reach_of(user, "pledges.view_demandset")
    if reach.everywhere:
        return DemandSet.objects.all()
    if not reach:
        return DemandSet.objects.none()
    return DemandSet.objects.filter(Q(region=None) | Q(region__in=reach.within.get("region", ())))


def regions_within(user, right, day):
    """The provinces, cities and districts of a day in which a right holds."""
    reach = reach_of(user, right)
    rows = regions_on(day)
    if reach.everywhere:
        return rows
    keys = reach.within.get("region", ())
    return [row for row in rows if row.pk in keys]
