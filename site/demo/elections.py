"""A fictional local election: its preliminary candidates, and the next list to send in."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import cycle
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from accounts.models import User
from campaigns.pledges.models import Candidacy, CandidateImport, Election
from campaigns.pledges.services import (
    Proof,
    apply_import,
    move_candidacy,
    plan_import,
    request_import,
)

from .logins import ADMINISTRATOR
from .pledges import load_pledges
from .texts.elections import CONTESTS, GIVEN_NAMES, NAME, PARTIES, SOURCE, SURNAMES, TITLES

AHEAD = timedelta(days=100)
WEDNESDAY = 2
MISSING, CHANGED = (7, 21), (4, 12)  # places in the list


def load_election() -> Election:
    """The election with its first list and its demands, unless there is one; the second as a file."""
    election = Election.objects.order_by("vote_on").last() or _make()
    load_pledges(election)
    write_list(election, Path(settings.VAR_DIR) / "demo")
    return election


def _make() -> Election:
    election = Election.objects.create(
        name=NAME, kind=Election.Kind.LOCAL, vote_on=_election_day(), source=SOURCE
    )
    user = User.objects.get(email=ADMINISTRATOR[1])
    job = request_import(
        election,
        _file(_lines(election)),
        file_name="candidates-preliminary.csv",
        stage=CandidateImport.Stage.PRELIMINARY,
        office="",
        source=SOURCE,
        retrieved_on=timezone.localdate(),
        user=user,
    )
    apply_import(job, plan_import(job).digest, lapse_missing=False, user=user)
    proof = Proof(timezone.localdate(), SOURCE)
    rows = Candidacy.objects.filter(contest__election=election).order_by("commission_number")
    for row, status in ((rows[2], "withdrawn"), (rows[9], "lost_primary")):
        move_candidacy(row, status, proof, user=user)
    return election


def _election_day() -> date:
    day = timezone.localdate() + AHEAD
    return day + timedelta(days=(WEDNESDAY - day.weekday()) % 7)


def write_list(election: Election, folder: Path) -> Path:
    """The final list as the commission gives it out: some changed party, some did not register."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "candidates-registered.csv"
    if not file.exists():
        lines = list(_lines(election))
        gone = Candidacy.objects.exclude(status=Candidacy.Status.PRELIMINARY)
        numbers = set(gone.values_list("commission_number", flat=True))
        left = [line for place, line in enumerate(lines) if place not in MISSING]
        for place in CHANGED:
            left[place] = [*left[place][:6], "무소속", *left[place][7:]]
        file.write_bytes(_file(line for line in left if line[2] not in numbers))
    return file


def _lines(election: Election) -> Iterator[list[str]]:
    surnames, given = cycle(SURNAMES), cycle(GIVEN_NAMES)
    number = 0
    for code, district, province, city, count in CONTESTS:
        for place in range(count):
            number += 1
            name = next(surnames) + next(given)
            birth = f"{1955 + number % 40}{1 + number % 12:02}{1 + number % 28:02}"
            party = PARTIES[place % len(PARTIES)]
            start = [election.commission_id, code, f"{900_000 + number}", district]
            yield [*start, province, city, party, name, birth, "등록"]


def _file(lines: Iterator[list[str]] | Sequence[list[str]]) -> bytes:
    return "\r\n".join(",".join(line) for line in [TITLES, *lines]).encode("cp949")
