"""Who asks together with the coalition.

Bodies that the law bars never do (공직선거법 art. 87, 협동조합기본법 art. 9).
"""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from home.network.models import Organisation

from ..exceptions import OrganisationBarredError
from ..models import CoHost, Election


@transaction.atomic
def add_co_host(election: Election, organisation: Organisation, *, user: User) -> CoHost:
    """Raises OrganisationBarredError. Safe to call twice."""
    current = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if current.barred_from_elections:
        raise OrganisationBarredError
    values = {"made_by": user, "made_at": timezone.now()}
    row, _is_new = CoHost.objects.get_or_create(
        election=election, organisation=current, defaults=values
    )
    return row


def remove_co_host(election: Election, organisation: Organisation) -> None:
    CoHost.objects.filter(election=election, organisation=organisation).delete()


def co_hosts_of(election: Election) -> QuerySet[Organisation]:
    """Who is named beside the coalition; whoever was barred since is not."""
    hosts = CoHost.objects.filter(election=election)
    rows = Organisation.objects.filter(pk__in=hosts.values("organisation"))
    return rows.filter(barred_from_elections=False).in_order()


def barred_among(organisations: Iterable[Organisation]) -> list[Organisation]:
    """Those that must not stand beside a board with their name or logo."""
    return [row for row in organisations if row.barred_from_elections]
