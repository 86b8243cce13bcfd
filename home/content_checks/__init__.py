"""What an editor should look at before a page goes public. Drafts are never held up."""

from .findings import Finding, Level
from .guard import keep_numbers_back
from .reading import read
from .rules_dates import check_dates
from .rules_election import check_candidates_page, check_election_words
from .rules_hints import check_hints
from .rules_media import SAYS_NOTHING, check_media
from .rules_personal import check_personal_data
from .rules_structure import check_links, check_structure
from .telling import as_message

__all__ = ["SAYS_NOTHING", "Finding", "Level", "as_message", "check_page", "keep_numbers_back"]

RULES = (
    *(check_personal_data, check_election_words, check_candidates_page),
    *(check_media, check_dates),
    *(check_links, check_structure),
)


def check_page(page) -> list[Finding]:
    """All findings, those that hold up publishing first."""
    contents = read(page)
    found = [finding for rule in RULES for finding in rule(page, contents)]
    found += [*check_hints(contents), *getattr(page, "findings", list)()]
    return sorted(dict.fromkeys(found), key=lambda finding: finding.level)
