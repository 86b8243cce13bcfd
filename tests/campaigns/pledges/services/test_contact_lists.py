"""Contacts from a list: looked at, entered as by hand or not at all, forgotten within a day."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from campaigns.pledges.emails import CONTACT_CHANGES
from campaigns.pledges.exceptions import ListChangedError, ListDecidedError, ListFaultyError
from campaigns.pledges.models import ContactList, ContactPoint
from campaigns.pledges.services.chain import EVIDENCE_SUBJECT
from campaigns.pledges.services.contact_lists import (
    KEPT,
    apply_contacts,
    discard_contacts,
    forget_contact_lists,
)
from campaigns.pledges.services.contacts import WAIT, decide_contact, enter_contact
from campaigns.pledges.services.outreach import ready_to_ask
from evidence.models import Event
from evidence.services import verify_chain
from messaging.models import OutboxMessage
from tests.factories.accounts import UserFactory
from tests.factories.pledge_agreements import respondent_of
from tests.factories.pledge_contacts import (
    FOUND_AT,
    TITLES,
    contact_line,
    contact_list,
    contacts_file,
    everybody_of,
    plan_of,
)

pytestmark = [pytest.mark.unit, pytest.mark.django_db]
PHONE = "010-0000-1234"
OTHER = "other@candidate.example"


@pytest.fixture
def respondent(election):
    return respondent_of(election)


def taken_over(election, user, *lines, **options):
    job = contact_list(election, user, *lines, **options)
    return apply_contacts(job, plan_of(job).digest, reach=everybody_of(election), user=user)


def steps():
    return list(Event.objects.order_by("sequence").values_list("kind", flat=True))


@pytest.mark.sqlite_smoke
def test_contacts_are_entered_as_by_hand(election, user, respondent):
    by_hand = respondent_of(election, name="라온")
    contact = enter_contact(
        by_hand, kind="email", value="raon@x.example", source=FOUND_AT, user=user
    )

    titles = f"{TITLES},받는 사람"
    line = f"{contact_line(phone=PHONE)},정책실장"
    done = taken_over(election, user, content=contacts_file(line, titles=titles))

    assert (done.state, done.entered, done.proposed) == ("applied", 2, 0)
    email, phone = ContactPoint.objects.filter(respondent=respondent).order_by("kind")
    assert (email.value, phone.value, email.holder) == (
        "han@candidate.example",
        PHONE,
        "정책실장",
    )
    for name in ("state", "source", "entered_by", "checked_by", "replaces", "note"):
        assert getattr(email, name) == getattr(contact, name)
    assert email.checked_at is not None
    assert set(ready_to_ask(election.respondents)) == {by_hand, respondent}
    assert steps()[-2:] == ["contact_entered"] * 2
    assert verify_chain(EVIDENCE_SUBJECT, str(election.pk)).holds


def test_the_same_file_again_changes_nothing(election, user, respondent):
    lines = [contact_line(phone=PHONE)]
    taken_over(election, user, *lines)
    before = (list(ContactPoint.objects.values()), steps())

    plan = plan_of(contact_list(election, user, *lines))
    assert (plan.does_nothing, plan.unchanged) == (True, 2)
    done = taken_over(election, user, *lines)

    assert (done.entered, done.proposed) == (0, 0)
    assert (list(ContactPoint.objects.values()), steps()) == before


def test_a_number_that_was_typed_otherwise_by_hand_is_the_same(election, user, respondent):
    for typed in ("010 0000 1234", "사무소로 전화"):
        enter_contact(respondent, kind="phone", value=typed, source=FOUND_AT, user=user)
    assert plan_of(contact_list(election, user, contact_line(email="", phone=PHONE))).does_nothing


def test_another_address_than_the_one_in_use_needs_a_second_person(election, user, respondent):
    taken_over(election, user, contact_line())

    done = taken_over(election, user, contact_line(email=OTHER))

    assert (done.entered, done.proposed) == (0, 1)
    old, new = ContactPoint.objects.order_by("pk")
    assert (old.state, new.state, new.replaces, new.proposed_by) == (
        *("approved", "waiting"),
        *(old, user),
    )
    assert OutboxMessage.objects.get(purpose=CONTACT_CHANGES).subject == str(new.pk)
    assert steps()[-2:] == ["contact_entered", "contact_change_proposed"]
    ContactPoint.objects.filter(pk=new.pk).update(proposed_at=timezone.now() - WAIT)
    decide_contact(new, is_theirs=True, note="전화함", user=UserFactory())
    assert ContactPoint.objects.get(pk=new.pk).state == "approved"


def test_nothing_is_entered_while_a_line_is_wrong(election, user, respondent):
    job = contact_list(election, user, contact_line(), contact_line(name="없는이", email=OTHER))
    plan = plan_of(job)
    assert plan.problems == [(3, "unknown")]
    with pytest.raises(ListFaultyError):
        apply_contacts(job, plan.digest, reach=everybody_of(election), user=user)
    assert not ContactPoint.objects.exists()


def test_what_changed_meanwhile_is_looked_at_again(election, user, respondent):
    job = contact_list(election, user, contact_line())
    digest = plan_of(job).digest
    enter_contact(respondent, kind="email", value=OTHER, source=FOUND_AT, user=user)

    with pytest.raises(ListChangedError):
        apply_contacts(job, digest, reach=everybody_of(election), user=user)

    assert ContactPoint.objects.get().value == OTHER
    assert ContactList.objects.get().state == "preview"


def test_a_list_is_decided_once(election, user, respondent):
    job = contact_list(election, user, contact_line())
    digest = plan_of(job).digest
    done = discard_contacts(job, user=user)
    assert (done.state, done.content, done.decided_by) == ("discarded", None, user)
    with pytest.raises(ListDecidedError):
        apply_contacts(job, digest, reach=everybody_of(election), user=user)
    with pytest.raises(ListDecidedError):
        discard_contacts(job, user=user)
    assert not ContactPoint.objects.exists()


def stored():
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM pledges_contactlist")
        return repr(cursor.fetchall())


def test_lines_that_wait_are_encrypted_and_gone_once_decided(election, user, respondent):
    job = contact_list(election, user, contact_line(phone=PHONE))
    told = ("han@candidate.example", "0000", "한가람")
    assert all(word in job.content for word in told), "there is something to leak"
    assert not any(word in stored() for word in told)
    apply_contacts(job, plan_of(job).digest, reach=everybody_of(election), user=user)
    assert ContactList.objects.get().content is None


@pytest.mark.sqlite_smoke
def test_a_list_that_nobody_decided_is_forgotten_after_a_day(election, user, respondent):
    job = contact_list(election, user, contact_line())
    now = job.asked_at + KEPT
    assert forget_contact_lists(now - timedelta(seconds=1)) == 0
    assert forget_contact_lists(now) == 1
    assert forget_contact_lists() == 0
    row = ContactList.objects.get()
    assert (row.state, row.content, row.decided_by) == ("expired", None, None)
    with pytest.raises(ListDecidedError):
        apply_contacts(row, "", reach=everybody_of(election), user=user)


def cost_of(election, user, count):
    lines = []
    for number in range(count):
        name = f"후보{count}의{number}"
        respondent_of(election, name=name)
        lines.append(contact_line(name, email=f"a{count}-{number}@x.example", phone=PHONE))
    job = contact_list(election, user, *lines)
    digest = plan_of(job).digest
    with CaptureQueriesContext(connection) as asked:
        apply_contacts(job, digest, reach=everybody_of(election), user=user)
    return len(asked)


def test_taking_over_costs_the_same_for_a_longer_list(election, user):
    assert cost_of(election, user, 1) == cost_of(election, user, 3) <= 25
