from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from evidence.models import Event, EventValues
from evidence.services import verify_chain
from messaging.models import OutboxMessage
from rights import emails, services
from rights.dates import end_of_term
from rights.exceptions import (
    AlreadyExtendedError,
    NoticeMissingError,
    RequestClosedError,
    WordsMissingError,
)
from rights.models import Request
from rights.models.requests import first_due_on
from rights.services import Notice, Wish
from rights.services.requests import RECEIPTS_PER_DAY
from tests.factories.rights import RequestFactory

pytestmark = pytest.mark.unit

WISH = Wish(kind="access", contact="asker@mail.example", words="보여 주세요.", name="홍길동")


def kinds(request):
    chain = Event.objects.filter(subject_type="rights_request", subject_id=str(request.public_id))
    return list(chain.order_by("sequence").values_list("kind", flat=True))


def mails(request):
    rows = OutboxMessage.objects.filter(subject=str(request.public_id)).order_by("created_at")
    return list(rows.values_list("purpose", flat=True))


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (datetime(2026, 11, 30, 14, 59, tzinfo=UTC), date(2026, 12, 10)),  # 23:59 in Seoul
        (datetime(2026, 11, 30, 15, 0, tzinfo=UTC), date(2026, 12, 11)),  # the next day there
        (datetime(2026, 11, 26, 3, 0, tzinfo=UTC), date(2026, 12, 7)),  # not on a Sunday
        (datetime(2028, 2, 20, 3, 0, tzinfo=UTC), date(2028, 3, 2)),  # not on 삼일절
    ],
)
def test_an_answer_is_due_ten_days_after_the_day_of_receipt(received, due):
    """korea.md 3.10, test 12; Civil Act 157 and 161."""
    assert first_due_on(received) == due


@pytest.mark.sqlite_smoke
def test_a_request_starts_its_clock_and_is_acknowledged(db):
    request = services.lodge_request(WISH)

    assert request.due_on == first_due_on(timezone.now())
    assert (request.status, request.is_proven, request.name) == ("received", False, "홍길동")
    assert kinds(request) == ["received"]
    assert mails(request) == [emails.REQUEST_RECEIVED]


def test_the_form_is_no_mail_bomb(db):
    lodged = [services.lodge_request(WISH) for _time in range(RECEIPTS_PER_DAY + 1)]

    assert [len(mails(request)) for request in lodged] == [1] * RECEIPTS_PER_DAY + [0]


def test_a_phone_number_is_known_by_an_index_of_its_own(db):
    request = services.lodge_request(Wish(kind="stop", contact="+821012345678", words="그만"))

    assert not request.has_mailbox
    assert bytes(request.contact_index) != services.index_of("+821012345678")


@pytest.mark.sqlite_smoke
def test_all_steps_are_in_the_chain_and_told(db):
    request = services.lodge_request(WISH)
    due_on = request.due_on

    services.start_request(request.pk, actor="7")
    services.start_request(request.pk, actor="7")
    services.extend_request(request.pk, actor="7", reason=" 자료가 많습니다. ")
    services.finish_request(request.pk, actor="7", answer="보내 드렸습니다.")

    request.refresh_from_db()
    assert request.due_on == end_of_term(due_on, 10)
    assert (request.status, request.extension_reason) == ("done", "자료가 많습니다.")
    assert (request.answer, request.closed_at is not None) == ("보내 드렸습니다.", True)
    assert kinds(request) == ["received", "started", "extended", "done"]
    assert mails(request) == [
        emails.REQUEST_RECEIVED,
        emails.REQUEST_EXTENDED,
        emails.REQUEST_ANSWERED,
    ]
    assert verify_chain("rights_request", str(request.public_id)).holds
    assert "보내" not in str(list(EventValues.objects.values_list("values", flat=True)))


def test_time_is_extended_once(db):
    request = RequestFactory()
    services.extend_request(request.pk, actor="7", reason="자료가 많습니다.")

    with pytest.raises(AlreadyExtendedError):
        services.extend_request(request.pk, actor="7", reason="아직도 많습니다.")

    assert mails(request) == [emails.REQUEST_EXTENDED]


@pytest.mark.parametrize("step", ["start", "extend", "finish", "refuse"])
def test_what_is_answered_stays_answered(db, step):
    request = RequestFactory()
    services.refuse_request(request.pk, actor="7", answer="본인 확인이 되지 않습니다.")
    words = {"start": {}, "extend": {"reason": "더"}}.get(step, {"answer": "다시"})

    with pytest.raises(RequestClosedError):
        getattr(services, f"{step}_request")(request.pk, actor="7", **words)

    request.refresh_from_db()
    assert (request.status, mails(request)) == ("refused", [emails.REQUEST_ANSWERED])


@pytest.mark.parametrize("step", ["extend", "finish", "refuse"])
def test_no_step_without_words(db, step):
    request = RequestFactory()
    words = {"reason": " \n"} if step == "extend" else {"answer": " \n"}

    with pytest.raises(WordsMissingError):
        getattr(services, f"{step}_request")(request.pk, actor="7", **words)

    assert mails(request) == kinds(request) == []


def test_the_most_urgent_comes_first(db):
    today = timezone.localdate()
    later = RequestFactory(due_on=today + timedelta(days=9))
    old = RequestFactory(done=True, due_on=today - timedelta(days=90))
    overdue = RequestFactory(due_on=today - timedelta(days=1))

    assert list(Request.objects.most_urgent_first()) == [overdue, later, old]
    assert list(Request.objects.overdue(today)) == [overdue]
    assert [row.is_overdue for row in (later, old, overdue)] == [False, False, True]
    assert timezone.localtime(later.due_at).date() == later.due_on


@pytest.mark.parametrize("step", ["extend", "finish", "refuse"])
def test_without_a_mailbox_somebody_must_have_told_them(db, step):
    request = RequestFactory(contact="서울시 가온구 두루로 12", contact_index=b"0" * 32)
    words = {"reason": "많습니다."} if step == "extend" else {"answer": "했습니다."}
    take = getattr(services, f"{step}_request")

    with pytest.raises(NoticeMissingError):
        take(request.pk, actor="7", **words)
    take(request.pk, actor="7", notice=Notice("post", date(2026, 11, 27)), **words)

    request.refresh_from_db()
    told = (request.answered_by, request.answered_on)
    if step == "extend":
        told = (request.extension_told_by, request.extension_told_on)
    assert told == ("post", date(2026, 11, 27))


@pytest.mark.parametrize(
    "values",
    [
        {"channel": "dove"},
        {"identity": "copy"},
        {"answered_by": "post"},
        {"answered_by": "post", "answered_on": date(2026, 11, 27)},
        {"extension_told_by": "post", "extension_told_on": date(2026, 11, 27)},
    ],
)
def test_the_database_keeps_only_what_can_be(db, values):
    RequestFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        Request.objects.update(**values)
