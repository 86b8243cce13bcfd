import pytest
from django.utils import timezone

from campaigns.forums import emails, services
from campaigns.forums.exceptions import AttendeeFixedError
from campaigns.forums.models import CheckIn, ForumPage, ForumSession, Seat, Ticket
from messaging.models import OutboxMessage
from privacy.tokens import TokenInvalidError, read_token
from tests.campaigns.forums.participant import NAME, asked, person
from tests.factories.orders import make_confirmed_order

pytestmark = [pytest.mark.unit, pytest.mark.django_db]

NEW = {"name": "이새봄", "organisation": "새봄연구소", "meal_note": ""}


@pytest.fixture
def order(free_state):
    people = [NAME, person("두나래", meal_note="채식")]
    return services.place_order(free_state, asked(free_state, people=people))


def asked_mails(order):
    mails = OutboxMessage.objects.filter(purpose=emails.ATTENDEE_CHANGED)
    return mails.filter(subject=str(order.public_id)).count()


@pytest.mark.sqlite_smoke
def test_the_old_code_and_its_link_die_and_the_new_one_works(order):
    old = order.tickets.get(number=2)
    secret = emails.ticket_path(old).split("/")[3]

    for _twice in range(2):
        services.change_attendee(order, 2, **NEW)

    new = Ticket.objects.get(pk=old.pk)
    assert (new.name, new.organisation, new.meal_note) == ("이새봄", "새봄연구소", None)
    assert new.code != old.code
    found = Ticket.objects.get(code_index=services.ticket_code_index(new.code.lower()))
    assert found == new
    old_index = services.ticket_code_index(old.code)
    assert not Ticket.objects.filter(code_index=old_index).exists()
    with pytest.raises(TokenInvalidError):
        read_token(emails.TICKET_TOKEN, secret)
    assert asked_mails(order) == 1


def test_the_same_person_keeps_the_code(order):
    old = order.tickets.get(number=2)

    services.change_attendee(order, 2, name="두나래", organisation="", meal_note="땅콩 알레르기")

    new = Ticket.objects.get(pk=old.pk)
    assert (new.code, new.meal_note) == (old.code, "땅콩 알레르기")
    assert asked_mails(order) == 0


def cancel_ticket(order):
    services.cancel_order(order, tickets=[order.tickets.get(number=2).pk])


def begin(_order):
    ForumSession.objects.update(starts_at=timezone.now())


def call_off(_order):
    ForumPage.objects.update(change=ForumPage.Change.CANCELLED)


def come_in(order):
    seat = Seat.objects.filter(ticket__order=order, ticket__number=2).first()
    CheckIn.objects.create(seat=seat, checked_in_at=timezone.now())


@pytest.mark.parametrize(
    "too_late", [services.cancel_order, cancel_ticket, begin, call_off, come_in]
)
def test_too_late(order, too_late):
    too_late(order)

    with pytest.raises(AttendeeFixedError):
        services.change_attendee(order, 2, **NEW)
    assert Ticket.objects.get(number=2).name == "두나래"


def test_nobody_has_the_ninth_ticket(order):
    with pytest.raises(AttendeeFixedError):
        services.change_attendee(order, 9, **NEW)


def test_the_mail_hands_out_the_new_ticket():
    order = make_confirmed_order(people=("한가람", "두나래"))
    services.change_attendee(order, 2, **NEW)

    mail = emails.tell_new_attendee(str(order.public_id))

    assert "이새봄" in mail.text
    assert "두나래" not in mail.text
    assert mail.text.count("/t/e/") == 2
    services.cancel_order(order)
    assert emails.tell_new_attendee(str(order.public_id)) is None


def test_who_has_no_address_gets_no_mail():
    order = make_confirmed_order(email="")

    services.change_attendee(order, 1, **NEW)

    assert asked_mails(order) == 0
