"""What the law on elections wants today, on the first screen."""

import pytest
from django.urls import reverse

from accounts.defaults import AUDITOR, DIRECTOR
from campaigns.pledges.apps import PLEDGES
from campaigns.pledges.panels import demand_items, law_items
from campaigns.pledges.services.demands import resolve_version, send_to_review
from campaigns.pledges.services.takedowns import enter_objection, take_statement_down
from tests.factories.accounts import UserFactory
from tests.factories.pledge_demands import RESOLVED_ON, demand_set
from tests.factories.pledge_guards import (
    approval_of,
    coming_election,
    declined_response,
    inquiry_of,
    request_of,
)
from tests.factories.pledges import seoul

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def test_whoever_may_sees_what_waits(user):
    election = coming_election(30)
    approval_of("print", election)
    inquiry_of(election)
    row = take_statement_down(declined_response(election), request_of(), user=user)

    assert [item.number for item in law_items(UserFactory(role=DIRECTOR))] == [1, 1, 1]
    enter_objection(row, "사실입니다.", user=user)
    assert [item.number for item in law_items(UserFactory(role=DIRECTOR))] == [1, 1, 1, 1]
    assert law_items(UserFactory(role=AUDITOR)) == []


def test_when_nothing_waits_nothing_is_said(db):
    assert law_items(UserFactory(role=DIRECTOR)) == []


def test_resolved_demands_wait_for_who_publishes_them(election):
    keeper, director = UserFactory(role=PLEDGES), UserFactory(role=DIRECTOR)
    assert demand_items(keeper) == []
    for region, number in ((None, 1), (seoul(), 2)):
        row = demand_set(election, region, count=1, published=False)
        send_to_review(row.versions.get())
        resolve_version(row.versions.get(), body="운영위원회", resolved_on=RESOLVED_ON)
        (item,) = demand_items(keeper)
        assert item.number == number
    assert item.url == reverse("demand-sets:index")
    assert demand_items(director) == []
