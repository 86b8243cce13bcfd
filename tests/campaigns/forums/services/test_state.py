from datetime import timedelta

import pytest
from wagtail.models import Site

from campaigns.forums import services
from campaigns.forums.exceptions import ForumNotFoundError
from home.publishing import forget_everything

pytestmark = [pytest.mark.unit, pytest.mark.django_db]

PATH = "campaigns/basic-act/forum"


def test_without_a_site_there_is_no_forum(forum):
    assert services.forum_state(PATH).page == forum
    Site.objects.update(is_default_site=False)
    forget_everything()

    with pytest.raises(ForumNotFoundError):
        services.forum_state(PATH)


def test_who_comes_for_the_afternoon_only_has_until_then_to_pay(make_state):
    state = make_state()
    morning, afternoon = (session.starts_at for session in state.sessions)
    told, closing = state.page.payment_due_at, timedelta(minutes=1)

    assert state.due_at(told - closing) == told
    assert state.due_at(morning - closing) == morning
    assert state.due_at(morning) == afternoon
    assert state.due_at(afternoon) == morning, "nobody registers any more"
