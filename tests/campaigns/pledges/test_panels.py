"""What the law on elections wants today, on the first screen."""

import pytest

from accounts.defaults import AUDITOR, DIRECTOR
from campaigns.pledges.panels import law_items
from campaigns.pledges.services.takedowns import enter_objection, take_statement_down
from tests.factories.accounts import UserFactory
from tests.factories.pledge_guards import (
    approval_of,
    coming_election,
    declined_response,
    inquiry_of,
    request_of,
)

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
