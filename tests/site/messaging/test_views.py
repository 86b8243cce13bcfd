import pytest

from messaging.models import Suppression
from messaging.services import has_stopped_news, stop_news
from messaging.tokens import LIFETIME, unsubscribe_url
from privacy.models import Token

INDEX = b"i" * 32
PRIVATE = {
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex",
    "Referrer-Policy": "same-origin",
}


@pytest.fixture
def link(home_page):
    return unsubscribe_url(INDEX).removeprefix("http://testserver")


def words(response):
    return response.content.decode()


def test_the_page_asks_before_it_stops_anything(client, link):
    response = client.get(link)

    assert response.status_code == 200
    assert response.context["state"] == "asked"
    assert '<form class="button-row" method="post">' in words(response)
    assert has_stopped_news(INDEX) is False


@pytest.mark.parametrize("method", ["get", "head"])
def test_fifty_openings_by_a_scanner_change_nothing(client, link, method):
    for _ in range(50):
        assert getattr(client, method)(link).status_code == 200

    assert not Suppression.objects.exists()
    assert Token.objects.count() == 1


def test_the_button_stops_news_and_offers_the_way_back(client, link):
    response = client.post(link, {"action": "stop"}, headers={"Sec-Fetch-Site": "same-origin"})

    assert response.context["state"] == "stopped"
    assert 'value="resume"' in words(response)
    assert has_stopped_news(INDEX) is True
    assert client.get(link).context["state"] == "stopped"


def test_a_mail_program_stops_news_by_one_click(client, link):
    """RFC 8058: no cookie, no origin, no question."""
    response = client.post(link, {"List-Unsubscribe": "One-Click"})

    assert response.status_code == 200
    assert has_stopped_news(INDEX) is True
    assert client.post(link, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert Suppression.objects.count() == 1


def test_news_can_be_taken_up_again(client, link):
    stop_news(INDEX)

    response = client.post(link, {"action": "resume"})

    assert response.context["state"] == "resumed"
    assert has_stopped_news(INDEX) is False
    assert client.post(link, {"action": "resume"}).status_code == 200


def test_another_site_cannot_press_the_button(client, link):
    response = client.post(link, {"action": "stop"}, headers={"Sec-Fetch-Site": "cross-site"})

    assert response.status_code == 403
    assert has_stopped_news(INDEX) is False


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options"])
def test_other_methods_are_refused(client, link, method):
    response = getattr(client, method)(link)

    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD, POST"
    assert has_stopped_news(INDEX) is False


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("token", ["x", "A" * 43, "가" * 20, "..", "A" * 2000, "a%00b"])
def test_an_unknown_link_stops_nothing(client, home_page, method, token):
    response = getattr(client, method)(f"/t/u/{token}/")

    assert response.status_code == 404
    assert not Suppression.objects.exists()


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_expired_link_stops_nothing(clock, client, link, method):
    clock.tick(LIFETIME)

    response = getattr(client, method)(link)

    assert response.status_code == 410
    assert not Suppression.objects.exists()


def test_a_link_says_nothing_to_caches_engines_and_other_sites(clock, client, link):
    answers = [
        client.get(link),
        client.post(link),
        client.get("/t/u/unknown/"),
        client.post("/t/u/unknown/"),
    ]
    clock.tick(LIFETIME)
    answers.append(client.get(link))

    for response in answers:
        assert {name: response[name] for name in PRIVATE} == PRIVATE
        assert not response.cookies
        assert "csrfmiddlewaretoken" not in words(response)


def test_no_page_shows_the_token_or_the_index(client, link):
    token = link.split("/")[-2]

    for response in (client.get(link), client.post(link)):
        assert token not in words(response)
        assert INDEX.hex() not in words(response)
