from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.defaults import DIRECTOR, EDITOR
from messaging.models import OutboxMessage
from privacy.models import AccessAction, AccessEntry
from rights import emails, services
from rights.dates import end_of_term
from rights.models import Request
from rights.panels import contact_of, due_of, todo_items
from tests.factories.accounts import UserFactory
from tests.factories.rights import RequestFactory

pytestmark = pytest.mark.integration

LIST = "/admin/data-requests/"


@pytest.fixture
def asked(db):
    return services.lodge_request(
        services.Wish(
            kind="access", contact="asker@mail.example", words="보여 주세요.", name="홍길동"
        )
    )


@pytest.fixture
def page(asked):
    return f"{LIST}{asked.pk}/"


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_names_nobody_and_costs_the_same(
    admin_client, number, django_assert_max_num_queries
):
    rows = [RequestFactory() for _row in range(number)]
    admin_client.get(LIST)

    with django_assert_max_num_queries(14):
        text = admin_client.get(LIST).content.decode()

    assert all(row.reference in text for row in rows)
    assert rows[0].name not in text
    assert rows[0].contact not in text
    assert not AccessEntry.objects.exists()


def test_the_most_urgent_stands_on_top_and_is_marked(admin_client):
    today = timezone.localdate()
    later, urgent = RequestFactory(), RequestFactory(due_on=today - timedelta(days=1), proven=True)
    RequestFactory(done=True)

    text = admin_client.get(LIST).content.decode()

    assert text.index(urgent.reference) < text.index(later.reference)
    assert due_of(urgent) in text
    assert due_of(later) in text


@pytest.mark.sqlite_smoke
def test_looking_at_a_request_is_on_record(admin_client, page, asked, administrator):
    text = admin_client.get(page).content.decode()

    assert "asker@mail.example" in text
    entry = AccessEntry.objects.get()
    assert (entry.user, entry.data_set) == (administrator, "rights.requests")
    assert [row.subject for row in entry.subjects.all()] == [str(asked.public_id)]


def test_what_is_not_there_is_no_page(admin_client, page):
    assert admin_client.get(f"{LIST}99999/").status_code == 404
    assert admin_client.post(f"{page}nonsense/").status_code == 404
    assert admin_client.get(f"{page}start/").status_code == 405


@pytest.mark.sqlite_smoke
def test_a_request_is_taken_extended_and_answered(admin_client, page, asked):
    for step, words in (("start", ""), ("extend", "자료가 많습니다."), ("finish", "보냈습니다.")):
        answer = admin_client.post(f"{page}{step}/", {"words": words})
        assert answer.url == page

    asked.refresh_from_db()
    assert (asked.status, asked.answer) == ("done", "보냈습니다.")
    text = admin_client.get(page).content.decode()
    assert "보냈습니다." in text
    assert 'name="words"' not in text
    sent = OutboxMessage.objects.filter(subject=str(asked.public_id))
    assert sent.filter(purpose=emails.REQUEST_ANSWERED).count() == 1


def test_a_refusal_needs_its_reason_and_keeps_what_was_typed(admin_client, page, asked):
    for words in ("", "   ", "\u200b", "850101-1234567 님께"):
        answer = admin_client.post(f"{page}refuse/", {"words": words})
        assert answer.status_code == 200
        assert answer.context["answer_form"]["words"].value() == words
    asked.refresh_from_db()
    assert asked.is_open

    admin_client.post(f"{page}refuse/", {"words": "본인인지 알 수 없습니다."})

    asked.refresh_from_db()
    assert asked.status == Request.Status.REFUSED


def test_each_step_counts_once(admin_client, page, asked):
    for _time in range(2):
        admin_client.post(f"{page}extend/", {"words": "자료가 많습니다."})
    due_on = end_of_term(asked.due_on, 10)
    for _time in range(2):
        answer = admin_client.post(f"{page}finish/", {"words": "보냈습니다."}, follow=True)

    asked.refresh_from_db()
    assert (asked.due_on, asked.status) == (due_on, "done")
    assert [message.level_tag for message in answer.context["messages"]] == ["error"]
    purposes = OutboxMessage.objects.filter(subject=str(asked.public_id))
    assert purposes.count() == 3


