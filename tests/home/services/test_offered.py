"""A file is public once a public text offers it, and not before."""

import pytest
from wagtail.models import PageViewRestriction

from home.services import is_offered
from tests.factories.accounts import UserFactory
from tests.factories.home import DocumentFactory, NewsIndexPageFactory, NewsPageFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def document(db, settings, tmp_path):
    """A file on a disk, as it is served from in production."""
    disk = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    settings.MEDIA_ROOT = tmp_path
    settings.STORAGES = {**settings.STORAGES, "default": disk}
    return DocumentFactory()


@pytest.fixture
def news(home_page, document):
    """A published text with the file."""
    page = NewsPageFactory(parent=NewsIndexPageFactory(parent=home_page, slug="news"), live=False)
    page.files = [("file", {"document": document, "title": "첨부"})]
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def test_a_file_that_nobody_offers_stays_in_the_house(client, document):
    assert client.get(document.url).status_code == 404

    client.force_login(UserFactory(administrator=True))
    response = client.get(document.url)
    assert response.status_code == 200
    response.close()


def test_a_public_text_makes_it_public(client, news, document):
    response = client.get(document.url)

    assert response.status_code == 200
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in response["Content-Security-Policy"]
    response.close()


def test_an_unpublished_or_private_text_does_not(news, document):
    restriction = PageViewRestriction.objects.create(page=news, restriction_type="login")
    assert not is_offered(document)

    restriction.delete()
    assert is_offered(document)

    news.unpublish()
    assert not is_offered(document)


def test_it_costs_the_same_for_many_texts(news, document, django_assert_max_num_queries):
    for _ in range(3):
        page = NewsPageFactory(parent=news.get_parent(), live=False)
        page.files = [("file", {"document": document, "title": "첨부"})]
        page.save_revision().publish()
    is_offered(document)

    with django_assert_max_num_queries(3):
        assert is_offered(document)
