import pytest

from campaigns.forums import services
from campaigns.forums.exceptions import NoAddressError, RegistrationClosedError
from campaigns.forums.models import ForumPage, Order
from campaigns.forums.services.scopes import forum_choices, keys_of_forums
from tests.campaigns.forums.participant import asked, taken

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

STAFF = {"actor": "1", "reason": "전화 신청"}


def test_nobody_is_entered_for_a_forum_that_is_called_off(state):
    state.page.change = ForumPage.Change.CANCELLED

    with pytest.raises(RegistrationClosedError):
        services.enter_order(state, asked(state, channel=Order.Channel.STAFF), **STAFF)

    assert taken(state) == 0


def test_without_an_address_no_mail_is_sent_again(state):
    order = services.enter_order(
        state, asked(state, email="", channel=Order.Channel.STAFF), **STAFF
    )

    with pytest.raises(NoAddressError):
        services.resend_mail(order, **STAFF)


def test_rights_can_be_limited_to_forums(forum):
    assert forum_choices() == [(str(forum.pk), forum.title)]
    assert keys_of_forums([str(forum.pk), "0", "x"]) == {forum.pk}
