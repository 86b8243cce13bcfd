"""정책협약의 글: the demands with the answers, as both sides read and sign it."""

from messaging.registry import current_sender

from ..defaults import CLAUSES
from ..exceptions import AnswersIncompleteError
from ..models import Respondent, Response
from .answers import answers_by_demand, versions_of
from .demands import demands_asked, label_of

FORMAT = "yeondae-agreement-1"


def agreement_text(response: Response, *, role: str) -> dict[str, object]:
    """What is signed; the SHA-256 of its canonical JSON goes with each signature.

    Raises AnswersIncompleteError.
    """
    respondent = response.respondent
    versions = versions_of(response)
    answers = answers_by_demand(response)
    demands = demands_asked(versions)
    if any(demand.pk not in answers for demand in demands):
        raise AnswersIncompleteError
    election = respondent.election
    return {
        "format": FORMAT,
        "election": {"name": election.name, "vote_on": election.vote_on.isoformat()},
        "coalition": current_sender().name,
        "respondent": who(respondent),
        "signer": {"role": role},
        "demand_sets": [
            {
                "title": version.demand_set.title,
                "version": version.number,
                "sha256": version.text_sha256,
            }
            for version in versions
        ],
        "demands": [
            {
                "key": str(demand.key),
                "label": label_of(demand),
                "title": demand.title,
                "text": demand.text,
                "answer": answers[demand.pk].choice,
                "comment": answers[demand.pk].comment or "",
            }
            for demand in demands
        ],
        "clauses": list(CLAUSES),
    }


def who(respondent: Respondent) -> dict[str, str]:
    """A respondent as of now, in words: no birth date, no address."""
    candidacy = respondent.candidacy
    if candidacy is None:
        place = respondent.region.full_name if respondent.region else ""
        said = {"name": respondent.party_name, "hanja": "", "party": respondent.party_name}
        return {"id": str(respondent.public_id), "kind": respondent.kind, **said, "post": place}
    return {
        "id": str(respondent.public_id),
        "kind": respondent.kind,
        "name": candidacy.name,
        "hanja": candidacy.hanja,
        "party": candidacy.party_name,
        "post": str(candidacy.contest.post),
    }
