from datetime import date

import pytest
from django.urls import reverse
from django.utils.translation import override

from home.models import Sector
from home.network.models import Organisation
from tests.factories.accounts import UserFactory
from tests.factories.home import RegionFactory
from tests.factories.network import OrganisationFactory
from tests.queries import read

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture(params=["편집자", "사무국장(승인자)"])
def staff_client(client, request):
    client.force_login(UserFactory(role=request.param))
    return client


def listed(client, **query):
    response = client.get(reverse("organisations:index"), query)
    return [row.name for row in response.context["object_list"]]


def test_staff_find_the_coalition_in_their_menu(staff_client):
    dashboard = staff_client.get("/admin/").content.decode()

    for name in ("organisations", "bodies", "meetings", "regions"):
        assert reverse(f"{name}:index") in dashboard
        assert staff_client.get(reverse(f"{name}:index")).status_code == 200


def test_staff_add_an_organisation_and_see_it_in_the_list(staff_client):
    region, sector = RegionFactory(), Sector.objects.create(name="돌봄", slug="care")
    entered = {
        "name": "사단법인 한빛협동조합연합회",
        "kind": "network",
        "region": region.pk,
        "sector": sector.pk,
        "affiliates": "34",
        "is_member": "on",
    }

    staff_client.post(reverse("organisations:add"), entered)

    html = staff_client.get(reverse("organisations:index")).content.decode()
    for words in ("사단법인 한빛협동조합연합회", "돌봄", "서울", "34"):
        assert words in html
    assert Organisation.objects.get().sorting_name == "한빛협동조합연합회"


def test_list_is_in_korean_order_whatever_the_legal_form(admin_client):
    for name in ("한빛연합", "사단법인 가온연합", "나래연합"):
        OrganisationFactory(name=name)

    assert listed(admin_client) == ["사단법인 가온연합", "나래연합", "한빛연합"]


def test_list_is_searched_and_filtered(admin_client):
    seoul = RegionFactory()
    OrganisationFactory(name="가온", region=seoul, representative="김가온")
    OrganisationFactory(name="나래", partner=True, kind="network")
    OrganisationFactory(name="다움", gone=True)

    assert listed(admin_client, q="김가온") == ["가온"]
    assert listed(admin_client, region=seoul.pk) == ["가온"]
    assert listed(admin_client, kind="network") == ["나래"]
    assert listed(admin_client, state="member") == ["가온"]
    assert listed(admin_client, state="partner") == ["나래"]
    assert listed(admin_client, state="left") == ["다움"]


@pytest.mark.parametrize("rows", [1, 3])
def test_list_takes_the_same_queries_for_one_row_and_three(admin_client, rows):
    region, sector = RegionFactory(), Sector.objects.create(name="돌봄", slug="care")
    listed(admin_client)
    OrganisationFactory.create_batch(rows, region=region, sector=sector)

    html, queries = read(admin_client, reverse("organisations:index"))

    assert html.count("가온협동조합연합회") >= rows
    assert queries == 11


def test_an_organisation_cannot_leave_before_it_joined(admin_client):
    entered = {
        "name": "가온",
        "kind": "network",
        "joined_on": "2026-03-01",
        "left_on": "2026-02-01",
    }

    response = admin_client.post(reverse("organisations:add"), entered)

    assert len(response.context["form"].non_field_errors()) == 1
    assert not Organisation.objects.exists()


def test_an_organisation_twice_is_refused(admin_client):
    OrganisationFactory(name="가온")

    response = admin_client.post(reverse("organisations:add"), {"name": "가온", "kind": "network"})

    assert list(response.context["form"].errors) == ["name"]
    assert Organisation.objects.count() == 1


def test_an_organisation_of_a_campaign_stays_and_staff_hear_why(admin_client, campaign_page):
    used = OrganisationFactory(name="가온")
    campaign_page.organisations.add(used)
    campaign_page.save()
    address = reverse("organisations:delete", args=[used.pk])

    for send in (admin_client.get, admin_client.post):
        response = send(address, follow=True)

        [message] = response.context["messages"]
        assert "가온" in str(message)
        assert "캠페인 1" in str(message)
        assert response.redirect_chain == [(reverse("organisations:edit", args=[used.pk]), 302)]
    assert Organisation.objects.filter(pk=used.pk).exists()


def test_an_organisation_that_nothing_uses_can_be_deleted(admin_client):
    unused = OrganisationFactory()
    address = reverse("organisations:delete", args=[unused.pk])

    assert admin_client.get(address).status_code == 200
    admin_client.post(address)

    assert not Organisation.objects.exists()


def test_a_moderator_keeps_no_organisations(client):
    client.force_login(UserFactory(role="조정자"))

    assert client.get(reverse("organisations:index")).status_code == 302
    assert client.post(reverse("organisations:add"), {"name": "가온"}).status_code == 302
    assert not Organisation.objects.exists()


def test_membership_is_one_word():
    with override("en"):
        assert str(Organisation().membership) == "Member"
        assert str(Organisation(is_member=False).membership) == "Partner"
        assert str(Organisation(left_on=date(2026, 1, 1)).membership) == "Left"
