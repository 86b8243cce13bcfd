from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.defaults import EDITOR
from campaigns.forums import services
from campaigns.forums.panels import history_of, todo_items
from tests.campaigns.forums.participant import asked
from tests.factories.accounts import UserFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

STAFF = "행사 담당"


@pytest.fixture
def near(make_state):
    soon, day = timezone.now() + timedelta(hours=1), timezone.localdate() + timedelta(days=2)
    return make_state(day=day, payment_due_at=soon, registration_closes_at=soon)


def test_a_forum_that_is_near_tells_who_has_not_paid(near, django_assert_max_num_queries):
    user = UserFactory(role=STAFF)
    [quiet] = todo_items(user)
    assert quiet.number is None
    for n in range(2):
        services.place_order(near, asked(near, email=f"p{n}@mail.example"))

    with django_assert_max_num_queries(3):
        [item] = todo_items(user)

    assert item.number == 2
    assert near.page.title in item.label


def test_one_that_is_far_or_seen_without_the_right_is_no_item(state):
    assert todo_items(UserFactory(role=STAFF)) == []
    assert todo_items(UserFactory(role=EDITOR)) == []


def test_history_names_staff_and_everybody_else_in_words(state):
    user, order = UserFactory(role=STAFF), services.place_order(state, asked(state))
    services.resend_mail(order, actor=str(user.pk), reason="못 받음")
    services.cancel_order(order)

    cancelled, resent, _placed = history_of(order)

    assert (resent.who, resent.reason) == (str(user), "못 받음")
    assert cancelled.who != str(user)
