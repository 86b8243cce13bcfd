"""Data kept by law in the admin: a right of its own, a reason, a line in the access log."""

import pytest
from django.utils import timezone

from accounts.defaults import DIRECTOR, OFFICER
from privacy.models import AccessEntry
from rights.models import RetainedRecord
from rights.services import set_apart
from tests.factories.accounts import UserFactory
from tests.factories.kept_by_law import NAME

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

LIST = "/admin/kept-by-law/"
EMAIL = "bada@mail.example"


@pytest.fixture
def keep(payments):
    def keep(key):
        set_apart(NAME, [payments._apart(payments.pay(key, EMAIL))])
        return RetainedRecord.objects.get(key=key)

    return keep


@pytest.fixture
def officer(client):
    user = UserFactory(role=OFFICER)
    client.force_login(user)
    return user


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_names_nobody_and_costs_the_same(
    client, officer, keep, number, django_assert_max_num_queries
):
    rows = [keep(str(key)) for key in range(number)]
    client.get(LIST)

    with django_assert_max_num_queries(14):
        page = client.get(LIST).content.decode()

    assert all(row.reference in page for row in rows)
    assert "남궁바다" not in page
    assert not AccessEntry.objects.exists()


def test_it_is_found_by_its_number_and_data_set(client, officer, keep):
    keep("11"), keep("22")

    found = client.get(f"{LIST}?q=P-22&data_set={NAME}").content.decode()

    assert "P-22" in found
    assert "P-11" not in found


def test_a_look_needs_a_reason_that_is_on_record(client, officer, keep):
    row = keep("7")
    page = f"{LIST}{row.pk}/"

    for answer in (client.get(page), client.post(page), client.post(page, {"reason": " "})):
        assert answer.status_code == 200
        assert "남궁바다" not in answer.content.decode()
        assert EMAIL not in answer.content.decode()
    assert not AccessEntry.objects.exists()

    shown = client.post(page, {"reason": "세무 조사 제출"}).content.decode()

    assert "남궁바다" in shown
    assert EMAIL in shown
    entry = AccessEntry.objects.get()
    assert (entry.user, entry.data_set, entry.action) == (officer, NAME, "full")
    assert (entry.reason, entry.subjects.get().subject) == ("세무 조사 제출", "7")


def test_a_reason_with_a_resident_number_is_refused(client, officer, keep):
    answer = client.post(f"{LIST}{keep('7').pk}/", {"reason": "900101-1234568 확인"})

    assert "남궁바다" not in answer.content.decode()


def test_what_is_gone_is_no_page(client, officer, keep):
    row = keep("7")
    row.delete()

    assert client.get(f"{LIST}{timezone.now().year}/").status_code == 404


def test_other_roles_see_nothing_of_it(client, keep):
    client.force_login(UserFactory(role=DIRECTOR))
    row = keep("7")

    for answer in (
        client.get(LIST),
        client.get(f"{LIST}{row.pk}/"),
        client.post(f"{LIST}{row.pk}/", {"reason": "궁금해서 봅니다"}),
    ):
        assert answer.status_code in (302, 403)
        assert "남궁바다" not in answer.content.decode()
    assert not AccessEntry.objects.exists()
