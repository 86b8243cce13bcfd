from datetime import date

import pytest

from campaigns.forums import services
from tests.factories.accounts import UserFactory
from tests.factories.forums import ForumPageFactory

pytestmark = [pytest.mark.unit, pytest.mark.django_db]


def test_a_forum_without_sessions_keeps_its_other_dates():
    """Nothing says how far they are from its day."""
    forum = ForumPageFactory(live=False, sessions=[], programme=[])

    copy = services.copy_forum(forum, day=date(2030, 1, 4), user=UserFactory())

    assert (copy.title, copy.live, copy.starts_at) == (forum.title, False, None)
    assert copy.registration_closes_at == forum.registration_closes_at
    assert copy.payment_due_at == forum.payment_due_at
