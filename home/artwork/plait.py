"""엮음: loose threads that come together into a plait. Exactly one of them is 주홍."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from .svg import (
    ACT,
    ACT_LIGHT,
    ACT_PALE,
    BRAND_100,
    BRAND_300,
    BRAND_500,
    BRAND_600,
    BRAND_700,
    DEEP,
    PAPER,
    WHITE,
    number,
    picture,
    stroke,
)

ON_PAPER = (BRAND_700, BRAND_600, BRAND_300, BRAND_500)
ON_DARK = (BRAND_300, BRAND_500, BRAND_100, WHITE)


@dataclass(frozen=True)
class Frame:
    """How a plait lies in its frame. ``begins`` and ``ends`` are the woven part, in steps."""

    width: float
    height: float
    ground: str
    threads: int = 6
    lane: float = 34
    step: float = 66
    begins: float = 0
    steps: int = 20
    turn: int = 0
    fan: float = 1.5
    mirrored: bool = False

    @property
    def dark(self) -> bool:
        return self.ground == DEEP


FRAMES = {
    "side": Frame(640, 360, PAPER, threads=7, lane=36, begins=250, steps=8, fan=1.7),
    "band": Frame(720, 240, ACT_PALE, threads=5, lane=42, begins=300, steps=9, mirrored=True),
    "woven": Frame(720, 300, DEEP, threads=8, lane=38, begins=-80, steps=14),
    "hub": Frame(1280, 220, DEEP, threads=7, lane=38, begins=620, steps=12, fan=1.25),
    "hero": Frame(640, 680, DEEP, threads=9, lane=62, step=96, begins=-180, steps=7, turn=-28),
    "card": Frame(480, 240, ACT_PALE, threads=5, lane=40, begins=-80, steps=10, turn=-8),
    "loose": Frame(360, 160, WHITE, threads=5, lane=22, begins=380, steps=0, fan=1.5),
}
GAP = 4.0


def draw_plait(seed: object, variant: str = "side") -> str:
    """A plait for one of the frames; the same for the same seed."""
    frame = FRAMES[variant]
    plait = Plait(frame, random.Random(f"{variant}:{seed}"))  # noqa: S311 (a picture)
    parts = list(plait.parts())
    if frame.turn:
        middle = f"{number(frame.width / 2)} {number(frame.height / 2)}"
        parts = [f'<g transform="rotate({frame.turn} {middle})">', *parts, "</g>"]
    if frame.mirrored:
        parts = [f'<g transform="matrix(-1 0 0 1 {number(frame.width)} 0)">', *parts, "</g>"]
    return picture(frame.width, frame.height, frame.ground, parts, kind="plait")


class Plait:
    """Lanes whose neighbours change places at each step, over and under by turns."""

    def __init__(self, frame: Frame, chance: random.Random) -> None:
        self.frame = frame
        self.thread_width = frame.lane * 0.52
        palette = ON_DARK if frame.dark else ON_PAPER
        shift = chance.randrange(len(palette))
        colours = [palette[(n + shift) % len(palette)] for n in range(frame.threads)]
        colours[chance.randrange(1, frame.threads - 1)] = ACT_LIGHT if frame.dark else ACT
        self.order = colours
        self.sway = [chance.uniform(-0.35, 0.35) for _ in colours]

    def parts(self) -> Iterator[str]:
        yield from self._loose_ends()
        for step in range(self.frame.steps):
            yield from self._crossings(step)
        if self.frame.steps:
            yield from self._way_out()

    def _y(self, lane: float) -> float:
        middle = (self.frame.threads - 1) / 2
        return self.frame.height / 2 + (lane - middle) * self.frame.lane

    def _loose_ends(self) -> Iterator[str]:
        """Apart from each other where they come from, in their lanes where the plait begins."""
        end = self.frame.begins
        start = min(-40.0, end - 40)
        middle = (self.frame.threads - 1) / 2
        for lane, colour in enumerate(self.order):
            apart = middle + (lane - middle) * self.frame.fan + self.sway[lane]
            bend = start + (end - start) * 0.55
            path = (
                f"M{number(start)} {number(self._y(apart))}"
                f"C{number(bend)} {number(self._y(apart))} {number(bend)} {number(self._y(lane))} "
                f"{number(end + 1)} {number(self._y(lane))}"
            )
            yield stroke(path, colour, self.thread_width)

    def _crossings(self, step: int) -> Iterator[str]:
        x = self.frame.begins + step * self.frame.step
        first = step % 2
        pairs = list(range(first, self.frame.threads - 1, 2))
        resting = set(range(self.frame.threads)) - {lane for p in pairs for lane in (p, p + 1)}
        for lane in resting:
            yield stroke(self._segment(x, lane, lane), self.order[lane], self.thread_width)
        for upper in pairs:
            over, under = (upper, upper + 1) if first else (upper + 1, upper)
            yield stroke(self._segment(x, under, over), self.order[under], self.thread_width)
            gap = self._segment(x, over, under, inset=3)
            yield stroke(gap, self.frame.ground, self.thread_width + 2 * GAP)
            yield stroke(self._segment(x, over, under), self.order[over], self.thread_width)
            self.order[upper], self.order[upper + 1] = self.order[upper + 1], self.order[upper]

    def _way_out(self) -> Iterator[str]:
        x = self.frame.begins + self.frame.steps * self.frame.step
        for lane, colour in enumerate(self.order):
            path = f"M{number(x - 1)} {number(self._y(lane))}H{number(self.frame.width + 400)}"
            yield stroke(path, colour, self.thread_width)

    def _segment(self, x: float, from_lane: int, to_lane: int, inset: float = -1) -> str:
        """From one lane to another in one step; a negative inset lets neighbours overlap."""
        end, bend = x + self.frame.step, self.frame.step * 0.5
        y, target = self._y(from_lane), self._y(to_lane)
        return (
            f"M{number(x + inset)} {number(y)}C{number(x + bend)} {number(y)} "
            f"{number(end - bend)} {number(target)} {number(end - inset)} {number(target)}"
        )
