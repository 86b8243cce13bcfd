import uuid
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from accounts.defaults import EDITOR, MODERATOR
from tests.factories.accounts import UserFactory
from tests.factories.petitions import PetitionPageFactory, SignatureFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

URL = "/admin/signatures/"


@pytest.fixture
def moderator(client):
    """A browser in which a moderator is logged in."""
    user = UserFactory(role=MODERATOR)
    client.force_login(user)
    client.user = user
    return client


def listed(response):
    return [row.reference for row in response.context["object_list"]]


def test_a_stranger_is_asked_to_log_in(client):
    response = client.get(URL)

    assert response.status_code == 302
    assert response["Location"] == f"/admin/login/?next={URL}"


@pytest.mark.parametrize("address", [URL, f"{URL}results/"])
def test_an_editor_without_the_right_is_sent_back(client, address):
    client.force_login(UserFactory(role=EDITOR))

    response = client.get(address)

    assert response.status_code == 302
    assert response["Location"] == reverse("wagtailadmin_home")


def test_a_row_shows_the_person_masked_only(moderator, region):
    row = SignatureFactory(
        name="홍길동", email="gildong.hong@naver.com", comment="말길", comment_status="waiting"
    )

    response = moderator.get(URL)
    text = response.content.decode()

    assert listed(response) == [row.reference]
    assert "홍*동" in text
    assert "gil****@naver.com" in text
    for secret in ("홍길동", "gildong.hong", "말길", row.email_index.hex(), row.name_index.hex()):
        assert secret not in text
    assert "no-store" in response["Cache-Control"]


def test_a_withdrawn_signature_shows_nobody(moderator):
    SignatureFactory(withdrawn=True)

    response = moderator.get(URL)

    assert "—" in response.content.decode()


def test_newest_first_whether_filtered_or_not(moderator):
    petition = PetitionPageFactory()
    rows = [SignatureFactory(petition=petition) for _ in range(3)]
    expected = [row.reference for row in reversed(rows)]

    assert listed(moderator.get(URL)) == expected
    assert listed(moderator.get(URL, {"petition": petition.pk})) == expected


def test_each_filter_narrows_the_list(moderator):
    old, seoul = PetitionPageFactory(), SignatureFactory(confirmed=True)
    commented = SignatureFactory(petition=old, comment="말", comment_status="waiting")
    early = SignatureFactory(petition=old, created_at=datetime(2026, 1, 2, 23, 0, tzinfo=UTC))

    assert listed(moderator.get(URL, {"petition": seoul.petition_id})) == [seoul.reference]
    assert listed(moderator.get(URL, {"status": "confirmed"})) == [seoul.reference]
    assert listed(moderator.get(URL, {"comment_status": "waiting"})) == [commented.reference]
    # 23:00 UTC on the second is the morning of the third in Seoul.
    days = {"created_at_from": "2026-01-03", "created_at_to": "2026-01-03"}
    assert listed(moderator.get(URL, days)) == [early.reference]
    assert listed(moderator.get(URL, {"region": seoul.region_id, "status": "withdrawn"})) == []


@pytest.mark.parametrize(
    "query",
    [
        {"petition": "x"},
        {"status": "x"},
        {"created_at_from": "x"},
        {"p": "x"},
        {"ordering": "name"},
        {"region": "9" * 30},
    ],
)
def test_a_malformed_address_is_no_error(moderator, query):
    SignatureFactory()

    assert moderator.get(URL, query).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_as_often_for_three_rows_as_for_one(
    moderator, django_assert_num_queries, rows
):
    for _ in range(rows):
        SignatureFactory()
    moderator.get(URL)

    with django_assert_num_queries(21):
        moderator.get(URL)


def test_without_the_right_to_change_there_is_nothing_to_tick(client):
    user = UserFactory(role=MODERATOR)
    user.groups.get().permissions.filter(codename="change_signature").delete()
    client.force_login(user)
    SignatureFactory()

    text = client.get(URL).content.decode()

    assert "data-bulk-action" not in text


@pytest.mark.parametrize("address", ["new/", "edit/1/", "delete/1/", "add/", "history/1/"])
def test_nobody_adds_edits_or_deletes_a_signature_by_hand(admin_client, address):
    assert admin_client.get(f"{URL}{address}").status_code == 404


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_list_exports_nothing(admin_client, form):
    SignatureFactory(name="홍길동")

    response = admin_client.get(URL, {"export": form})

    assert "text/html" in response["Content-Type"]
    assert "홍길동" not in response.content.decode()


def test_the_menu_shows_signatures_to_whom_they_concern(client):
    client.force_login(UserFactory(role=MODERATOR))
    assert URL in client.get("/admin/").content.decode()

    client.force_login(UserFactory(role=EDITOR))
    assert URL not in client.get("/admin/").content.decode()


def test_an_unknown_signature_is_not_found(moderator):
    SignatureFactory(public_id=uuid.uuid4())

    assert moderator.get(f"{URL}999999/").status_code == 404
