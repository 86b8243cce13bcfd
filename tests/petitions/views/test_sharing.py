import pytest
from wagtail.models import Site

from home.models import SiteSettings
from home.publishing import forget_everything

from .conftest import PETITION

pytestmark = pytest.mark.integration

KAKAO = "https://t1.kakaocdn.net"


@pytest.fixture
def kakao_key(home_page):
    site = Site.objects.get(is_default_site=True)
    SiteSettings.objects.create(site=site, kakao_javascript_key="0123456789abcdef")
    forget_everything()


@pytest.mark.parametrize("address", ["signer", f"{PETITION}share/"])
def test_without_a_key_no_foreign_host_is_allowed(client, link, counted_signature, address):
    response = client.get(link("s") if address == "signer" else address)

    assert "https://" not in response["Content-Security-Policy"]
    assert 'data-share-by="kakao"' in response.content.decode()
    assert 'data-kakao-key=""' in response.content.decode()


def test_with_a_key_kakao_may_load_on_the_page_without_a_secret(client, petition_page, kakao_key):
    response = client.get(f"{PETITION}share/")

    policy = response["Content-Security-Policy"]
    assert f"script-src 'self' {KAKAO}" in policy.split("; ")
    assert "form-action 'self' https://sharer.kakao.com" in policy
    assert 'data-kakao-key="0123456789abcdef"' in response.content.decode()
    assert f'src="{KAKAO}' not in response.content.decode()


def test_with_a_key_the_signers_page_stays_strict_and_leads_there(
    client, link, counted_signature, kakao_key
):
    response = client.get(link("s"))

    assert "kakao" not in response["Content-Security-Policy"]
    assert f'<a href="{PETITION}share/">' in response.content.decode()
    assert "0123456789abcdef" not in response.content.decode()


def test_sharing_what_does_not_exist_is_not_found(client, home_page):
    assert client.get("/nowhere/share/").status_code == 404
