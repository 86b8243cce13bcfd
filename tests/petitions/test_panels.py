from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.defaults import EDITOR, MODERATOR
from tests.conftest import publish
from tests.factories.accounts import UserFactory
from tests.factories.petitions import SignatureFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def todo(browser):
    response = browser.get("/admin/")
    return response.content.decode()


def test_the_first_screen_names_what_waits(admin_client, petition_page):
    petition_page.closes_at = timezone.now() + timedelta(days=2)
    publish(petition_page)
    SignatureFactory(petition=petition_page, confirmed=True, comment="말", comment_status="waiting")
    SignatureFactory(petition=petition_page, comment="말", comment_status="waiting")

    text = todo(admin_client)

    assert "/admin/signatures/?comment_status=waiting&amp;status=confirmed" in text
    assert '<strong class="today__number">1</strong>' in text
    assert f'/admin/pages/{petition_page.pk}/edit/">' in text


def test_the_first_screen_says_when_nothing_waits(client, petition_page):
    client.force_login(UserFactory(role=MODERATOR))

    text = todo(client)

    assert "today__empty" in text
    assert "today__item" not in text


def test_an_editor_is_not_told_of_comments_nor_mails(client, petition_page):
    client.force_login(UserFactory(role=EDITOR))
    SignatureFactory(petition=petition_page, confirmed=True, comment="말", comment_status="waiting")

    assert "today__empty" in todo(client)


def test_the_first_screen_asks_as_often_whatever_waits(
    admin_client, petition_page, django_assert_max_num_queries
):
    todo(admin_client)
    with django_assert_max_num_queries(90) as first:
        todo(admin_client)
    for _ in range(3):
        SignatureFactory(
            petition=petition_page, confirmed=True, comment="말", comment_status="waiting"
        )

    with django_assert_max_num_queries(len(first.captured_queries)):
        todo(admin_client)
