"""All of a board as open data: stable ids, one line for each answer, nothing that is not public."""

import json

from django.conf import settings
from django.utils import timezone

from exports.services.writers import Buffer, CsvWriter

from ...services.boards import in_order
from .answers import read_answers
from .frame import read_frame
from .rows import asked_rows

AT_ONCE = 500
FORMAT = "yeondae-board-1"
# Documented in docs/concepts.md; a column is never given another meaning.
COLUMNS = (
    *("respondent_id", "kind", "office", "region", "constituency", "ballot_number"),
    *("name", "hanja", "party", "candidacy", "standing", "standing_on"),
    *("asked_on", "times_reminded", "demand_id", "demand", "answer", "comment"),
)


def as_csv(page):
    """Pieces of a CSV file with a byte order mark, which Excel reads."""
    stream = Buffer()
    writer = CsvWriter(stream, "")
    writer.write(list(COLUMNS))
    for person, cells in _people(page.election):
        said = _person(page, person)
        for answer in [_answer(cell) for cell in cells] or [{}]:
            line = {**said, **answer}
            writer.write([str(line.get(name, "")) for name in COLUMNS])
        yield stream.take(len(stream))
    writer.close()
    yield stream.take(len(stream))


def as_json(page):
    """Pieces of one JSON object, a respondent on each line."""
    election = page.election
    head = {
        "format": FORMAT,
        "licence": "CC BY 4.0",
        "election": {"name": election.name, "vote_on": election.vote_on.isoformat()},
        "page": page.public_url,
    }
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "respondents": ['
    separator = "\n"
    for person, cells in _people(election):
        said = {**_person(page, person), "answers": [_answer(cell) for cell in cells]}
        yield separator + json.dumps(said, ensure_ascii=False)
        separator = ",\n"
    yield "\n]}\n"


def _people(election):
    """Everybody who is asked, with their public answers; 500 at a time, read by place."""
    if not read_frame.about(election, election.pk).is_released:
        return
    keys = list(in_order(asked_rows(election)).values_list("pk", flat=True))
    for start in range(0, len(keys), AT_ONCE):
        part = keys[start : start + AT_ONCE]
        found = {row.pk: row for row in asked_rows(election).filter(pk__in=part)}
        answers = read_answers(list(found.values()), with_comments=True)
        for key in part:
            if key in found:
                yield found[key], list((answers.get(key) or {}).values())


def _person(page, person):
    candidacy = person.candidacy
    post = candidacy.contest.post if candidacy else None
    region = post.region if post else person.region
    asked_on = timezone.localdate(person.asked_at).isoformat() if person.asked_at else ""
    return {
        "respondent_id": str(person.public_id),
        "kind": person.kind,
        "office": post.office if post else "",
        "region": region.full_name if region else "",
        "constituency": post.district_name if post else "",
        "ballot_number": candidacy.ballot_number if candidacy else "",
        "name": person.name,
        "hanja": candidacy.hanja if candidacy else "",
        "party": candidacy.party_name if candidacy else person.party_name,
        "candidacy": candidacy.status if candidacy else "",
        "standing": person.standing,
        "standing_on": person.standing_on.isoformat(),
        "asked_on": asked_on,
        "times_reminded": person.times_reminded or 0,
        "page": f"{settings.SITE_URL}{page.url}respondents/{person.public_id}/",
    }


def _answer(cell):
    return {
        "demand_id": cell.key,
        "demand": cell.title,
        "answer": cell.choice,
        "comment": cell.comment,
    }
