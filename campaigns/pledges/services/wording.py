"""Words that no text of ours may use before an election."""

from ..text import Wording, find_forbidden, find_ratings, wording_of

__all__ = ["Wording", "find_forbidden", "find_ratings", "wording_of"]
