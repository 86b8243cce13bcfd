from .lineage import current_successors, region_on
from .loading import LoadReport, load_regions, load_regions_after_migrate
from .region_file import REGION_FILE
from .scopes import body_scope_choices, region_scope_choices, rows_of_bodies, rows_of_regions

__all__ = [
    "REGION_FILE",
    "LoadReport",
    "body_scope_choices",
    "current_successors",
    "load_regions",
    "load_regions_after_migrate",
    "region_on",
    "region_scope_choices",
    "rows_of_bodies",
    "rows_of_regions",
]
