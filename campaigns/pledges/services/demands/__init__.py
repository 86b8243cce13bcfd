"""정책요구안: written, reviewed, resolved, published; frozen from then on."""

from .asked import current_versions, demands_asked, label_of, region_keys, with_demands
from .drafts import (
    begin_version,
    free_demands,
    move_demand,
    open_demand_set,
    remove_demand,
    save_demand,
    word_version,
)
from .publishing import publish_version
from .reviewing import back_to_draft, lock_writable, resolve_version, send_to_review
from .texts import WORDED, DemandChange, changed_demands, published_before, says_the_same, text_of

__all__ = [
    "DemandChange",
    "WORDED",
    "back_to_draft",
    "begin_version",
    "changed_demands",
    "current_versions",
    "demands_asked",
    "free_demands",
    "label_of",
    "lock_writable",
    "move_demand",
    "open_demand_set",
    "publish_version",
    "published_before",
    "region_keys",
    "remove_demand",
    "resolve_version",
    "save_demand",
    "says_the_same",
    "send_to_review",
    "text_of",
    "with_demands",
    "word_version",
]
