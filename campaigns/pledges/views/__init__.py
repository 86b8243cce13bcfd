from .elections import edit_contest, open_contest, show_election
from .imports import apply_list, discard_list, show_list, upload_list

__all__ = [
    "apply_list",
    "discard_list",
    "edit_contest",
    "open_contest",
    "show_election",
    "show_list",
    "upload_list",
]