def test_who_has_no_mailbox_must_be_called(admin_client):
    asked = RequestFactory(contact="+821012345678", contact_index=b"0" * 32)
    url = f"{LIST}{asked.pk}/"
    assert "010-1234-5678" in admin_client.get(url).content.decode()

    started = admin_client.post(f"{url}start/", follow=True)
    words = {"words": "전화로 말씀드렸습니다."}
    for missing in ({}, {"told_by": "phone"}, {"told_by": "phone", "told_on": "2020-01-01"}):
        refused = admin_client.post(f"{url}finish/", {**words, **missing})
        assert refused.context["answer_form"]["words"].value() == words["words"]
        assert Request.objects.get().is_open
    notice = {"told_by": "phone", "told_on": f"{timezone.localdate()}"}
    extended = admin_client.post(f"{url}extend/", {**words, **notice})
    done = admin_client.post(f"{url}finish/", {**words, **notice}, follow=True)

    assert started.status_code == 200
    assert extended.status_code == 302
    asked.refresh_from_db()
    assert (asked.answered_by, asked.answered_on) == ("phone", timezone.localdate())
    assert (asked.extension_told_by, asked.status) == ("phone", "done")
    assert asked.get_answered_by_display() in done.content.decode()


@pytest.mark.parametrize(
    ("contact", "shown"),
    [
        ("+821012345678", "010-1234-5678"),
        ("+8221234567", "02-123-4567"),
        ("+82312345678", "031-234-5678"),
        ("15880000", "15880000"),
        ("asker@mail.example", "asker@mail.example"),
    ],
)
def test_numbers_as_koreans_write_them(contact, shown):
    assert contact_of(Request(contact=contact)) == shown


def test_only_who_answers_sees_them(client, page):
    for role, status in ((EDITOR, 302), (DIRECTOR, 200)):
        user = UserFactory(role=role)
        client.force_login(user)
        assert client.get(LIST).status_code == status
        assert client.get(page).status_code == status
        assert client.post(f"{page}start/").status_code == 302
    assert AccessEntry.objects.count() == 1


def test_the_first_screen_counts_what_waits(asked):
    director, editor = UserFactory(role=DIRECTOR), UserFactory(role=EDITOR)

    (item,) = todo_items(director)

    assert (item.number, item.due_at, item.note) == (1, asked.due_at, f"D-{asked.days_left}")
    assert item.url == reverse("data-requests:index")
    assert todo_items(editor) == []
    Request.objects.update(due_on=timezone.localdate() - timedelta(days=1))
    assert "1" in todo_items(director)[0].note
    Request.objects.update(due_on=timezone.localdate())
    assert todo_items(director)[0].note.startswith("D-")
    services.finish_request(asked.pk, actor="7", answer="보냈습니다.")
    assert todo_items(director) == []


def test_an_answer_is_printed_as_a_letter_and_that_is_on_record(admin_client):
    row = RequestFactory(done=True)
    page = admin_client.get(f"{LIST}{row.pk}/").content.decode()
    letter = admin_client.get(f"{LIST}{row.pk}/letter/")

    assert f"{LIST}{row.pk}/letter/" in page
    assert letter["Content-Type"] == "application/pdf"
    assert "no-store" in letter["Cache-Control"]
    assert b"".join(letter.streaming_content).startswith(b"%PDF")
    assert AccessEntry.objects.order_by("pk").last().action == AccessAction.PRINT


def test_without_an_answer_there_is_nothing_to_print(admin_client, page):
    assert f"{page}letter/" not in admin_client.get(page).content.decode()
    assert admin_client.get(f"{page}letter/").url == page
    assert AccessAction.PRINT not in AccessEntry.objects.values_list("action", flat=True)


def test_who_may_not_read_requests_prints_none(client, db):
    client.force_login(UserFactory(role=EDITOR))
    row = RequestFactory(done=True)

    assert client.get(f"{LIST}{row.pk}/letter/").status_code == 302
