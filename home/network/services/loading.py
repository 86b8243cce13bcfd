from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.apps.registry import Apps
from django.db import models, transaction

from ..models import Region
from .region_file import REGION_FILE, RegionRow, RegionTable, read_regions

FIELDS = (
    *("code", "kind", "name", "short_name", "parent_id"),
    *("valid_from", "valid_until", "source", "sort_order"),
)
Link = Region.successors.through


@dataclass
class LoadReport:
    """What happened to the regions, or would happen."""

    added: list[Region] = field(default_factory=list)
    changed: list[Region] = field(default_factory=list)
    unchanged: list[Region] = field(default_factory=list)
    # In the database but not in the file. Never deleted: somebody may have chosen them.
    unknown: list[Region] = field(default_factory=list)


def load_regions(path: Path = REGION_FILE, *, write: bool = True) -> LoadReport:
    """Make the regions in the database those of the file; safe to run again.

    Refuses a file that contradicts itself (``RegionFileError``) before it writes anything.
    A region keeps its row, also when its first day is corrected; none is ever deleted. With
    ``write=False`` it only reports.
    """
    loader = _Loader(read_regions(path))
    if write and not loader.agrees():
        with transaction.atomic():
            loader.write()
    return loader.report()


def load_regions_after_migrate(apps: Apps, **_kwargs: object) -> None:
    """For post_migrate; waits while the table is not, or not yet, the one of these models."""
    try:
        migrated = apps.get_model("network", "Region")
    except LookupError:
        return
    if _columns(migrated) == _columns(Region):
        load_regions()


class _Loader:
    """One file beside the database: two queries, and no more when they agree."""

    def __init__(self, table: RegionTable):
        self.table = table
        known = {(one.code, one.valid_from): one for one in Region.objects.order_by("pk")}
        self.before = {one.pk: _values(one) for one in known.values()}
        self.regions = _match(table.rows, known)
        self.unknown = list(known.values())
        self.added = [region for region in self.regions.values() if not region.pk]
        self.links: dict[int, set[int]] = defaultdict(set)
        for old, new in Link.objects.values_list("from_region_id", "to_region_id"):
            self.links[old].add(new)
        for row in table.rows:
            self._fill(row)
        self.changed = [self.regions[row.line] for row in table.rows if self._differs(row)]

    def agrees(self) -> bool:
        return not (self.added or self.changed)

    def report(self) -> LoadReport:
        touched = {id(region) for region in (*self.added, *self.changed)}
        unchanged = [one for one in self.regions.values() if id(one) not in touched]
        return LoadReport(self.added, self.changed, unchanged, self.unknown)

    def write(self) -> None:
        for kind in Region.Kind:
            rows = [row for row in self.table.rows if row.kind == kind]
            for row in rows:
                self._fill(row)
            new = [self.regions[row.line] for row in rows]
            Region.objects.bulk_create(one for one in new if not one.pk)
        if self.changed:
            Region.objects.bulk_update(self.changed, FIELDS)
        self._write_links()

    def _fill(self, row: RegionRow) -> None:
        region, parent = self.regions[row.line], self.table.parent(row)
        region.code, region.kind = row.code, row.kind
        region.name, region.short_name = row.name, row.short_name
        region.valid_from, region.valid_until = row.valid_from, row.valid_until
        region.source, region.sort_order = row.source, self.table.position(row)
        region.parent = self.regions[parent.line] if parent else None

    def _differs(self, row: RegionRow) -> bool:
        region = self.regions[row.line]
        if not region.pk:
            return False
        return _values(region) != self.before[region.pk] or (
            self._wanted_links(row) != self.links[region.pk]
        )

    def _wanted_links(self, row: RegionRow) -> set[int]:
        return {self.regions[successor.line].pk for successor in self.table.successors(row)}

    def _write_links(self) -> None:
        missing = []
        for row in self.table.rows:
            old, wanted = self.regions[row.line].pk, self._wanted_links(row)
            if outdated := self.links[old] - wanted:
                Link.objects.filter(from_region_id=old, to_region_id__in=outdated).delete()
            missing += [
                Link(from_region_id=old, to_region_id=new) for new in wanted - self.links[old]
            ]
        Link.objects.bulk_create(missing)


def _columns(model: type[models.Model]) -> set[str | None]:
    return {field.column for field in model._meta.concrete_fields}


def _values(region: Region) -> tuple[object, ...]:
    return tuple(getattr(region, name) for name in FIELDS)


def _match(rows: list[RegionRow], known: dict[tuple[str, date], Region]) -> dict[int, Region]:
    """The region of each line, taken out of ``known``; a fresh one if there is none.

    Found by code and first day, else by code and a day in common.
    """
    found = {row.line: known.pop(row.key) for row in rows if row.key in known}
    for row in rows:
        if row.line not in found:
            key = next((key for key, one in known.items() if _same(row, one)), None)
            found[row.line] = known.pop(key) if key else Region()
    return found


def _same(row: RegionRow, region: Region) -> bool:
    return row.code == region.code and row.overlaps(region.valid_from, region.last_day)
