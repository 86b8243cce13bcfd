import pytest

from campaigns.forums import services
from campaigns.forums.exceptions import ChangeNotPossibleError
from evidence.models import Event
from messaging.models import OutboxMessage
from tests.factories.accounts import UserFactory

pytestmark = [pytest.mark.unit, pytest.mark.django_db]


@pytest.mark.parametrize("change", ["", "postponed", "cancelled"])
def test_nothing_follows_a_cancellation(forum, change):
    """Also for whoever still has the page open from before."""
    told = {"reason": "태풍 예보", "user": UserFactory()}
    services.change_forum(forum, change="cancelled", **told)
    before = Event.objects.count(), OutboxMessage.objects.count()

    with pytest.raises(ChangeNotPossibleError):
        services.change_forum(forum, change=change, **told)

    forum.refresh_from_db()
    assert forum.change == "cancelled"
    assert (Event.objects.count(), OutboxMessage.objects.count()) == before


def test_what_is_over_is_not_called_off(forum, clock):
    clock.move_to(max(session.ends_at for session in forum.sessions.all()))

    with pytest.raises(ChangeNotPossibleError):
        services.change_forum(forum, change="cancelled", reason="태풍", user=UserFactory())

    forum.refresh_from_db()
    assert forum.change == ""
