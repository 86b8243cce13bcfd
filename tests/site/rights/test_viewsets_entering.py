"""Requests by telephone, by post and in person: on the same list, against the same clock."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.defaults import AUDITOR, DIRECTOR
from evidence.models import Event
from messaging.models import OutboxMessage
from rights import emails
from rights.models import Request
from rights.models.requests import first_due_on
from tests.factories.accounts import UserFactory
from tests.factories.rights import RequestFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

LIST = "/admin/data-requests/"
NEW = f"{LIST}new/"
FILLED = {
    "public_id": "6f1c2d1e-0d6c-4c8e-9a44-5a2a3c8f0001",
    "channel": "post",
    "kind": "erasure",
    "words": "제 이름을 지워 주세요.",
    "name": "홍길동",
    "identity": "document",
    "reply_by": "post",
    "contact": "서울시 가온구 두루로 12, 301호",
}


@pytest.fixture
def director(client):
    user = UserFactory(role=DIRECTOR)
    client.force_login(user)
    return user


def filled(**changes):
    return {"received_on": f"{timezone.localdate()}", **FILLED, **changes}


@pytest.mark.sqlite_smoke
def test_a_letter_is_taken_down_and_answered_by_post(client, director):
    day = timezone.localdate() - timedelta(days=4)

    answer = client.post(NEW, filled(received_on=f"{day}"))

    asked = Request.objects.get()
    assert answer.url == f"{LIST}{asked.pk}/"
    assert asked.due_on == first_due_on(asked.received_at)
    assert timezone.localdate(asked.received_at) == day
    assert (asked.channel, asked.identity, asked.name) == ("post", "document", "홍길동")
    assert not asked.has_mailbox
    page = client.get(answer.url).content.decode()
    assert FILLED["contact"] in page
    assert asked.reference in client.get(LIST).content.decode()
    (event,) = Event.objects.filter(subject_id=str(asked.public_id))
    assert event.actor == str(director.pk)


def test_who_gives_an_address_is_told_by_mail(client, director):
    client.post(NEW, filled(channel="phone", reply_by="email", contact="asker@mail.example"))
    asked = Request.objects.get()
    client.post(f"{LIST}{asked.pk}/finish/", {"words": "지웠습니다."})

    asked.refresh_from_db()
    assert (asked.answered_by, asked.answered_on) == ("email", timezone.localdate())
    sent = OutboxMessage.objects.filter(subject=str(asked.public_id)).order_by("created_at")
    purposes = list(sent.values_list("purpose", flat=True))
    assert purposes == [emails.REQUEST_RECEIVED, emails.REQUEST_ANSWERED]
    assert emails.acknowledge_request(str(asked.public_id)).to == "asker@mail.example"


def test_sent_twice_it_is_the_same_request(client, director):
    answers = [client.post(NEW, filled()) for _time in range(2)]

    assert answers[0].url == answers[1].url
    assert Request.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("channel", {"channel": ""}),
        ("channel", {"channel": "link"}),
        ("received_on", {"received_on": ""}),
        ("received_on", {"received_on": "2999-01-01"}),
        ("received_on", {"received_on": "어제"}),
        ("kind", {"kind": ""}),
        ("name", {"name": ""}),
        ("identity", {"identity": "mailbox"}),
        ("words", {"words": "900101-1234568 홍길동입니다"}),
        ("words", {"words": "가온은행 계좌 123-456-789012 로 환불"}),
        ("reply_by", {"reply_by": ""}),
        ("contact", {"contact": ""}),
        ("contact", {"reply_by": "email", "contact": "메일 없음"}),
        ("contact", {"reply_by": "phone", "contact": "12345"}),
        ("contact", {"contact": "12345"}),
        ("contact", {"contact": "asker@mail.example 로 보내 주세요"}),
        ("contact", {"contact": "서울시 가온구 900101-1234568"}),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_lost(
    client, director, field, changes
):
    sent = filled(**changes)

    answer = client.post(NEW, sent)

    assert answer.status_code == 422
    form = answer.context["form"]
    assert list(form.errors) == [field]
    assert {name: form[name].value() for name in sent} == sent
    assert not Request.objects.exists()


def test_a_phone_number_is_kept_in_one_form(client, director):
    client.post(NEW, filled(reply_by="phone", contact="010 1234 5678"))

    assert Request.objects.get().contact == "+821012345678"


def test_the_empty_form_has_a_key_of_its_own_and_today(client, director):
    forms = [client.get(NEW).context["form"] for _time in range(2)]

    assert forms[0]["public_id"].value() != forms[1]["public_id"].value()
    assert forms[0]["received_on"].value() == timezone.localdate()


def test_who_it_is_can_be_found_out_later(client, director):
    asked = RequestFactory()
    page = f"{LIST}{asked.pk}/"

    client.post(f"{page}identify/", {"identity": ""})
    assert not Request.objects.get().is_proven
    for _time in range(2):
        assert client.post(f"{page}identify/", {"identity": "callback"}).url == page

    asked.refresh_from_db()
    assert asked.identity == "callback"
    chain = Event.objects.filter(subject_id=str(asked.public_id))
    assert list(chain.values_list("kind", flat=True)) == ["identified"]
    assert 'name="identity"' not in client.get(page).content.decode()


def test_only_who_answers_enters(client):
    client.force_login(UserFactory(role=AUDITOR))

    assert client.get(NEW).status_code == 302
    assert client.post(NEW, filled()).status_code == 302
    assert not Request.objects.exists()


def test_the_list_offers_it_to_who_may(client, director):
    assert NEW in client.get(LIST).content.decode()


def test_who_has_no_mailbox_is_not_said_to_get_a_mail(client, director):
    helps = []
    for contact in ("asker@mail.example", "+821012345678"):
        page = client.get(f"{LIST}{RequestFactory(contact=contact, contact_index=b'0' * 32).pk}/")
        helps.append(page.context["answer_form"].fields["words"].help_text)

    assert helps[0] != helps[1]
