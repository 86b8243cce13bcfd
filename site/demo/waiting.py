"""A full meeting of the demo with its waiting list: one open offer, three who wait."""

import uuid
from datetime import datetime, time, timedelta

from django.utils import timezone

from campaigns.forums.models import ForumIndexPage, ForumPage, ForumSession, Order
from campaigns.forums.services import (
    Person,
    Registration,
    Wish,
    cancel_order,
    join_list,
    place_order,
    state_of,
)

from .texts.waiting import MEETING, SESSION, SITTING, WAITING

SLUG = "reading-night"


def load_full_meeting(index: ForumIndexPage, kit) -> ForumPage:
    """The page of the meeting, unless it is there."""
    found = ForumPage.objects.child_of(index).filter(slug=SLUG).first()
    if found:
        return found
    day = kit.today + timedelta(days=18)
    hours = {"starts_at": _at(day, 19), "ends_at": _at(day, 21)}
    session = ForumSession(**hours, **SESSION)
    page = ForumPage(slug=SLUG, sessions=[session], contact=kit.contact("education"), **MEETING)
    index.add_child(instance=page)
    page.save_revision().publish()
    return page


def load_waiting() -> None:
    """All seats are taken, somebody cancels, others wait; unless somebody registered already."""
    forum = ForumPage.objects.filter(slug=SLUG).first()
    if forum is None or Order.objects.filter(forum=forum).exists():
        return
    state = state_of(forum)
    sessions = tuple(session.pk for session in state.sessions)
    orders = [
        place_order(
            state,
            Registration(
                form_key=uuid.uuid4(),
                people=(Person(name),),
                session_ids=sessions,
                email=f"reader{number}@mail.example",
                phone=f"+82100000{1101 + number}",
            ),
        )
        for number, name in enumerate(SITTING)
    ]
    for number, (name, people) in enumerate(WAITING):
        email, phone = f"waiting{number}@mail.example", f"+82100000{1201 + number}"
        join_list(state, Wish(uuid.uuid4(), sessions, people, name, email, phone))
    cancel_order(orders[0])


def _at(day, hour):
    return timezone.make_aware(datetime.combine(day, time(hour)))
