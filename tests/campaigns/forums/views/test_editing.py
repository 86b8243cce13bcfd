from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from campaigns.forums import services
from campaigns.forums.emails import FORUM_CHANGED, ORDER_CANCELLED, tell_change
from campaigns.forums.exceptions import ForumError
from campaigns.forums.models import ForumPage, Order
from home.dates import korean_date
from messaging.models import OutboxMessage
from payments.models import Payment, Refund
from payments.services import mark_paid
from privacy.text import clean_text
from tests.campaigns.forums.participant import asked
from tests.factories.accounts import UserFactory
from tests.factories.forums import InvitationFactory
from tests.factories.tree import publish

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def press(browser, name, forum, **told):
    return browser.post(reverse(f"forum_{name}", args=[forum.pk]), told, follow=True)


def register(forum, **told):
    """Somebody takes a seat in the public part, to be paid."""
    state = services.state_of(forum)
    return services.place_order(state, asked(state, **told))


def test_last_years_forum_in_one_press(admin_client, forum):
    forum.results = [("heading", "지난 결과")]
    publish(forum)
    InvitationFactory(forum=forum)
    register(forum)
    begins = timezone.localdate(forum.starts_at)

    press(admin_client, "copy", forum, day=(begins + timedelta(days=364)).isoformat())

    copy = ForumPage.objects.exclude(pk=forum.pk).get()
    assert (copy.title, copy.live, copy.slug) == (forum.title, False, "forum-2")
    assert copy.starts_at == forum.starts_at + timedelta(days=364)
    assert copy.registration_closes_at == forum.registration_closes_at + timedelta(days=364)
    assert copy.payment_due_at == forum.payment_due_at + timedelta(days=364)
    for name in ("sessions", "programme", "refund_tiers"):
        assert getattr(copy, name).count() == getattr(forum, name).count() > 0
    assert not copy.results
    assert not copy.orders.exists()
    assert not copy.invitations.exists()
    draft = copy.get_latest_revision_as_object()
    assert {s.starts_at for s in draft.sessions.all()} == {
        s.starts_at + timedelta(days=364) for s in forum.sessions.all()
    }
    assert {s.pk for s in copy.sessions.all()}.isdisjoint({s.pk for s in forum.sessions.all()})


def test_the_copy_of_a_cancelled_one_takes_place(admin_client, forum):
    press(admin_client, "change", forum, change="cancelled", reason="태풍 예보")

    press(admin_client, "copy", forum, day="2030-01-04")

    copy = ForumPage.objects.exclude(pk=forum.pk).get()
    assert (copy.change, copy.change_reason, copy.changed_at) == ("", "", None)


def test_a_copy_can_be_published(admin_client, forum):
    press(admin_client, "copy", forum, day="2030-01-04")

    copy = publish(ForumPage.objects.exclude(pk=forum.pk).get())

    assert copy.live
    assert copy.pools.count() == forum.pools.count()


@pytest.mark.parametrize("day", ["", "2020-01-01", "morgen"])
def test_a_day_that_can_not_be(admin_client, forum, day):
    answer = press(admin_client, "copy", forum, day=day)

    assert answer.context["form"].errors["day"]
    assert ForumPage.objects.count() == 1


@pytest.mark.parametrize(
    ("first", "today", "proposed"),
    [
        (date(2025, 12, 12), date(2026, 6, 1), date(2026, 12, 11)),
        (date(2017, 7, 21), date(2026, 11, 24), date(2026, 11, 27)),
    ],
)
def test_the_same_weekday_is_proposed(first, today, proposed):
    begins = timezone.make_aware(timezone.datetime(first.year, first.month, first.day, 10))

    assert services.next_day_for(ForumPage(starts_at=begins), today) == proposed
    assert proposed.weekday() == first.weekday()


@pytest.mark.parametrize("change", ["postponed", "cancelled"])
def test_everybody_who_holds_seats_is_written_to(admin_client, client, forum, change):
    holding = [register(forum), register(forum)]
    services.cancel_order(register(forum))

    press(admin_client, "change", forum, change=change, reason="태풍 예보")

    mails = OutboxMessage.objects.filter(purpose=FORUM_CHANGED)
    assert {mail.subject for mail in mails} == {str(order.public_id) for order in holding}
    mail = tell_change(mails[0].subject)
    assert "태풍 예보" in mail.text
    assert forum.title in mail.subject
    assert "태풍 예보" in client.get(forum.url).content.decode()


