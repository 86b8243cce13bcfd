import pytest
from django.urls import NoReverseMatch, reverse

from home.network.models import Region
from tests.queries import read

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def listed(client, **query):
    response = client.get(reverse("regions:index"), query)
    return [region.code for region in response.context["object_list"]]


def test_list_is_found_in_the_settings(admin_client):
    assert reverse("regions:index") in admin_client.get("/admin/").content.decode()


def test_list_shows_the_region_and_what_it_became(admin_client):
    response = admin_client.get(reverse("regions:index"), {"q": "강원도"})

    [gangwon] = response.context["object_list"]
    page = response.content.decode()
    assert gangwon.code == "42"
    assert reverse("regions:inspect", args=[gangwon.pk]) in page
    assert "강원특별자치도" in page


def test_list_is_searched_by_name_and_code(admin_client):
    assert listed(admin_client, q="군위") == ["27720", "47720"]
    assert listed(admin_client, q="4772") == ["47720"]


def test_list_is_filtered(admin_client, clock):
    daegu = Region.objects.get(code="27")

    assert len(listed(admin_client, kind="province", day="2017-12-31")) == 17
    assert len(listed(admin_client, kind="province", state="current")) == 16
    assert listed(admin_client, kind="province", state="ended") == ["29", "42", "45", "46"]
    assert listed(admin_client, province=daegu.pk, day="2023-06-30")[-1] == "27710"
    assert listed(admin_client, province=daegu.pk, day="2023-07-01")[-1] == "27720"
    gyeonggi = Region.objects.get(code="41")
    assert len(listed(admin_client, province=gyeonggi.pk, kind="ward")) == 24


@pytest.mark.parametrize(("query", "rows"), [("27720", 1), ("남구", 9)])
def test_list_takes_the_same_queries_for_one_row_and_many(admin_client, query, rows):
    listed(admin_client)

    _html, queries = read(admin_client, reverse("regions:index"), {"q": query})

    assert len(listed(admin_client, q=query)) == rows
    assert queries == 11


def test_region_is_shown_with_its_lineage(admin_client):
    jemulpo = Region.objects.get(code="28125")

    response = admin_client.get(reverse("regions:inspect", args=[jemulpo.pk]))

    shown = {field["label"]: str(field["value"]) for field in response.context["fields"]}
    assert list(shown.values()) == [
        *("28125", Region.Kind.DISTRICT.label, "제물포구", "제물포구", "인천광역시"),
        *("2026년 7월 1일", "-", "-", "중구, 동구", jemulpo.source),
    ]


@pytest.mark.parametrize("name", ["add", "edit", "delete", "copy", "history"])
def test_nobody_writes_regions_here(name):
    with pytest.raises(NoReverseMatch):
        reverse(f"regions:{name}")
    with pytest.raises(NoReverseMatch):
        reverse(f"regions:{name}", args=[1])


def test_visitor_is_sent_to_the_login(client):
    response = client.get(reverse("regions:index"))

    assert response.status_code == 302
    assert response.url.startswith("/admin/login/")
