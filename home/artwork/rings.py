"""고리: rings, alternately over and under."""

import math
from collections.abc import Iterator

from .svg import (
    BRAND_50,
    BRAND_300,
    BRAND_600,
    PLUM,
    PLUM_LIGHT,
    PLUM_PALE,
    number,
    picture,
    stroke,
)

WIDTH, HEIGHT = 480.0, 240.0
RADIUS, THICK, GAP, APART = 62.0, 18.0, 5.0, 84.0


def draw_rings(seed: object, *, plum: bool = False) -> str:
    """A chain of rings: plum for events, green for co-signing and agreements."""
    ground, colours = (
        (PLUM_PALE, (PLUM, PLUM_LIGHT)) if plum else (BRAND_50, (BRAND_600, BRAND_300))
    )
    shift = sum(map(ord, str(seed))) % 2
    return picture(WIDTH, HEIGHT, ground, _chain(ground, colours, shift), kind="rings")


def _chain(ground: str, colours: tuple[str, str], shift: int) -> Iterator[str]:
    centres = [(n - 2.5) * APART + WIDTH / 2 + APART / 2 for n in range(-1, 6)]
    for position, x in enumerate(centres):
        circle = (
            f"M{number(x - RADIUS)} {number(HEIGHT / 2)}"
            f"a{number(RADIUS)} {number(RADIUS)} 0 1 1 {number(2 * RADIUS)} 0"
            f"a{number(RADIUS)} {number(RADIUS)} 0 1 1 {number(-2 * RADIUS)} 0"
        )
        yield stroke(circle, ground, THICK + 2 * GAP)
        yield stroke(circle, colours[(position + shift) % 2], THICK)
        if position:
            arc = _lower_right_arc(centres[position - 1])
            yield stroke(arc, ground, THICK + 2 * GAP)
            yield stroke(arc, colours[(position - 1 + shift) % 2], THICK)


def _lower_right_arc(x: float) -> str:
    """The part of a ring that lies over its right neighbour again."""
    crossing = math.acos(APART / 2 / RADIUS)
    start, end = crossing - 0.42, crossing + 0.42
    first = (x + RADIUS * math.cos(start), HEIGHT / 2 + RADIUS * math.sin(start))
    last = (x + RADIUS * math.cos(end), HEIGHT / 2 + RADIUS * math.sin(end))
    return (
        f"M{number(first[0])} {number(first[1])}"
        f"A{number(RADIUS)} {number(RADIUS)} 0 0 1 {number(last[0])} {number(last[1])}"
    )
