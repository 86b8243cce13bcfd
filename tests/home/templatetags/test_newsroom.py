import pytest

from home.models import SiteDocument
from home.templatetags.newsroom import file_format, file_size
from tests.factories.home import DocumentFactory

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (1, "1KB"),
        (212 * 1024, "212KB"),
        (4_404_019, "4.2MB"),
        (30 * 1024 * 1024, "30MB"),
        (0, ""),
    ],
)
def test_a_size_is_written_as_koreans_do(size, words):
    assert file_size(SiteDocument(collection_id=1, file_size=size, file="gone.pdf")) == words


@pytest.mark.django_db
def test_a_size_that_nobody_wrote_down_is_read_from_the_file():
    assert file_size(DocumentFactory.build(file__data=b"x" * 3000, file_size=None)) == "3KB"


def test_a_format_is_the_ending():
    assert file_format(SiteDocument(collection_id=1, file="documents/성명서.hwpx")) == "HWPX"
