"""Who may see a page: everybody, or people who log in."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from accounts.defaults import EDITOR
from tests.browser import StaffClient
from tests.factories.accounts import UserFactory
from tests.factories.home import DocumentFactory, StandardPageFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def ways_on(client, address):
    form = client.get(address).context["form"]
    return {value for value, _label in form.fields["restriction_type"].choices}


def test_no_word_that_many_share_closes_a_page_or_a_folder(admin_client, home_page):
    folder = Collection.get_first_root_node().add_child(name="회의 자료")
    pages = ways_on(admin_client, reverse("wagtailadmin_pages:set_privacy", args=[home_page.pk]))
    folders = ways_on(
        admin_client, reverse("wagtailadmin_collections:set_privacy", args=[folder.pk])
    )

    assert pages == folders == {"none", "login", "groups"}


def test_a_page_for_people_who_log_in_leads_to_the_log_in(admin_client, home_page):
    page = StandardPageFactory(parent=home_page)
    address = reverse("wagtailadmin_pages:set_privacy", args=[page.pk])
    admin_client.post(address, {"restriction_type": "login"})

    answer = Client().get(page.url)

    assert answer.status_code == 302
    assert answer["Location"] == f"/admin/login/?next={page.url}"
    assert admin_client.get(page.url).status_code == 200


def test_who_is_logged_in_outside_the_group_is_told_so_and_not_sent_in_a_circle(home_page):
    page, document = StandardPageFactory(parent=home_page), DocumentFactory()
    group = Group.objects.create(name="운영위원")
    for restriction in (
        PageViewRestriction.objects.create(page=page, restriction_type="groups"),
        CollectionViewRestriction.objects.create(
            collection=document.collection, restriction_type="groups"
        ),
    ):
        restriction.groups.add(group)
    insider, outsider = UserFactory(role=EDITOR), UserFactory(role=EDITOR)
    insider.groups.add(group)

    for user, status in ((insider, 200), (outsider, 403)):
        browser = StaffClient()
        browser.force_login(user)
        assert browser.get(page.url).status_code == status
        # The file itself is not there: whoever may look for it finds nothing.
        assert browser.get(document.url).status_code == (403 if status == 403 else 404)
    assert Client().get(page.url)["Location"] == f"/admin/login/?next={page.url}"
