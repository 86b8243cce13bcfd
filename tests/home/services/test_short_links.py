import unicodedata
from io import BytesIO

import pytest
from PIL import Image

from home.exceptions import ShortLinkNotFoundError
from home.models import ShortLink
from home.services import draw_qr_png, draw_qr_svg, find_target
from tests.factories.home import NewsPageFactory

pytestmark = [pytest.mark.unit, pytest.mark.django_db]
ADDRESS = "https://yeondae.example/s/%ED%86%A0%EB%A1%A0%ED%9A%8C"


def test_outside_address_is_found():
    ShortLink.objects.create(slug="forum", url="https://example.org/a?b=c")

    assert find_target("forum") == find_target("FORUM") == "https://example.org/a?b=c"


def test_live_page_is_found_wherever_it_moved(home_page):
    page = NewsPageFactory(parent__parent=home_page)
    ShortLink.objects.create(slug="토론회", page=page)

    assert find_target("토론회") == page.url
    assert find_target(unicodedata.normalize("NFD", "토론회")) == page.url
    page.slug = "moved"
    page.save_revision().publish()
    assert find_target("토론회") == "/news/moved/"


def test_what_is_not_public_is_refused(home_page):
    page = NewsPageFactory(parent__parent=home_page, live=False)
    ShortLink.objects.create(slug="draft", page=page)
    ShortLink.objects.create(slug="script", url="javascript:alert(1)")

    for slug in ("draft", "script", "nobody", ""):
        with pytest.raises(ShortLinkNotFoundError):
            find_target(slug)


def test_page_outside_the_site_is_refused(home_page):
    page = NewsPageFactory(parent__parent__title="다른 사이트")
    ShortLink.objects.create(slug="elsewhere", page=page)

    with pytest.raises(ShortLinkNotFoundError):
        find_target("elsewhere")


def test_svg_fits_any_size():
    head = draw_qr_svg(ADDRESS).partition(b"<svg")[2].partition(b">")[0]

    assert b"viewBox" in head
    assert b"width" not in head


@pytest.mark.parametrize("address", ["https://a.example/s/a", ADDRESS * 5])
def test_png_is_large_enough_for_print(address):
    picture = Image.open(BytesIO(draw_qr_png(address)))

    assert picture.width == picture.height >= 1600
    assert picture.getpixel((0, 0)) in (255, 1, (255, 255, 255))
