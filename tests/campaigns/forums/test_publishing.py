"""No forum goes live that cannot take place, whichever way it is published."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from campaigns.forums.models import ForumPage, ProgrammeItem, RefundTier, SeatPool
from home.content_checks import check_page
from tests.factories.forums import ForumPageFactory, members_session, public_session
from tests.factories.tree import publish

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

DAY = timezone.localdate() + timedelta(days=20)


def items(*minutes):
    return [ProgrammeItem(part="1부", minutes=m, title="토론", sort_order=m) for m in minutes]


def close_account(page):
    page.account.is_open = False
    page.account.save()


def move(name):
    """Its deadline lies a minute after the beginning."""
    return lambda page: setattr(page, name, page.starts_at + timedelta(minutes=1))


def put(name, value):
    return lambda page: setattr(page, name, value() if callable(value) else value)


FAULTS = {
    "no session": put("sessions", list),
    "too long": put("programme", lambda: items(40, 111)),
    "unknown part": put("programme", lambda: [ProgrammeItem(part="3부", minutes=10, title="토론")]),
    "same part": put(
        "sessions", lambda: [public_session(DAY), members_session(DAY, part="1부", sort_order=1)]
    ),
    "late closing": move("registration_closes_at"),
    "late payment": move("payment_due_at"),
    "no account": put("account", None),
    "closed account": close_account,
    "no deadline": put("payment_due_at", None),
    "no word": put("depositor_prefix", ""),
    "no rule": put("refund_tiers", list),
    "rising rule": put(
        "refund_tiers",
        lambda: [
            RefundTier(days_before=7, percent=50),
            RefundTier(days_before=1, percent=100),
        ],
    ),
}


def change_first(page, **fields):
    sessions = list(page.sessions.all())
    for name, value in fields.items():
        setattr(sessions[0], name, value)
    page.sessions = sessions


@pytest.mark.parametrize("spoil", FAULTS.values(), ids=FAULTS)
def test_it_is_kept_back_and_says_why(forum, spoil):
    spoil(forum)

    with pytest.raises(ValidationError, match=forum.title):
        forum.save_revision(clean=False).publish()

    assert ForumPage.objects.get(pk=forum.pk).sessions.count() == 2


def test_it_can_not_be_saved_as_live(campaign_page):
    page = ForumPageFactory(parent=campaign_page, live=False, account=None)
    page.live = True

    with pytest.raises(ValidationError):
        page.save()


def test_it_can_not_be_scheduled(campaign_page):
    page = ForumPageFactory(parent=campaign_page, live=False, account=None)
    page.go_live_at = timezone.now() + timedelta(hours=1)

    with pytest.raises(ValidationError):
        page.save_revision().publish()


@pytest.mark.sqlite_smoke
def test_a_free_one_needs_no_account(campaign_page):
    assert publish(ForumPageFactory(parent=campaign_page, free=True)).live


def warnings_of(page):
    return {finding.where for finding in check_page(page)}


def test_what_may_be_missing_is_told(forum):
    told = warnings_of(forum)

    forum.place = ""
    forum.contact = None
    forum.programme = items(40)

    assert len(warnings_of(forum) - told) == 3
    assert publish(forum).live


@pytest.mark.parametrize(("capacity", "passes"), [(42, True), (41, False)])
def test_never_fewer_seats_than_are_taken(forum, capacity, passes):
    SeatPool.objects.filter(session__forum=forum, kind="session").update(taken=42)
    change_first(forum, capacity=capacity)
    revision = forum.save_revision(clean=False)

    if passes:
        revision.publish()
    else:
        with pytest.raises(ValidationError, match="42"):
            revision.publish()

    first = SeatPool.objects.get(session__part="1부", kind="session", session__forum=forum)
    assert first.capacity == (42 if passes else 100)


def test_a_session_with_people_stays(forum):
    SeatPool.objects.filter(session__forum=forum, session__part="2부").update(taken=1)
    forum.sessions = [session for session in forum.sessions.all() if session.part == "1부"]
    forum.programme = items(40)

    with pytest.raises(ValidationError, match="대표자 워크숍"):
        forum.save_revision(clean=False).publish()


def test_a_meal_that_people_wait_for_stays(forum):
    SeatPool.objects.filter(session__forum=forum, kind="meal").update(taken=3)
    change_first(forum, meal="")

    with pytest.raises(ValidationError, match="3"):
        forum.save_revision(clean=False).publish()


def test_an_empty_session_may_go(forum):
    forum.sessions = [session for session in forum.sessions.all() if session.part == "1부"]
    forum.programme = items(40)

    publish(forum)

    assert forum.sessions.count() == 1
    assert set(forum.pools.values_list("session__part", flat=True)) == {"1부"}


def test_sessions_keep_their_keys_through_versions(campaign_page):
    """A version of a new page knows its sessions without keys; seats hang on them."""
    page = ForumPageFactory(parent=campaign_page, single=True)
    page.sessions.add(members_session(page.day if hasattr(page, "day") else DAY, sort_order=1))
    revision = page.save_revision(clean=False)
    revision.publish()
    keys = set(page.sessions.model.objects.filter(forum=page).values_list("pk", flat=True))

    again = page.get_latest_revision_as_object()
    again.save_revision(clean=False).publish()

    assert set(page.sessions.model.objects.filter(forum=page).values_list("pk", flat=True)) == keys
    assert len(keys) == 2


def test_hours_are_kept_for_lists(forum):
    sessions = list(forum.sessions.order_by("starts_at"))

    assert (forum.starts_at, forum.ends_at) == (sessions[0].starts_at, sessions[1].ends_at)
