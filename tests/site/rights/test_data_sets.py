from datetime import timedelta

import pytest
from django.utils import timezone

from rights.data_sets import REQUESTS
from rights.models import AddressChange, Mailbox, Request
from rights.registry import Erasure
from rights.services import destroy_due
from tests.factories.rights import AddressChangeFactory, MailboxFactory, RequestFactory

NOT_TOLD = {
    "id": "a number of the database's",
    "public_id": "the holding's key",
    "contact_index": "made from the contact by a secret key",
}
ASKER = "asker@mail.example"


def test_each_field_of_a_request_is_told(db):
    RequestFactory(contact=ASKER)
    RequestFactory()

    (holding,) = REQUESTS.find(ASKER.upper())

    told = {fact.name for fact in holding.facts}
    assert told == {field.name for field in Request._meta.fields} - set(NOT_TOLD)
    assert holding.erasure == Erasure.KEPT_BY_LAW


def test_values_are_those_of_the_request(db):
    request = RequestFactory(contact=ASKER, proven=True, done=True)

    (holding,) = REQUESTS.find(ASKER)

    values = {fact.name: fact.value for fact in holding.facts}
    told = (values["words"], values["answer"], values["contact"], values["reference"])
    assert told == (request.words, request.answer, ASKER, request.reference)
    assert (values["name"], values["extended_at"]) == ("", "")
    assert str(request.due_on.day) in values["due_on"]


@pytest.mark.sqlite_smoke
def test_all_of_it_goes_in_its_time(db):
    now = timezone.now()
    kept = [
        MailboxFactory(asked_at=now - timedelta(hours=30)),
        AddressChangeFactory(asked_at=now - timedelta(hours=30)),
        RequestFactory(done=True, closed_at=now - timedelta(days=1000)),
        RequestFactory(received_at=now - timedelta(days=2000)),
    ]
    MailboxFactory(asked_at=now - timedelta(days=3))
    AddressChangeFactory(asked_at=now - timedelta(days=3))
    RequestFactory(done=True, closed_at=now - timedelta(days=1100))

    destroy_due()
    destroy_due()

    left = [*Mailbox.objects.all(), *AddressChange.objects.all(), *Request.objects.order_by("pk")]
    assert left == kept
