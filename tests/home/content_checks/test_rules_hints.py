import pytest
from django.core.exceptions import ValidationError

from home.content_checks import Level, check_page
from home.models import StatementPage
from home.services.starts import prepare_new_page
from tests.factories.home import StatementIndexPageFactory, StatementPageFactory

pytestmark = [pytest.mark.unit, pytest.mark.django_db]


@pytest.fixture
def started(home_page):
    """A draft of which the editor has written only the title."""
    parent = StatementIndexPageFactory(parent=home_page)
    page = StatementPageFactory.build(title="성명")
    prepare_new_page(page, parent=parent)
    page.live = False
    parent.add_child(instance=page)
    page.save_revision()
    return page


def test_each_hint_stops_publishing_and_says_where(started):
    stops = [finding for finding in check_page(started) if finding.level == Level.STOP]

    assert all("〔 〕" in str(finding.message) for finding in stops)
    assert [str(finding.where) for finding in stops] == [
        *("본문 › 1. 글", "본문 › 3. 글", "본문 › 4. 번호 붙인 요구", "세 줄 요지")
    ]


def test_it_goes_public_on_no_way(started, administrator):
    with pytest.raises(ValidationError, match="〔"):
        started.get_latest_revision().publish(user=administrator)

    assert not StatementPage.objects.live().exists()


def test_what_is_written_stops_nothing(home_page):
    page = StatementPageFactory(parent__parent=home_page)

    assert not [finding for finding in check_page(page) if "〔" in str(finding.message)]
