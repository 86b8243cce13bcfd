import unicodedata
from datetime import timedelta

import pytest
from django.contrib.auth import get_user
from django.contrib.sessions.models import Session
from django.utils import timezone
from freezegun import freeze_time

from accounts.defaults import EDITOR, MODERATOR
from tests.factories.accounts import UserFactory
from tests.factories.petitions import SignatureFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

LIST = "/admin/signatures/"
URL = f"{LIST}search/"


@pytest.fixture
def moderator(client):
    """A browser in which a moderator is logged in."""
    client.force_login(UserFactory(role=MODERATOR))
    return client


def find(browser, query):
    return browser.post(URL, {"query": query}, follow=True)


def found(response):
    return {row.reference for row in response.context["object_list"]}


def test_a_stranger_is_asked_to_log_in(client):
    assert client.post(URL, {"query": "홍길동"})["Location"].startswith("/admin/login/")


def test_an_editor_without_the_right_finds_nothing(client):
    client.force_login(UserFactory(role=EDITOR))

    assert client.post(URL, {"query": "홍길동"})["Location"] == "/admin/"


def test_a_search_is_never_taken_from_an_address(moderator):
    assert moderator.get(URL, {"query": "홍길동"}).status_code == 405


@pytest.mark.parametrize(
    "typed",
    ["홍길동", " 홍 길동 ", unicodedata.normalize("NFD", "홍길동"), "홍\u200b길동"],
)
def test_a_full_name_is_found_however_it_is_typed(moderator, typed):
    wanted = SignatureFactory(name="홍길동")
    SignatureFactory(name="홍길순")

    assert found(find(moderator, typed)) == {wanted.reference}


def test_a_latin_name_is_found_whatever_its_case(moderator):
    wanted = SignatureFactory(name="Gretchen")

    assert found(find(moderator, "GRETCHEN")) == {wanted.reference}


@pytest.mark.parametrize("typed", ["gil.dong@gmail.com", "GILDONG+x@googlemail.com"])
def test_an_address_is_found_in_its_canonical_form(moderator, typed):
    wanted = SignatureFactory(email="gildong@gmail.com")
    SignatureFactory(email="gildong@naver.com")

    assert found(find(moderator, typed)) == {wanted.reference}


@pytest.mark.parametrize("typed", ["7K3D-92QF", "7k3d92qf", " 7K3D 92QF "])
def test_a_reference_is_found(moderator, typed):
    SignatureFactory(reference="7K3D-92QF")
    SignatureFactory(reference="7K3D-92QG")

    assert found(find(moderator, typed)) == {"7K3D-92QF"}


@pytest.mark.parametrize(
    "typed", ["홍길", "nobody@naver.com", "%", "' OR 1=1 --", "@", "ZZZZ-ZZZZ"]
)
def test_what_is_not_exact_finds_nobody(moderator, typed):
    SignatureFactory(name="홍길동")

    assert found(find(moderator, typed)) == set()


@pytest.mark.parametrize("typed", ["", "   ", "\u200b", "가" * 300])
def test_an_empty_or_endless_query_is_refused_with_a_word(moderator, typed):
    SignatureFactory()

    response = find(moderator, typed)

    assert response.redirect_chain == [(LIST, 302)]
    assert len(list(response.context["messages"])) == 1


@pytest.mark.parametrize("typed", ["홍길동", "gildong.hong@naver.com"])
def test_what_was_typed_is_neither_in_an_address_nor_stored(moderator, typed):
    SignatureFactory(name="홍길동", email="gildong.hong@naver.com")

    response = find(moderator, typed)

    address = response.redirect_chain[0][0]
    assert address.startswith(f"{LIST}?found=")
    assert len(address) == len(f"{LIST}?found=") + 12
    assert found(response) != set()
    assert typed not in response.content.decode()
    stored = [row.get_decoded() for row in Session.objects.all()]
    assert stored[0]["person_searches"]
    assert typed not in str(stored)
    assert "홍*동" in response.content.decode()


def test_a_key_is_worth_nothing_in_another_session(moderator, client):
    SignatureFactory(name="홍길동")
    address = find(moderator, "홍길동").redirect_chain[0][0]
    client.logout()
    client.force_login(UserFactory(role=MODERATOR))

    response = client.get(address)

    assert found(response) == set()


def test_a_search_is_over_after_half_an_hour(moderator):
    SignatureFactory(name="홍길동")
    address = find(moderator, "홍길동").redirect_chain[0][0]

    with freeze_time(timezone.now() + timedelta(minutes=31)):
        moderator.force_login(get_user(moderator))  # Who was away that long logged in again.
        response = moderator.get(address)

    assert found(response) == set()


def test_the_last_ten_searches_are_kept(moderator):
    SignatureFactory(name="홍길동")
    addresses = [find(moderator, "홍길동").redirect_chain[0][0] for _ in range(11)]

    assert found(moderator.get(addresses[0])) == set()
    assert len(found(moderator.get(addresses[1]))) == 1
    assert len(found(moderator.get(addresses[-1]))) == 1
