import pytest
from django.core.exceptions import SuspiciousOperation
from django.template.loader import render_to_string
from django.test import RequestFactory

from home.views import bad_request

WITHOUT_DATABASE = ["400.html", "403.html", "500.html", "503.html"]


@pytest.mark.parametrize("name", WITHOUT_DATABASE)
def test_error_page_needs_neither_database_nor_context(name):
    page = render_to_string(name)

    assert '<html lang="ko">' in page
    assert 'href="/"' in page
    assert " style=" not in page


def test_unavailable_page_keeps_what_was_typed_and_escapes_it():
    fields = [("name", '김"연대'), ("consent_age", "on")]
    page = render_to_string("503.html", {"retry": {"action": "/p/sign/", "fields": fields}})

    assert '<form method="post" action="/p/sign/">' in page
    assert '<input type="hidden" name="name" value="김&quot;연대">' in page
    assert '<input type="hidden" name="consent_age" value="on">' in page


@pytest.mark.django_db
def test_bad_request_is_told_in_words():
    response = bad_request(RequestFactory().get("/"), SuspiciousOperation("x"))

    assert response.status_code == 400
    assert '<html lang="ko">' in response.content.decode()


@pytest.mark.django_db
def test_robots_keep_out_of_the_admin_and_of_links_from_mails(client):
    response = client.get("/robots.txt")

    assert response["Content-Type"] == "text/plain; charset=utf-8"
    text = response.content.decode()
    assert "Disallow: /admin/\nDisallow: /search/\nDisallow: /t/\n" in text
    assert "Sitemap: http://testserver/sitemap.xml" in text.splitlines()


def test_players_of_videos_may_stand_on_pages_only(client, home_page):
    page, missing = (client.get(path)["Content-Security-Policy"] for path in ("/", "/t/x/"))

    assert "frame-src 'self' https://www.youtube-nocookie.com https://player.vimeo.com" in page
    assert "https://" not in missing
