"""The commission's list: read, looked at, then taken over whole or not at all."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from pathlib import PurePath
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User

from ..exceptions import ListChangedError, ListDecidedError, ListFaultyError
from ..gateways.commission_list import ListRow, read_list
from ..models import Candidacy, CandidacyChange, CandidateImport, Contest, Election, Post
from .candidacies import identity_of
from .places import Gazetteer, Place, PlaceError
from .plans import Change, Line, Plan, plan_import, status_of
from .respondents import add_missing_respondents, follow_candidacies

BATCH = 500
State = CandidateImport.State
NOBODYS = "무소속"


def request_import(
    election: Election,
    content: bytes,
    *,
    file_name: str,
    stage: str,
    office: str,
    source: str,
    retrieved_on: date,
    user: User,
) -> CandidateImport:
    """Read a list and keep what is needed of it until somebody decides.

    ``office`` is for files that name none. Raises UnknownListError where nothing can be read.
    """
    found = read_list(content, election.commission_id)
    lines, problems, places = _lines(found.rows, Gazetteer(election.vote_on), office)
    problems += [{"line": one.line, "code": one.code} for one in found.problems]
    _make_posts(places)
    return CandidateImport.objects.create(
        election=election,
        stage=stage,
        office=office,
        source=source,
        retrieved_on=retrieved_on,
        file_name=PurePath(file_name).name[-100:],
        rows=[asdict(line) for line in lines],
        row_count=len(lines) + len(problems),
        problems=problems,
        asked_by=user,
        asked_at=timezone.now(),
    )


def apply_import(
    job: CandidateImport, digest: str, *, lapse_missing: bool, user: User
) -> CandidateImport:
    """Do what the plan with this digest said.

    Raises ListDecidedError, ListFaultyError, or ListChangedError where the plan is another one by
    now. ``lapse_missing``: who was a preliminary candidate and is not in the list lapses.
    """
    now = timezone.now()
    with transaction.atomic():
        # One list of an election at a time.
        Election.objects.select_for_update().get(pk=job.election_id)
        job = _undecided(job)
        plan = plan_import(job)
        if plan.problems:
            raise ListFaultyError
        if plan.digest != digest:
            raise ListChangedError
        job.added, job.changed = len(plan.added), len(plan.changed)
        job.missing = len(plan.newly_missing)
        contests = _contests(job, plan)
        _add(job, plan.added, contests, now)
        _change(job, plan.changed, user, now)
        _note_missing(job, plan, user, now, lapse_missing=lapse_missing)
        add_missing_respondents(job.election)
        follow_candidacies(job.election)
        if job.stage == CandidateImport.Stage.REGISTERED:
            keys = {row["key"] for row in job.rows or []}
            Contest.objects.filter(election=job.election, post__key__in=keys).update(listed_at=now)
        return _decide(job, State.APPLIED, user, now)


@transaction.atomic
def discard_import(job: CandidateImport, *, user: User) -> CandidateImport:
    """Nothing of it is taken over. Raises ListDecidedError."""
    return _decide(_undecided(job), State.DISCARDED, user, timezone.now())


def _lines(
    rows: Sequence[ListRow], gazetteer: Gazetteer, office: str
) -> tuple[list[Line], list[dict[str, Any]], dict[str, Place]]:
    lines, problems, places = [], [], {}
    for row in rows:
        try:
            place = gazetteer.place_of(row, office)
        except PlaceError as error:
            problems.append({"line": row.line, "code": error.code})
        else:
            places[place.key] = place
            lines.append(_line(row, place.key))
    return lines, problems, places


def _line(row: ListRow, key: str) -> Line:
    return Line(
        line=row.line,
        key=key,
        number=row.number,
        name=row.name,
        hanja=row.hanja,
        party_name="" if row.party == NOBODYS else row.party,
        ballot_number=row.ballot,
        birth_year=row.birth_on.year if row.birth_on else None,
        identity=identity_of(row.name, row.birth_on).hex(),
        status=row.status,
    )


def _make_posts(places: Mapping[str, Place]) -> None:
    """A post is there before anybody stands for it; a list that is discarded leaves no contest."""
    Post.objects.bulk_create([place.post for place in places.values()], ignore_conflicts=True)


def _undecided(job: CandidateImport) -> CandidateImport:
    job = CandidateImport.objects.select_for_update().select_related("election").get(pk=job.pk)
    if job.state != State.PREVIEW:
        raise ListDecidedError
    return job


def _decide(job: CandidateImport, state: str, user: User, now: datetime) -> CandidateImport:
    job.state, job.rows, job.decided_by, job.decided_at = state, None, user, now
    job.save()
    return job


def _contests(job: CandidateImport, plan: Plan) -> Mapping[str, Contest]:
    posts = Post.objects.filter(key__in=plan.new_keys)
    Contest.objects.bulk_create([Contest(election=job.election, post=post) for post in posts])
    found = Contest.objects.filter(election=job.election).select_related("post")
    return {contest.post.key: contest for contest in found}


def _add(
    job: CandidateImport, lines: Sequence[Line], contests: Mapping[str, Contest], now: datetime
) -> None:
    rows = [
        Candidacy(
            contest=contests[line.key],
            commission_number=line.number,
            name=line.name,
            hanja=line.hanja,
            birth_year=line.birth_year,
            identity=bytes.fromhex(line.identity),
            party_name=line.party_name,
            ballot_number=line.ballot_number,
            status=status_of(job, line),
            status_on=job.retrieved_on,
            source=job.source,
            made_at=now,
        )
        for line in lines
    ]
    Candidacy.objects.bulk_create(rows, batch_size=BATCH)


def _change(job: CandidateImport, changes: Sequence[Change], user: User, now: datetime) -> None:
    notes, rows = [], []
    for change in changes:
        row = change.candidacy
        for name, (before, after) in change.values.items():
            notes.append(_note(job, row, name, before, after, user, now))
            setattr(row, name, after)
        if "status" in change.values:
            row.status_on, row.source = job.retrieved_on, job.source
        if change.line.birth_year is not None:
            row.identity = bytes.fromhex(change.line.identity)
        row.missing_since = None
        rows.append(row)
    _save(rows)
    CandidacyChange.objects.bulk_create(notes, batch_size=BATCH)


def _note_missing(
    job: CandidateImport, plan: Plan, user: User, now: datetime, *, lapse_missing: bool
) -> None:
    lapsed = plan.may_lapse if lapse_missing else []
    notes = list(_lapse(job, lapsed, user, now))
    gone = {row.pk for row in lapsed}
    for row in plan.newly_missing:
        if row.pk not in gone:
            row.missing_since = job.retrieved_on
            notes.append(_note(job, row, "missing_since", "", job.retrieved_on, user, now))
    for row in plan.found_again:
        notes.append(_note(job, row, "missing_since", row.missing_since, "", user, now))
        row.missing_since = None
    _save([*plan.missing, *plan.found_again])
    CandidacyChange.objects.bulk_create(notes, batch_size=BATCH)


def _lapse(
    job: CandidateImport, rows: Sequence[Candidacy], user: User, now: datetime
) -> Iterator[CandidacyChange]:
    for row in rows:
        yield _note(job, row, "status", row.status, Candidacy.Status.LAPSED, user, now)
        row.status, row.missing_since = Candidacy.Status.LAPSED, None
        row.status_on, row.source = job.retrieved_on, job.source


def _note(
    job: CandidateImport,
    row: Candidacy,
    field: str,
    before: object,
    after: object,
    user: User,
    now: datetime,
) -> CandidacyChange:
    return CandidacyChange(
        candidacy=row,
        field=field,
        before="" if before is None else str(before),
        after="" if after is None else str(after),
        changed_on=job.retrieved_on,
        source=job.source,
        by_import=job,
        made_by=user,
        made_at=now,
    )


def _save(rows: Sequence[Candidacy]) -> None:
    fields = (
        *("name", "hanja", "party_name", "ballot_number", "commission_number", "birth_year"),
        *("identity", "status", "status_on", "source", "missing_since"),
    )
    Candidacy.objects.bulk_update(rows, fields, batch_size=BATCH)
