from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Page

from home.publishing import forget_everything
from home.registry import upcoming_events
from tests.factories.forums import ForumPageFactory
from tests.factories.tree import publish

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def make(campaign_page, days, **told):
    day = timezone.localdate() + timedelta(days=days)
    return publish(ForumPageFactory(parent=campaign_page, day=day, **told))


def test_what_comes_next_stands_first(campaign_page):
    later, sooner = make(campaign_page, 20), make(campaign_page, 5)
    past = make(campaign_page, -5)

    events = upcoming_events([later, past, campaign_page, sooner])

    assert [event.url for event in events] == [sooner.url, later.url]


def test_the_front_page_announces_it(client, home_page, campaign_page):
    forum = make(campaign_page, 5, change="postponed")
    forget_everything()

    html = client.get("/").content.decode()

    assert 'id="events-title"' in html
    assert forum.url in html
    assert "서울 한마당회관" in html


def test_without_events_there_is_no_heading(client, home_page):
    assert 'id="events-title"' not in client.get("/").content.decode()


def test_the_hub_leads_to_the_form_of_its_forum(client, home_page, campaign_page):
    forum = make(campaign_page, 5)
    home_page.lead_page = Page.objects.get(pk=campaign_page.pk)
    publish(home_page)
    forget_everything()

    for url in (campaign_page.url, "/"):
        assert f'href="{forum.url}#apply"' in client.get(url).content.decode(), url
