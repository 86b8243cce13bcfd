"""Contests that no list brings along: by-elections, and what is known before anybody stands."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from home.network.models import Region

from ..models import Candidacy, Contest, Election, Post
from .places import OF_A_REGION, WHOLE_COUNTRY, Place


@transaction.atomic
def open_contest(
    election: Election, office: str, region: Region | None, district_name: str
) -> tuple[Contest, bool]:
    """The contest for a post at this election, and whether it is new."""
    whole = office in WHOLE_COUNTRY
    district = "" if office in OF_A_REGION else "".join(district_name.split())
    place = Place(office, None if whole else region, district)
    post, _is_new = Post.objects.get_or_create(
        key=place.key,
        defaults={"office": office, "region": place.region, "district_name": place.district_name},
    )
    return Contest.objects.get_or_create(election=election, post=post)


def contests_of(election: Election) -> QuerySet[Contest]:
    """In the order of the commission, with ``standing`` and ``missing`` candidacies counted."""
    standing = Q(candidacies__status__in=Candidacy.STANDING)
    missing = Q(candidacies__missing_since__isnull=False)
    return (
        Contest.objects.filter(election=election)
        .select_related("post__region__parent__parent")
        .annotate(
            standing=Count("candidacies", filter=standing),
            missing=Count("candidacies", filter=missing),
        )
        .order_by("post__office", "post__region__sort_order", "post__key")
    )


def regions_on(day: date) -> Sequence[Region]:
    """Provinces, cities, counties and districts of a day."""
    kinds = (Region.Kind.PROVINCE, Region.Kind.DISTRICT)
    found = Region.objects.valid_on(day).filter(kind__in=kinds).select_related("parent")
    return list(found)
