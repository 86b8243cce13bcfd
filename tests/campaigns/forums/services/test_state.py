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
