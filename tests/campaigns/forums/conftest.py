import pytest

from home.models import HomePage
from tests.factories.forums import ForumIndexPageFactory, ForumPageFactory
from tests.factories.home import ContactFactory
from tests.factories.tree import publish


@pytest.fixture
def forum(campaign_page):
    """/campaigns/basic-act/forum/, published: a paid public part and a members' part."""
    return publish(
        ForumPageFactory(parent=campaign_page, slug="forum", contact=ContactFactory(name="한마루"))
    )


@pytest.fixture
def index(home_page):
    """/forums/, published."""
    return publish(ForumIndexPageFactory(parent=HomePage.objects.get(pk=home_page.pk)))
