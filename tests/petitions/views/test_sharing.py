import pytest
from wagtail.models import Site

from home.models import SiteSettings

pytestmark = pytest.mark.integration

KAKAO = "https://t1.kakaocdn.net"


@pytest.fixture
def kakao_key(home_page):
    site = Site.objects.get(is_default_site=True)
    SiteSettings.objects.create(site=site, kakao_javascript_key="0123456789abcdef")


def test_without_a_key_no_foreign_host_is_allowed(client, link, counted_signature):
    response = client.get(link("s"))

    assert "https://" not in response["Content-Security-Policy"]
    assert 'data-kakao-key=""' in response.content.decode()


def test_with_a_key_the_signers_page_may_load_kakao_when_pressed(
    client, link, counted_signature, kakao_key
):
    response = client.get(link("s"))

    assert f"script-src 'self' {KAKAO};" in response["Content-Security-Policy"]
    assert "form-action 'self' https://sharer.kakao.com" in response["Content-Security-Policy"]
    assert f'src="{KAKAO}' not in response.content.decode()


def test_with_a_key_other_pages_stay_strict(client, petition_page, kakao_key):
    response = client.get(petition_page.url)

    assert "kakao" not in response["Content-Security-Policy"]
