"""Contacts from a list: read, looked at, then entered as by hand, all of them or none."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import PurePath

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from messaging.services import enqueue_all

from ..emails import CONTACT_CHANGES
from ..exceptions import ListChangedError, ListDecidedError, ListFaultyError
from ..gateways.contact_list import read_contacts
from ..models import ContactList, ContactPoint, Election, Respondent
from .chain import record_steps_of
from .contact_plans import ContactPlan, Entry, plan_contacts
from .contacts import addresses_in_use, entered_by

BATCH = 500
KEPT = timedelta(days=1)
State = ContactList.State


def request_contacts(
    election: Election, content: bytes, *, file_name: str, source: str, user: User
) -> ContactList:
    """Read a list and keep its lines, encrypted, until somebody decides, a day at most.

    ``source`` holds for lines that name none. Raises UnknownListError where nothing can be read.
    """
    found = read_contacts(content, source)
    kept = {
        "rows": [asdict(row) for row in found.rows],
        "problems": found.problems,
        "empty": found.empty,
    }
    return ContactList.objects.create(
        election=election,
        file_name=PurePath(file_name).name[-100:],
        content=json.dumps(kept, ensure_ascii=False),
        row_count=len(found.rows) + len(found.problems),
        asked_by=user,
        asked_at=timezone.now(),
    )


def apply_contacts(job: ContactList, digest: str, *, reach: set[int], user: User) -> ContactList:
    """Enter what the plan with this digest said, in the same states as by hand.

    Raises ListDecidedError, ListFaultyError, or ListChangedError where the plan is another one by
    now. ``reach`` are the keys of the respondents whose contacts this person may enter.
    """
    now = timezone.now()
    with transaction.atomic():
        # One list of an election at a time; who enters by hand waits for the respondent's row.
        election = Election.objects.select_for_update().get(pk=job.election_id)
        job = _undecided(job)
        plan = plan_contacts(job, reach)
        if plan.problems:
            raise ListFaultyError
        if plan.digest != digest:
            raise ListChangedError
        _hold(plan)
        _enter(election, plan, user, now)
        job.entered, job.proposed = len(plan.added), len(plan.changed)
        return _decide(job, State.APPLIED, user, now)


@transaction.atomic
def discard_contacts(job: ContactList, *, user: User) -> ContactList:
    """Nothing of it is entered, and its lines are gone. Raises ListDecidedError."""
    return _decide(_undecided(job), State.DISCARDED, user, timezone.now())


def forget_contact_lists(now: datetime | None = None) -> int:
    """Destroy the lines of lists that nobody decided about for a day; how many. Safe twice."""
    now = now or timezone.now()
    old = ContactList.objects.filter(state=State.PREVIEW, asked_at__lte=now - KEPT)
    return old.update(state=State.EXPIRED, content=None, decided_at=now)


def _entries(plan: ContactPlan) -> Sequence[Entry]:
    return [*plan.added, *plan.changed]


def _hold(plan: ContactPlan) -> None:
    """From here on nobody else enters a contact of theirs; who did since the plan changes it."""
    keys = sorted({entry.respondent.pk for entry in _entries(plan)})
    rows = Respondent.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=keys)
    list(rows.order_by("pk").values_list("pk"))
    held = addresses_in_use(keys)
    for entry in _entries(plan):
        if entry.kind == ContactPoint.Kind.EMAIL and held.get(entry.respondent.pk) != entry.before:
            raise ListChangedError


def _enter(election: Election, plan: ContactPlan, user: User, now: datetime) -> None:
    rows = [_drafted(entry, user, now) for entry in _entries(plan)]
    try:
        ContactPoint.objects.bulk_create(rows, batch_size=BATCH)
    except IntegrityError as error:
        raise ListChangedError from error
    record_steps_of(
        election,
        str(user.pk),
        [
            (row.respondent, kind, {"kind": row.kind})
            for row in rows
            for kind in ("contact_entered", "contact_change_proposed")
            if kind == "contact_entered" or row.proposed_by_id
        ],
    )
    enqueue_all(CONTACT_CHANGES, [str(row.pk) for row in rows if row.proposed_by_id])


def _drafted(entry: Entry, user: User, now: datetime) -> ContactPoint:
    """As ``enter_contact`` writes it, where staff enter it."""
    row = ContactPoint(
        respondent=entry.respondent,
        kind=entry.kind,
        value=entry.value,
        value_index=entry.index,
        holder=entry.line.holder or None,
        **entered_by(user, entry.line.source, entry.before, now),
    )
    if entry.before is not None:
        row.proposed_by, row.proposed_at = user, now
    return row


def _undecided(job: ContactList) -> ContactList:
    rows = ContactList.objects.select_for_update(of=("self",)).select_related("election")
    job = rows.get(pk=job.pk)
    if job.state != State.PREVIEW:
        raise ListDecidedError
    return job


def _decide(job: ContactList, state: str, user: User, now: datetime) -> ContactList:
    job.state, job.content, job.decided_by, job.decided_at = state, None, user, now
    job.save()
    return job
