"""Letters to groups of those who registered: each once, nobody twice, each with their own link."""

import re
import uuid
from datetime import timedelta

import pytest
from django.db.utils import IntegrityError

from campaigns.forums import emails, services
from campaigns.forums.data_sets import ORDERS
from campaigns.forums.exceptions import LetterSentError, NobodyToWriteToError
from campaigns.forums.models import Letter, LetterRecipient, Order
from campaigns.forums.services import letter_periods
from campaigns.forums.services.retention import empty_orders, last_day_of
from evidence.models import Event
from home.dates import months_after
from messaging.models import OutboxMessage, Suppression
from messaging.services import deliver_due, suppress
from payments.models import Payment
from payments.services import ask_refund, mark_paid
from privacy.blind_index import address_index
from privacy.tokens import read_token
from rights.services import destroy_due
from tests.campaigns.forums.participant import NAME, asked, payment_of
from tests.factories.accounts import UserFactory

pytestmark = [pytest.mark.unit, pytest.mark.django_db]

ALL, CONFIRMED, UNPAID, REFUND, SESSION = Letter.Audience
BODY = "점심 장소가 바뀌었습니다.\n\n2층 이음홀 옆 식당으로 와 주세요."


@pytest.fixture
def user():
    return UserFactory(administrator=True)


@pytest.fixture
def write(state, user):
    """``write(UNPAID)``: a draft to these."""

    def draft(audience=ALL, session=None, **told):
        words = services.Words(audience, session, "점심 안내", BODY)
        told = {"form_key": uuid.uuid4(), "user": user, **told}
        return services.write_letter(state.page, words, **told)

    return draft


@pytest.fixture
def orders(state, invitation, user):
    """Four people: paid; unpaid, both parts; paid and partly to be refunded; cancelled."""
    made = {
        name: services.place_order(state, asked(state, email=f"{name}@mail.example", **more))
        for name, more in {
            "paid": {},
            "unpaid": {"sessions": ["1부", "2부"], "invitation": invitation},
            "refunded": {"people": [NAME, "두나래"]},
            "gone": {},
        }.items()
    }
    for name in ("paid", "refunded"):
        told = {"user": user, "note": "통장 확인"}
        mark_paid(payment_of(made[name]), method=Payment.Method.BANK_TRANSFER, **told)
    ask_refund(payment_of(made["refunded"]), amount_krw=20_000, reason="한 사람 취소")
    services.cancel_order(made["gone"])
    OutboxMessage.objects.all().delete()
    return made


def names(letter, orders):
    known = {order.pk: name for name, order in orders.items()}
    return [known[order.pk] for order in services.recipients_of(letter)]


@pytest.mark.sqlite_smoke
def test_each_group_has_those_whom_it_names(orders, state, write):
    first, second = state.sessions

    assert names(write(ALL), orders) == ["paid", "unpaid", "refunded"]
    assert names(write(CONFIRMED), orders) == ["paid", "refunded"]
    assert names(write(UNPAID), orders) == ["unpaid"]
    assert names(write(REFUND), orders) == ["refunded"]
    assert names(write(SESSION, first), orders) == ["paid", "unpaid", "refunded"]
    assert names(write(SESSION, second), orders) == ["unpaid"]
    assert services.audience_sizes(state.page) == {
        **{"all": 3, "confirmed": 2, "unpaid": 1, "refund": 1},
        **{str(first.pk): 3, str(second.pk): 1},
    }


def test_who_has_no_address_or_one_that_takes_no_mail_is_left_out(orders, write):
    Order.objects.filter(pk=orders["paid"].pk).update(email=None, email_index=None, email_rule=None)
    bounced = address_index("unpaid@mail.example")
    suppress(bounced, Suppression.Scope.ALL, Suppression.Reason.BOUNCED)
    stopped = address_index("refunded@mail.example")
    suppress(stopped, Suppression.Scope.NEWS, Suppression.Reason.UNSUBSCRIBED)

    # It is no news: who stopped those still wants to know where the lunch is.
    assert names(write(ALL), orders) == ["refunded"]


@pytest.mark.sqlite_smoke
def test_pressed_twice_it_goes_out_once(orders, write, user, mailoutbox):
    letter = write(ALL)

    for _twice in range(2):
        sent = services.send_letter(letter, user=user)

    assert (sent.recipient_count, sent.sent_by) == (3, user)
    keys = set(LetterRecipient.objects.values_list("mail_key", flat=True))
    mails = OutboxMessage.objects.filter(purpose=emails.LETTER)
    assert {mail.subject for mail in mails} == keys
    assert (len(keys), {mail.bulk for mail in mails}) == (3, {False})
    assert services.progress_of(sent) == services.Progress(3, 0, 0, 0)
    event = Event.objects.select_related("payload").get(kind="letter_sent")
    assert (event.actor, event.payload.values["recipients"]) == (str(user.pk), 3)

    deliver_due()

    assert services.progress_of(sent) == services.Progress(0, 3, 0, 0)
    assert sorted(mail.to[0].split("@")[0] for mail in mailoutbox) == ["paid", "refunded", "unpaid"]


