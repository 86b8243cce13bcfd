"""Organisations that the law bars from elections stand beside no board."""

import pytest

from campaigns.pledges.exceptions import OrganisationBarredError
from campaigns.pledges.services.co_hosts import (
    add_co_host,
    barred_among,
    co_hosts_of,
    remove_co_host,
)
from home.network.models import Organisation
from tests.factories.network import OrganisationFactory
from tests.factories.pledge_guards import coming_election

pytestmark = [pytest.mark.unit, pytest.mark.django_db]


@pytest.mark.sqlite_smoke
def test_a_co_operative_is_barred_unless_staff_say_otherwise(user):
    election = coming_election()
    barred = OrganisationFactory(kind=Organisation.Kind.COOPERATIVE)

    with pytest.raises(OrganisationBarredError):
        add_co_host(election, barred, user=user)

    barred.barred_from_elections = False
    barred.save()
    barred.refresh_from_db()
    assert not barred.barred_from_elections
    add_co_host(election, barred, user=user)
    assert list(co_hosts_of(election)) == [barred]


def test_adding_and_removing_twice_is_as_good_as_once(user):
    election, other = coming_election(), OrganisationFactory()
    assert add_co_host(election, other, user=user) == add_co_host(election, other, user=user)

    remove_co_host(election, other)
    remove_co_host(election, other)

    assert list(co_hosts_of(election)) == []


def test_who_is_barred_later_is_named_no_more(user):
    election, other = coming_election(), OrganisationFactory()
    add_co_host(election, other, user=user)

    other.barred_from_elections = True
    other.save()

    assert list(co_hosts_of(election)) == []
    assert barred_among([other, OrganisationFactory()]) == [other]
