"""짜임: the finished weave, turned."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from .svg import (
    ACT_LIGHT,
    BRAND_50,
    BRAND_100,
    BRAND_300,
    BRAND_600,
    BRAND_700,
    DEEP,
    FOOT,
    number,
    picture,
)

WIDTH, HEIGHT, CELL = 480.0, 280.0, 44.0
TURN = -24
THICK, THIN, GAP = 22.0, 20.0, 4.0
COLUMNS, ROWS = range(-2, 14), range(-4, 11)


@dataclass(frozen=True)
class Dye:
    """The colours of a cloth; ``marked`` are of one row each."""

    ground: str
    warp: tuple[str, ...]
    weft: tuple[str, ...]
    marked: tuple[str, ...] = ()


DYES = {
    "pale": Dye(
        BRAND_50, (BRAND_100, BRAND_100, "#BFE6E2"), (BRAND_600, BRAND_700, BRAND_300, BRAND_300)
    ),
    "cover": Dye(
        *(FOOT, (DEEP, BRAND_700), (BRAND_700, DEEP, BRAND_600)), marked=(BRAND_100, ACT_LIGHT)
    ),
}


def draw_cloth(seed: object, variant: str = "pale") -> str:
    """A piece of cloth; the same for the same seed."""
    dye = DYES[variant]
    chance = random.Random(f"cloth:{seed}")  # noqa: S311 (a picture)
    middle = f"{number(WIDTH / 2)} {number(HEIGHT / 2)}"
    parts = [f'<g transform="rotate({TURN} {middle})">', *_threads(chance, dye), "</g>"]
    return picture(WIDTH, HEIGHT, dye.ground, parts, kind="cloth")


def _threads(chance: random.Random, dye: Dye) -> Iterator[str]:
    for column in COLUMNS:
        x = column * CELL - THIN / 2
        yield _bar(x, -300, THIN, 900, chance.choice(dye.warp))
    marked = _marked_rows(chance, dye)
    for row in ROWS:
        colour = marked.get(row) or chance.choice(dye.weft)
        for column in COLUMNS:
            if (row + column) % 2 == 0:
                length = 2 * CELL - THIN - 2 * GAP
                x, y = column * CELL - length / 2, row * CELL - THICK / 2
                yield _bar(x - GAP, y - GAP, length + 2 * GAP, THICK + 2 * GAP, dye.ground)
                yield _bar(x, y, length, THICK, colour)


def _marked_rows(chance: random.Random, dye: Dye) -> dict[int, str]:
    """Where the marked colours run: in rows that are in view."""
    first = chance.randrange(1, 3)
    return {first + 2 * place: colour for place, colour in enumerate(dye.marked)}


def _bar(x: float, y: float, width: float, height: float, colour: str) -> str:
    return (
        f'<rect x="{number(x)}" y="{number(y)}" width="{number(width)}" '
        f'height="{number(height)}" fill="{colour}"/>'
    )
