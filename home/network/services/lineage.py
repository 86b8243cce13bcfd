"""What a region was and what it became."""

from datetime import date

from django.utils import timezone

from ..models import Region


def region_on(region: Region, day: date) -> list[Region]:
    """What ``region`` is on ``day``: itself, what it became by then, or what it was before.

    Several, if it was divided or put together; none, if nothing is known of that day.
    """
    walked = "predecessors" if region.valid_until and region.valid_until < day else "successors"
    found: dict[int, Region] = {}
    at = [region]
    while at:
        found |= {one.pk: one for one in at if one.is_valid_on(day)}
        elsewhere = [one.pk for one in at if not one.is_valid_on(day)]
        at = (
            list(Region.objects.filter(**{f"{walked}__in": elsewhere}).distinct())
            if elsewhere
            else []
        )
    return sorted(found.values(), key=lambda one: (one.sort_order, one.code))


def current_successors(region: Region) -> list[Region]:
    """What ``region`` is today: roll an old archive up to the regions of the present."""
    return region_on(region, timezone.localdate())