def test_the_mail_has_the_own_link_and_says_that_it_is_no_advertising(orders, write, user):
    services.send_letter(write(UNPAID), user=user)

    mail = emails.write_to_participant(LetterRecipient.objects.get().mail_key)

    token = re.search(r"/t/o/([\w-]+)/", mail.text)[1]
    assert read_token(emails.ORDER_TOKEN, token) == str(orders["unpaid"].public_id)
    assert mail.to == "unpaid@mail.example"
    assert "점심 안내" in mail.subject
    assert "(광고)" not in mail.subject
    assert "2층 이음홀 옆 식당으로 와 주세요." in mail.text
    assert "<p>2층 이음홀" in mail.html
    assert NAME in mail.text
    assert not mail.headers


def test_what_staff_write_is_no_html(orders, write, user):
    letter = write(UNPAID)
    Letter.objects.update(body="<script>alert(1)</script>")
    services.send_letter(letter, user=user)

    mail = emails.write_to_participant(LetterRecipient.objects.get().mail_key)

    assert "<script" not in mail.html


def test_who_cancels_or_leaves_before_it_goes_gets_none(orders, write, user):
    letter = services.send_letter(write(ALL), user=user)
    services.cancel_order(orders["unpaid"])
    empty_orders([orders["paid"]])
    keys = dict(LetterRecipient.objects.values_list("order", "mail_key"))

    assert emails.write_to_participant(keys[orders["unpaid"].pk]) is None
    assert orders["paid"].pk not in keys
    assert emails.write_to_participant(str(uuid.uuid4())) is None
    deliver_due()
    assert services.progress_of(letter) == services.Progress(0, 1, 0, 1)


def test_the_test_mail_names_staff_and_no_registration(orders, write, user, mailoutbox):
    letter = write(ALL)

    services.try_letter(letter, user=user)
    deliver_due()

    (mail,) = mailoutbox
    assert mail.to == [user.email]
    assert "/t/o/" not in mail.body
    assert "점심 안내" in mail.subject
    assert emails.try_on_staff(f"0:{user.pk}:1") is None
    assert emails.try_on_staff(f"{letter.pk}:0:1") is None


def test_nobody_to_write_to_is_refused(state, write, user):
    with pytest.raises(NobodyToWriteToError):
        services.send_letter(write(ALL), user=user)

    assert not OutboxMessage.objects.exists()


def test_one_form_makes_one_draft(write):
    key = uuid.uuid4()

    assert write(form_key=key) == write(form_key=key)


def test_a_draft_can_be_changed_and_dropped_and_a_letter_can_not(orders, write, user):
    letter, words = write(ALL), services.Words(UNPAID, None, "입금 안내", "내일까지입니다.")
    services.change_letter(letter, words, user=user)
    letter.refresh_from_db()
    assert (letter.audience, letter.subject) == (UNPAID, "입금 안내")

    services.send_letter(letter, user=user)
    with pytest.raises(LetterSentError):
        services.change_letter(letter, words, user=user)
    with pytest.raises(LetterSentError):
        services.drop_letter(letter)

    draft = write(ALL)
    for _twice in range(2):
        services.drop_letter(draft)
        draft.pk = draft.pk or 0
    assert list(Letter.objects.all()) == [letter]


def test_a_letter_that_was_sent_says_by_whom(write):
    letter = write(ALL)

    with pytest.raises(IntegrityError):
        Letter.objects.filter(pk=letter.pk).update(recipient_count=3)


@pytest.mark.sqlite_smoke
def test_it_goes_when_the_registrations_go(orders, write, user, state, clock):
    services.send_letter(write(ALL), user=user)
    deliver_due()
    end = last_day_of(state.page)
    assert list(letter_periods.letters_outlook(end)) == []
    (told,) = letter_periods.letters_outlook(months_after(end, 1))
    assert (told.day, told.count) == (end + timedelta(days=1), 1)

    clock.move_to(str(end + timedelta(days=2)))
    destroy_due()

    assert not Letter.objects.exists()
    assert not OutboxMessage.objects.filter(purpose=emails.LETTER).exists()


def test_on_my_page_the_mail_is_told(orders, write, user):
    services.send_letter(write(UNPAID), user=user)
    key = LetterRecipient.objects.get().mail_key

    (holding,) = ORDERS.find("unpaid@mail.example")

    assert key in holding.mail_keys
