import pytest
from django.contrib.auth.models import Permission

from accounts.defaults import CAMPAIGNER, EDITOR
from messaging.models import OutboxMessage, Suppression
from privacy.addresses import canonical_email
from privacy.blind_index import blind_index
from tests.factories.accounts import UserFactory
from tests.factories.messaging import OutboxMessageFactory, SuppressionFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

MAIL = "/admin/outgoing-mail/"
STOPPED = "/admin/stopped-addresses/"


@pytest.fixture
def campaigner(client):
    """A browser in which a campaigner is logged in."""
    client.force_login(UserFactory(role=CAMPAIGNER))
    return client


def told(response):
    return [str(message) for message in response.context["messages"]]


@pytest.mark.parametrize("address", [MAIL, STOPPED])
def test_a_stranger_is_asked_to_log_in(client, address):
    assert client.get(address)["Location"] == f"/admin/login/?next={address}"


@pytest.mark.parametrize("address", [MAIL, STOPPED, f"{MAIL}results/"])
def test_an_editor_without_the_right_is_sent_back(client, address):
    client.force_login(UserFactory(role=EDITOR))

    assert client.get(address)["Location"] == "/admin/"


def test_the_list_shows_the_newest_first_and_no_key(campaigner):
    old = OutboxMessageFactory(sent=True, subject="17:deadbeef")
    new = OutboxMessageFactory(failed=True, last_error="SMTPDataError")

    response = campaigner.get(MAIL)
    text = response.content.decode()

    assert list(response.context["object_list"]) == [new, old]
    assert "SMTPDataError" in text
    assert "deadbeef" not in text


def test_failed_mails_can_be_listed_alone(campaigner):
    OutboxMessageFactory(sent=True)
    failed = OutboxMessageFactory(failed=True)

    response = campaigner.get(MAIL, {"state": "failed"})

    assert list(response.context["object_list"]) == [failed]


def test_a_failed_mail_is_sent_again(campaigner):
    failed, other = OutboxMessageFactory(failed=True), OutboxMessageFactory(failed=True)
    address = f"{MAIL}{failed.pk}/send-again/"
    assert address in campaigner.get(MAIL).content.decode()

    response = campaigner.post(address, follow=True)

    failed.refresh_from_db()
    other.refresh_from_db()
    assert (failed.state, failed.attempts) == ("pending", 0)
    assert other.state == "failed"
    assert "1" in told(response)[0]


def test_all_failed_mails_are_sent_again_at_once(campaigner):
    for _ in range(3):
        OutboxMessageFactory(failed=True)
    sent = OutboxMessageFactory(sent=True)

    response = campaigner.post(f"{MAIL}send-again/", follow=True)

    assert OutboxMessage.objects.filter(state="pending").count() == 3
    sent.refresh_from_db()
    assert sent.state == "sent"
    assert "3" in told(response)[0]


def test_what_did_not_fail_is_not_sent_again(campaigner):
    sent = OutboxMessageFactory(sent=True)
    address = f"{MAIL}{sent.pk}/send-again/"
    assert address not in campaigner.get(MAIL).content.decode()

    response = campaigner.post(address, follow=True)

    sent.refresh_from_db()
    assert sent.state == "sent"
    assert len(told(response)) == 1


def test_reading_sends_nothing(campaigner):
    failed = OutboxMessageFactory(failed=True)

    assert campaigner.get(f"{MAIL}{failed.pk}/send-again/").status_code == 405
    failed.refresh_from_db()
    assert failed.state == "failed"


def test_who_may_only_look_sends_nothing(client):
    user = UserFactory(role=EDITOR)
    user.user_permissions.add(Permission.objects.get(codename="view_outboxmessage"))
    client.force_login(user)
    failed = OutboxMessageFactory(failed=True)

    page = client.get(MAIL).content.decode()
    response = client.post(f"{MAIL}{failed.pk}/send-again/")

    assert "send-again" not in page
    assert response["Location"] == "/admin/"
    failed.refresh_from_db()
    assert failed.state == "failed"


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_as_often_for_three_rows_as_for_one(
    campaigner, django_assert_num_queries, rows
):
    for _ in range(rows):
        OutboxMessageFactory(failed=True)
    campaigner.get(MAIL)

    with django_assert_num_queries(13):
        campaigner.get(MAIL)


@pytest.mark.parametrize("rows", [1, 3])
def test_stopped_addresses_ask_as_often_for_three_rows_as_for_one(
    campaigner, django_assert_num_queries, rows
):
    for _ in range(rows):
        SuppressionFactory()
    campaigner.get(STOPPED)

    with django_assert_num_queries(12):
        campaigner.get(STOPPED)


def test_stopped_addresses_are_counted_and_not_named(campaigner):
    row = SuppressionFactory(bounced=True)

    response = campaigner.get(STOPPED)

    assert list(response.context["object_list"]) == [row]
    assert row.get_reason_display() in response.content.decode()
    assert row.email_index.hex() not in response.content.decode()


@pytest.mark.parametrize("typed", ["gil.dong@gmail.com", " GILDONG@googlemail.com "])
def test_whether_an_address_is_stopped_is_told_without_naming_it(campaigner, typed):
    index = blind_index("email", canonical_email("gildong@gmail.com"))
    SuppressionFactory(
        email_index=index, scope=Suppression.Scope.ALL, reason=Suppression.Reason.BOUNCED
    )

    response = campaigner.post(f"{STOPPED}check/", {"email": typed}, follow=True)

    assert response.redirect_chain == [(STOPPED, 302)]
    assert str(Suppression.Reason.BOUNCED.label) in told(response)[0]
    assert typed.strip() not in response.content.decode()


def test_an_address_that_is_not_stopped_gets_mail(campaigner):
    SuppressionFactory()

    response = campaigner.post(f"{STOPPED}check/", {"email": "hong@naver.com"}, follow=True)

    assert str(Suppression.Reason.UNSUBSCRIBED.label) not in told(response)[0]


@pytest.mark.parametrize("typed", ["", "홍길동", "a@"])
def test_what_is_no_address_is_refused_with_a_word(campaigner, typed):
    response = campaigner.post(f"{STOPPED}check/", {"email": typed}, follow=True)

    assert len(told(response)) == 1


def test_an_editor_asks_after_no_address(client):
    client.force_login(UserFactory(role=EDITOR))

    assert client.post(f"{STOPPED}check/", {"email": "a@b.kr"})["Location"] == "/admin/"


@pytest.mark.parametrize("address", [MAIL, STOPPED])
@pytest.mark.parametrize("rest", ["new/", "edit/1/", "delete/1/"])
def test_nobody_writes_these_rows_by_hand(admin_client, address, rest):
    assert admin_client.get(address + rest).status_code == 404
