"""What the treasurer and whoever runs a forum look after, in as many states as fit."""

import uuid
from datetime import timedelta

from django.utils import timezone

from campaigns.forums import services
from campaigns.forums.models import Door, ForumPage, ForumSession
from payments.models import AccountChange, Payment, StatementImport
from payments.services import (
    ask_refund,
    drop_refund,
    mark_paid,
    match_deposit,
    payments_of,
    return_deposit,
    send_refund,
    set_aside,
)
from payments.services.ledger import Account, Booking, What, book
from payments.services.matches import Pairing
from payments.services.months import ask_to_reopen, close_month, months_to_close, reopen_month
from payments.services.papers import approve_paper, send_in_paper
from rights.registry import ApartRow, Fact
from rights.services import set_apart

from .accounts import UserFactory
from .forums import ForumPageFactory, InvitationFactory, members_session, on_day, public_session
from .orders import make_order
from .payments import AccountChangeFactory, DepositFactory, StatementImportFactory

BACK = {"bank": "농협은행", "account_number": "301-0000-1111-21", "account_holder": "한가람"}
PROBLEM = {"line": 12, "code": "amount", "column": "입금액"}
PAPER = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
GAP = {"line": 8, "expected_krw": 120_000, "printed_krw": 150_000}


def fill_money(campaign, admin):
    """A forum with everything, one that was called off, and the money of both."""
    day = timezone.localdate() + timedelta(days=14)
    forum = ForumPageFactory(parent=campaign, title="가을 토론회", sessions=_sessions(day))
    forum.save_revision().publish()
    _around(forum, admin)
    _let_in_twice(forum, admin)
    _orders(forum, admin)
    _deposits(forum, admin)
    _months(admin)
    _bank(forum.account, admin)
    off = ForumPageFactory(parent=campaign, title="겨울 토론회", change="cancelled", single=True)
    return [forum, off]


def _sessions(day):
    invited = {"part": "3부", "audience": ForumSession.Audience.INVITED, "sort_order": 2}
    times = {"starts_at": on_day(day, 18, 30), "ends_at": on_day(day, 20)}
    return [
        public_session(day, sort_order=0),
        members_session(day, sort_order=1),
        public_session(day, title="만찬", capacity=1, fee_krw=0, meal="", **invited, **times),
    ]


def _around(forum, admin):
    InvitationFactory(forum=forum, email="office@group.example", sent_at=timezone.now())
    InvitationFactory(forum=forum, personal=True, revoked=True)
    services.make_door(forum, "뒷문", user=admin)
    words = services.Words("all", None, "점심 안내", "식당이 바뀌었습니다.")
    services.write_letter(forum, words, form_key=uuid.uuid4(), user=admin)
    door, raw = services.make_door(forum, "정문", user=admin)
    services.enrol_phone(raw)
    services.close_door(services.make_door(forum, "옆문", user=admin)[0])
    Door.objects.exclude(pk=door.pk).update(made_at=timezone.now() - timedelta(hours=2))


def _let_in_twice(forum, admin):
    """By two phones that had no network."""
    order = make_order(forum, people=("강하늘",))
    mark_paid(_owed(order), method=Payment.Method.ON_SITE, user=admin, note="현금")
    ticket = order.tickets.get()
    session = ticket.seats.first().session_id
    for minutes, label in ((5, "동문"), (3, "서문")):
        _door, raw = services.make_door(forum, label, user=admin)
        door = services.door_of(services.enrol_phone(raw))
        at = timezone.now() - timedelta(minutes=minutes)
        told = services.Admission(uuid.uuid4(), ticket.public_id, session, at)
        services.hear_admissions(door, [told])


def _owed(order):
    return payments_of("forums.order", [order.public_id])[str(order.public_id)]


