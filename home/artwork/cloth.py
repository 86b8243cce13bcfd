"""짜임: the finished weave, turned."""

import random
from collections.abc import Iterator

from .svg import BRAND_50, BRAND_100, BRAND_300, BRAND_600, BRAND_700, number, picture

WIDTH, HEIGHT, CELL = 480.0, 280.0, 44.0
TURN = -24
THICK, THIN, GAP = 22.0, 20.0, 4.0


def draw_cloth(seed: object) -> str:
    """A piece of cloth; the same for the same seed."""
    chance = random.Random(f"cloth:{seed}")  # noqa: S311 (a picture)
    middle = f"{number(WIDTH / 2)} {number(HEIGHT / 2)}"
    parts = [f'<g transform="rotate({TURN} {middle})">', *_threads(chance), "</g>"]
    return picture(WIDTH, HEIGHT, BRAND_50, parts, kind="cloth")


def _threads(chance: random.Random) -> Iterator[str]:
    columns, rows = range(-1, 13), range(-3, 10)
    for column in columns:
        x = column * CELL - THIN / 2
        yield _bar(x, -300, THIN, 900, chance.choice((BRAND_100, BRAND_100, "#BFE6E2")))
    for row in rows:
        colour = chance.choice((BRAND_600, BRAND_700, BRAND_300, BRAND_300))
        for column in columns:
            if (row + column) % 2 == 0:
                length = 2 * CELL - THIN - 2 * GAP
                x, y = column * CELL - length / 2, row * CELL - THICK / 2
                yield _bar(x - GAP, y - GAP, length + 2 * GAP, THICK + 2 * GAP, BRAND_50)
                yield _bar(x, y, length, THICK, colour)


def _bar(x: float, y: float, width: float, height: float, colour: str) -> str:
    return (
        f'<rect x="{number(x)}" y="{number(y)}" width="{number(width)}" '
        f'height="{number(height)}" fill="{colour}"/>'
    )
