import pytest

from evidence.models import Event
from evidence.services import verify_chain
from rights.exceptions import HoldError, HoldReasonMissingError
from rights.models import RetentionHold
from rights.services import held_scopes, lift_hold, place_hold
from tests.factories.accounts import UserFactory

pytestmark = [pytest.mark.unit, pytest.mark.django_db]


@pytest.mark.sqlite_smoke
def test_a_hold_is_in_force_until_it_is_lifted_and_on_record():
    user, other = UserFactory(), UserFactory()

    hold = place_hold("signatures", "7", reason=" 무효 확인 소송 ", user=user)
    assert held_scopes("signatures") == {"7"}
    lift_hold(hold.pk, reason="판결 확정", user=other)

    assert held_scopes("signatures") == frozenset()
    hold.refresh_from_db()
    assert (hold.reason, hold.lift_reason) == ("무효 확인 소송", "판결 확정")
    assert (hold.placed_by, hold.lifted_by) == (user, other)
    steps = Event.objects.filter(subject_type="retention_hold").order_by("sequence")
    assert [(step.kind, step.actor) for step in steps] == [
        ("placed", str(user.pk)),
        ("lifted", str(other.pk)),
    ]
    assert verify_chain("retention_hold", str(hold.pk)).holds


def test_two_holds_on_the_same_are_refused():
    user = UserFactory()
    hold = place_hold("signatures", "7", reason="소송", user=user)

    with pytest.raises(HoldError):
        place_hold("signatures", "7", reason="다시", user=user)
    place_hold("signatures", "8", reason="다른 서명", user=user)
    lift_hold(hold.pk, reason="끝", user=user)
    place_hold("signatures", "7", reason="새 소송", user=user)

    assert held_scopes("signatures") == {"7", "8"}
    assert held_scopes("mail") == frozenset()
    assert Event.objects.count() == 4


def test_a_hold_that_is_lifted_or_was_never_there_is_not_lifted():
    user = UserFactory()
    hold = place_hold("signatures", "", reason="소송", user=user)
    lift_hold(hold.pk, reason="끝", user=user)

    for pk in (hold.pk, 0):
        with pytest.raises(HoldError):
            lift_hold(pk, reason="또", user=user)


def test_no_hold_without_a_reason_either_way():
    user = UserFactory()
    with pytest.raises(HoldReasonMissingError):
        place_hold("signatures", "", reason=" ", user=user)
    hold = place_hold("signatures", "", reason="소송", user=user)
    with pytest.raises(HoldReasonMissingError):
        lift_hold(hold.pk, reason="", user=user)

    assert RetentionHold.objects.in_force().get() == hold