def _orders(forum, admin):
    """One waits, one is waived, one was given up before its money came, one was cancelled."""
    make_order(forum, people=("한가람", "두나래"))
    waived = make_order(forum, people=("서라온",))
    mark_paid(_owed(waived), method=Payment.Method.WAIVED, user=admin, note="발표자")
    late = make_order(forum, people=("임다온",))
    services.lapse_order(str(late.public_id))
    ForumPage.objects.filter(pk=forum.pk).update(change="postponed")
    mark_paid(_owed(late), method=Payment.Method.BANK_TRANSFER, user=admin, note="통장 확인")
    ForumPage.objects.filter(pk=forum.pk).update(change="")
    gone = make_order(forum, people=("유하람",))
    mark_paid(_owed(gone), method=Payment.Method.BANK_TRANSFER, user=admin, note="통장 확인")
    services.cancel_order(gone, account=services.RefundAccount(*BACK.values()), reason="사정")
    _waiting(forum)


def _deposits(forum, admin):
    """One with a name that fits, one with none, one matched, put aside, sent back three ways."""
    account = forum.account

    def deposit(name, amount_krw=20_000):
        return DepositFactory(account=account, name=name, amount_krw=amount_krw)

    fits = make_order(forum, people=("조미르",))
    deposit(_owed(fits).depositor_name, 15_000)
    deposit("이슬비", 7_000)
    paid = _owed(make_order(forum, people=("정새론",)))
    pairing = Pairing(deposit(paid.depositor_name).pk, ((paid.pk, 20_000),), "by_hand")
    match_deposit(pairing, user=admin)
    set_aside([deposit("회비", 30_000).pk])
    return_deposit(deposit("알수없음", 5_000), reason="누구의 돈인지 모름", user=admin)
    paid.refresh_from_db()
    send_refund(ask_refund(paid, amount_krw=1_000, reason="점심 없음", **BACK), user=admin)
    drop_refund(ask_refund(paid, amount_krw=1_000, reason="잘못 누름"), user=admin, note="취소")


def _waiting(forum):
    """One to whom seats are offered."""
    state = services.state_of(forum)
    public = tuple(session.pk for session in state.sessions if session.is_public)
    told = {"name": "노을빛", "email": "noeul@mail.example", "phone": "+821000004321"}
    services.join_list(
        state, services.Wish(form_key=uuid.uuid4(), session_ids=public, people=1, **told)
    )


def _months(admin):
    """One is closed, one somebody wants to open again, one was opened again, one waits."""
    this_month = timezone.localdate().replace(day=1)
    first = (this_month - timedelta(days=100)).replace(day=1)
    arrived = What.DEPOSIT, Account.BANK, Account.UNASSIGNED
    book([Booking(*arrived, 5_000, day=first)])
    other = UserFactory(last_name="윤")
    waiting = months_to_close()
    for month in waiting[:2]:
        closed = close_month(month, user=other, note="미확인 입금 이월")
    ask_to_reopen(closed, user=admin, reason="영수증이 빠졌습니다")
    again = close_month(waiting[2], user=other)
    reopen_month(ask_to_reopen(again, user=other, reason="잘못 셌습니다"), user=admin)


def _bank(account, admin):
    other = UserFactory(last_name="윤")
    AccountChangeFactory(asked_by=other)
    approve_paper(send_in_paper("number", account=None, content=PAPER, user=other), user=admin)
    send_in_paper("bankbook", account=account, content=PAPER, user=other)
    AccountChangeFactory(asked_by=admin, account=account)
    decided = {"decision": AccountChange.Decision.REFUSED, "decided_at": timezone.now()}
    AccountChangeFactory(asked_by=other, decided_by=admin, **decided)
    done = {"account": account, "asked_by": admin, "state": StatementImport.State.DONE}
    StatementImportFactory(
        **done, layout="국민은행", rows=30, new_rows=8, problems=[PROBLEM], gaps=[GAP]
    )
    failed = {"state": StatementImport.State.FAILED, "failure": "암호가 걸린 파일입니다."}
    StatementImportFactory(**{**done, **failed})
    fact = Fact("payer", "입금자명", "한가람")
    now = timezone.now()
    row = ApartRow("1", "R-1", "참가비", [fact], now, now.date(), "garam@mail.example", "")
    set_apart("payments.payments", [row])
