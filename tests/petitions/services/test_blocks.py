import pytest

from evidence.models import Event
from petitions import services
from petitions.exceptions import NotBlockedError, ReasonMissingError
from petitions.models import BlockedAddress, Signature
from privacy.blind_index import address_index
from tests.petitions.citizen import EMAIL, cleaned

pytestmark = pytest.mark.unit


@pytest.mark.sqlite_smoke
def test_after_lifting_the_owner_signs_again(signature, state):
    services.deny_signature(signature.public_id)
    assert services.is_blocked(address_index(EMAIL))

    services.lift_block(address_index(EMAIL), actor="1", reason="주인이 요청")
    services.sign_petition(state, cleaned())

    assert not services.is_blocked(address_index(EMAIL))
    assert Signature.objects.order_by("pk").last().email == EMAIL


def test_lifting_twice_is_refused(signature):
    services.deny_signature(signature.public_id)
    services.lift_block(address_index(EMAIL), actor="1", reason="주인이 요청")

    with pytest.raises(NotBlockedError):
        services.lift_block(address_index(EMAIL), actor="1", reason="주인이 요청")

    assert Event.objects.filter(kind="block_lifted").count() == 1


def test_lifting_without_a_reason_is_refused(signature):
    services.deny_signature(signature.public_id)

    with pytest.raises(ReasonMissingError):
        services.lift_block(address_index(EMAIL), actor="1", reason=" ")

    assert BlockedAddress.objects.count() == 1
