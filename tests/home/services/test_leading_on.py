"""Nothing public is lost by accident: addresses lead on, lists stay, links are named."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, ReferenceIndex

from accounts.defaults import DIRECTOR, EDITOR
from home.services.leading_on import lead_on
from schedule.jobs import publish_scheduled
from tests.browser import StaffClient
from tests.conftest import publish
from tests.factories.accounts import UserFactory
from tests.factories.home import NewsIndexPageFactory, NewsPageFactory, StandardPageFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def director(client):
    client.force_login(UserFactory(role=DIRECTOR))
    return client


@pytest.fixture
def news(home_page):
    parent = publish(NewsIndexPageFactory(parent=home_page, slug="news"))
    return publish(NewsPageFactory(parent=parent, slug="assembly", title="총회"))


def leads_to(address):
    return Client().get(address).get("Location", "")


def told(browser, response):
    return [str(message) for message in browser.get(response["Location"]).context["messages"]]


def test_an_unpublished_page_leads_to_its_list_and_answers_again_when_it_is_back(director, news):
    response = director.post(f"/admin/pages/{news.pk}/unpublish/")

    assert leads_to("/news/assembly/").endswith("/news/")
    assert any(
        "/news/assembly" in words and "‘소식’(으)로 이어집니다" in words
        for words in told(director, response)
    )
    publish(news)
    assert Client().get("/news/assembly/").status_code == 200


def test_so_does_a_deleted_one(director, news):
    response = director.post(f"/admin/pages/{news.pk}/delete/")

    assert leads_to("/news/assembly/").endswith("/news/")
    assert any("/news/assembly" in words for words in told(director, response))


def test_and_one_whose_time_is_over(news):
    Page.objects.filter(pk=news.pk).update(expire_at=timezone.now() - timedelta(minutes=1))

    publish_scheduled()

    assert leads_to("/news/assembly/").endswith("/news/")


def test_a_deleted_draft_has_no_address_to_keep(director, news):
    draft = NewsPageFactory(parent=news.get_parent(), live=False, slug="draft")

    response = director.post(f"/admin/pages/{draft.pk}/delete/")

    assert not Redirect.objects.exists()
    assert len(told(director, response)) == 1


def test_where_staff_led_an_address_elsewhere_it_stays_so(director, news):
    Redirect.objects.create(old_path="/news/assembly", redirect_link="https://example.org/")

    response = director.post(f"/admin/pages/{news.pk}/unpublish/")

    assert leads_to("/news/assembly/") == "https://example.org/"
    assert any("https://example.org/" in words for words in told(director, response))


def test_a_redirect_that_leads_nowhere_gives_way(home_page, news):
    gone = StandardPageFactory(parent=home_page, live=False)
    Redirect.objects.create(old_path="/news/assembly", redirect_page=gone)

    news.unpublish()

    assert leads_to("/news/assembly/").endswith("/news/")
    assert Redirect.objects.count() == 1


def test_a_page_outside_the_site_has_no_address_to_keep(admin_client):
    outside = StandardPageFactory(parent=Page.get_first_root_node(), slug="outside")

    response = admin_client.post(f"/admin/pages/{outside.pk}/delete/")

    assert len(told(admin_client, response)) == 1
    assert not Page.objects.filter(pk=outside.pk).exists()


def test_there_may_be_nothing_to_lead_to(home_page, news):
    news.get_parent().unpublish()

    assert lead_on(news) is None
    assert lead_on(home_page) is None
    assert lead_on(Page.get_first_root_node()) is None


def test_a_moved_page_leads_on(director, home_page, django_capture_on_commit_callbacks):
    page = publish(StandardPageFactory(parent=home_page, slug="old"))
    target = publish(StandardPageFactory(parent=home_page, slug="about"))

    with django_capture_on_commit_callbacks(execute=True):
        director.post(f"/admin/pages/{page.pk}/move/{target.pk}/confirm/")

    assert leads_to("/old/").endswith("/about/old/")


def test_the_list_of_others_is_not_deleted(admin_client, home_page, news):
    index = news.get_parent()
    for page in (index, home_page):
        response = admin_client.post(f"/admin/pages/{page.pk}/delete/")
        assert response["Location"] == f"/admin/pages/{page.pk}/"

    response = admin_client.post(
        f"/admin/bulk/wagtailcore/page/delete/?id={index.pk}&next=/admin/pages/", {}
    )
    assert response["Location"] == "/admin/pages/"
    assert Page.objects.filter(pk__in=[index.pk, home_page.pk, news.pk]).count() == 3


def test_an_empty_list_and_pages_of_other_kinds_are(admin_client, home_page):
    index = NewsIndexPageFactory(parent=home_page)
    plain = Page(title="뿌리 아래", slug="plain")
    Page.get_first_root_node().add_child(instance=plain)

    admin_client.post(f"/admin/pages/{index.pk}/delete/")
    admin_client.post(f"/admin/bulk/wagtailcore/page/delete/?id={plain.pk}&next=/admin/pages/", {})

    assert not Page.objects.filter(pk__in=[index.pk, plain.pk]).exists()


def test_before_deleting_one_reads_who_links(director, home_page, news):
    linking = StandardPageFactory(
        parent=home_page,
        title="연대회의 소개",
        body=[("text", f'<a linktype="page" id="{news.pk}">총회</a>')],
    )
    ReferenceIndex.create_or_update_for_object(linking)

    text = director.get(f"/admin/pages/{news.pk}/delete/").content.decode()

    assert f"/admin/pages/{linking.pk}/edit/" in text
    assert "연대회의 소개" in text
    assert f"/admin/pages/{news.pk}/unpublish/" in text


def test_who_may_not_delete_is_sent_away(client, news):
    client.force_login(UserFactory(role=EDITOR))

    client.post(f"/admin/pages/{news.pk}/delete/")

    assert Page.objects.filter(pk=news.pk).exists()


def test_two_at_the_same_text_see_each_other(director, news):
    other = StaffClient()
    other.force_login(UserFactory(role=EDITOR, last_name="김", first_name="연대"))
    edit = f"/admin/pages/{news.pk}/edit/"
    session = other.get(edit).context["editing_sessions"].current_session
    other.post(
        f"/admin/editing-sessions/ping/wagtailcore/page/{news.pk}/{session.pk}/",
        {"is_editing": "1"},
    )
    mine = director.get(edit).context["editing_sessions"].current_session

    answer = director.post(
        f"/admin/editing-sessions/ping/wagtailcore/page/{news.pk}/{mine.pk}/"
    ).json()

    assert [each["user"] for each in answer["other_sessions"]] == ["김연대"]
    assert "김연대" in answer["html"]
