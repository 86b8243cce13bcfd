"""A contact by hand and a list at the same moment: real transactions, no address taken twice."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from campaigns.pledges.exceptions import ListChangedError
from campaigns.pledges.models import ContactList, ContactPoint
from campaigns.pledges.services.contact_lists import apply_contacts
from campaigns.pledges.services.contacts import enter_contact
from tests.database.waiting import others_that_wait, wait_until
from tests.factories.accounts import UserFactory
from tests.factories.pledge_agreements import respondent_of
from tests.factories.pledge_contacts import (
    FOUND_AT,
    contact_line,
    contact_list,
    everybody_of,
    plan_of,
)
from tests.factories.pledges import ElectionFactory

pytestmark = [
    pytest.mark.integration,
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
]
PHONE, EMAIL, OTHER = "010-0000-1234", "han@candidate.example", "other@candidate.example"


@pytest.mark.parametrize(
    ("line", "kind", "value"),
    [
        (contact_line(), "email", OTHER),
        (contact_line(), "email", EMAIL),
        (contact_line(email="", phone=PHONE), "phone", PHONE),
    ],
)
def test_who_enters_by_hand_meanwhile_goes_first(line, kind, value):
    user = UserFactory()
    respondent = respondent_of(ElectionFactory())
    election = respondent.election
    job = contact_list(election, user, line)
    digest = plan_of(job).digest

    def take_over():
        try:
            apply_contacts(job, digest, reach=everybody_of(election), user=user)
        except ListChangedError as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            enter_contact(respondent, kind=kind, value=value, source=FOUND_AT, user=user)
            taking = pool.submit(take_over)
            wait_until(others_that_wait)
        assert isinstance(taking.result(60), ListChangedError)

    assert ContactPoint.objects.get().value == value
    assert ContactList.objects.get().state == "preview"


def test_of_two_by_hand_at_once_the_second_waits_for_another_person():
    user = UserFactory()
    respondent = respondent_of(ElectionFactory())

    def enter(value):
        try:
            return enter_contact(
                respondent, kind="email", value=value, source=FOUND_AT, user=user
            ).state
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        states = list(pool.map(enter, [EMAIL, OTHER]))

    assert sorted(states) == ["approved", "waiting"]
