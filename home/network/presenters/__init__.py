"""The network as pages show it: directories, the tree of bodies, numbers for reports."""

from .bodies import BodyTree, read_body_tree
from .brief import network_in_brief
from .counts import register_counts
from .directory import Directory
from .regions import RegionEntry, read_regions

__all__ = [
    "BodyTree",
    "Directory",
    "RegionEntry",
    "network_in_brief",
    "read_body_tree",
    "read_regions",
    "register_counts",
]
