import pytest

from campaigns.forums import services
from home.models import HomePage
from tests.factories.cards import card_company
from tests.factories.forums import ForumIndexPageFactory, ForumPageFactory, InvitationFactory
from tests.factories.home import ContactFactory
from tests.factories.tree import publish

FORUM = "/campaigns/basic-act/forum/"


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


@pytest.fixture
def make_state(campaign_page):
    """A published forum as the form knows it: ``make_state(first={"capacity": 2})``."""

    def make(**told):
        page = publish(ForumPageFactory(parent=campaign_page, slug="forum", **told))
        return services.state_of(page)

    return make


@pytest.fixture
def state(make_state):
    """A paid public part and a free one for members."""
    return make_state()


@pytest.fixture
def free_state(make_state):
    return make_state(first={"fee_krw": 0}, alone=True)


@pytest.fixture
def invitation(state):
    return InvitationFactory(forum=state.page)


@pytest.fixture
def company():
    """The card company, and with it a site that takes cards; it tells nothing by itself."""
    with card_company() as stand_in:
        yield stand_in
