"""The provinces as a grid of equal tiles, as far as possible where they lie."""

import csv
from dataclasses import dataclass
from pathlib import Path

from home.network.models import Region

TILE_FILE = Path(__file__).parents[2] / "data" / "tiles.csv"


@dataclass(frozen=True)
class Tile:
    """A region with how many are asked there; row and column count from 1, 0: as it comes."""

    region: Region
    number: int
    url: str
    is_chosen: bool
    row: int = 0
    column: int = 0
    width: int = 1

    @property
    def classes(self):
        placed = f" tile--r{self.row} tile--c{self.column}" if self.row else ""
        return f"tile--w{self.width}{placed}"


def _read_tiles():
    with TILE_FILE.open(encoding="utf-8", newline="") as file:
        return {
            row.pop("code"): {name: int(value) for name, value in row.items()}
            for row in csv.DictReader(file)
        }


PLACES = _read_tiles()


def province_tiles(frame, link, chosen):
    """One tile for each province of election day; a new one without a place stands at the end."""
    return [
        Tile(
            region,
            frame.count(frame.inside(region)),
            link(region=region.code),
            is_chosen=region == chosen,
            **PLACES.get(region.code, {}),
        )
        for region in frame.provinces
    ]


def district_tiles(frame, link, province, chosen):
    """One tile for each city, county and district of a province, in the order of lists."""
    return [
        Tile(
            region,
            frame.count(frame.inside(region)),
            link(region=province.code, district=region.code),
            is_chosen=region == chosen,
        )
        for region in frame.children(province)
    ]