def test_of_what_is_called_off_all_money_goes_back(admin_client, forum):
    paid, unpaid = register(forum), register(forum)
    Payment.objects.filter(subject=paid.public_id).update(received_krw=20_000)
    payment = Payment.objects.get(subject=paid.public_id)
    mark_paid(payment, method=Payment.Method.BANK_TRANSFER, user=UserFactory(), note="확인")

    press(admin_client, "change", forum, change="cancelled", reason="태풍 예보")

    [refund] = Refund.objects.all()
    assert (refund.payment.subject, refund.amount_krw) == (paid.public_id, 20_000)
    assert refund.reason == "태풍 예보"
    assert set(Order.objects.values_list("status", flat=True)) == {"cancelled"}
    assert set(forum.pools.values_list("taken", "capacity")) == {(0, 0)}
    assert not OutboxMessage.objects.filter(purpose=ORDER_CANCELLED).exists()
    assert Payment.objects.get(subject=unpaid.public_id).state == Payment.State.CLOSED


def test_nobody_can_register_for_what_is_called_off(admin_client, forum):
    state = services.state_of(forum)  # as a process may still know it
    press(admin_client, "change", forum, change="cancelled", reason="태풍 예보")

    with pytest.raises(ForumError):
        services.place_order(state, asked(state))

    assert not Order.objects.exists()


def test_a_postponed_meeting_keeps_its_seats(admin_client, forum):
    order = register(forum)

    press(admin_client, "change", forum, change="postponed", reason="태풍 예보")

    order.refresh_from_db()
    assert order.status == Order.Status.WAITING
    assert not Refund.objects.exists()


def test_a_second_press_writes_to_nobody_again(admin_client, forum):
    register(forum)

    for _turn in range(2):
        press(admin_client, "change", forum, change="cancelled", reason="태풍 예보")

    assert OutboxMessage.objects.filter(purpose=FORUM_CHANGED).count() == 1


def test_a_version_of_before_does_not_bring_it_back(admin_client, forum):
    before = forum.save_revision()
    press(admin_client, "change", forum, change="cancelled", reason="태풍 예보")

    before.publish()

    forum.refresh_from_db()
    assert (forum.change, forum.change_reason) == ("cancelled", "태풍 예보")


def test_what_was_postponed_takes_place(admin_client, forum):
    order = register(forum)
    press(admin_client, "change", forum, change="postponed", reason="태풍 예보")

    press(admin_client, "change", forum, change="planned", reason="태풍이 지나갔습니다")

    forum.refresh_from_db()
    assert forum.change == ""
    before, after = order, register(forum)
    quotes = [
        services.refund_quote(one, forum.starts_at - timedelta(hours=1)) for one in (before, after)
    ]
    assert [quote.percent for quote in quotes] == [100, 0]
    assert services.refund_quote(before, forum.starts_at).percent == 0
    mail = tell_change(str(order.public_id))
    assert clean_text(korean_date(forum.starts_at)) in mail.subject


def test_nobody_is_written_to_whose_data_is_gone(forum):
    order = register(forum)
    Order.objects.update(
        **dict.fromkeys(("name", "name_index", "email", "email_index", "phone", "phone_index")),
        organisation=None,
        anonymised_at=timezone.now(),
    )

    assert tell_change(str(order.public_id)) is None


def test_a_reason_is_needed(admin_client, forum):
    answer = press(admin_client, "change", forum, change="cancelled", reason=" ")

    assert answer.context["form"].errors["reason"]
    forum.refresh_from_db()
    assert forum.change == ""


@pytest.mark.parametrize("name", ["copy", "change"])
def test_only_who_may_edit(client, forum, name):
    client.force_login(UserFactory(role="조정자"))

    press(client, name, forum, day="2030-01-04", change="cancelled", reason="장난")

    assert ForumPage.objects.count() == 1
    assert not ForumPage.objects.get().change


def test_looking_changes_nothing(admin_client, forum):
    for name in ("copy", "change"):
        assert admin_client.get(reverse(f"forum_{name}", args=[forum.pk])).status_code == 200

    assert ForumPage.objects.count() == 1
    assert not ForumPage.objects.get().change


def test_the_buttons_stand_in_the_editor(admin_client, forum):
    html = admin_client.get(reverse("wagtailadmin_pages:edit", args=[forum.pk])).content.decode()

    for name in ("copy", "change", "invitations"):
        assert reverse(f"forum_{name}", args=[forum.pk]) in html


def test_a_forum_with_people_is_not_deleted(admin_client, forum):
    register(forum)

    admin_client.post(reverse("wagtailadmin_pages:delete", args=[forum.pk]))

    assert ForumPage.objects.filter(pk=forum.pk).exists()
