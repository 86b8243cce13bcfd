"""엮음: loose threads that come together into a plait. Exactly one of them is 주홍."""

import random
from collections.abc import Iterator

from .frames import FRAMES, Frame
from .svg import ACT, ACT_LIGHT, number, picture, stroke

GAP = 4.0


def draw_plait(seed: object, variant: str = "side") -> str:
    """A plait for one of the frames; the same for the same seed."""
    frame = FRAMES[variant]
    plait = Plait(frame, random.Random(f"{variant}:{seed}"))  # noqa: S311 (a picture)
    parts = list(plait.parts())
    if frame.mirrored:
        parts = [f'<g transform="matrix(-1 0 0 1 {number(frame.width)} 0)">', *parts, "</g>"]
    if frame.turn:
        middle = f"{number(frame.width / 2)} {number(frame.height / 2)}"
        parts = [f'<g transform="rotate({frame.turn} {middle})">', *parts, "</g>"]
    return picture(frame.width, frame.height, frame.ground, parts, kind="plait", align=frame.align)


class Plait:
    """Lanes whose neighbours change places at each step, over and under by turns.

    Each thread is one line. Where it passes over another, that piece of it is drawn once more,
    on a seam of the ground's colour.
    """

    def __init__(self, frame: Frame, chance: random.Random) -> None:
        self.frame = frame
        self.chance = chance
        self.width = frame.lane * 0.5
        self.colours = self._colours()
        self.lines = [self._loose_end(lane) for lane in range(frame.threads)]
        self.crossings: list[str] = []
        order = list(range(frame.threads))
        for step in range(frame.steps):
            self._cross(step, order)
        self._way_out(order)

    def parts(self) -> Iterator[str]:
        cap = ' stroke-linecap="round"' if self.frame.cut else ""
        yield f"<g{cap}>"
        for line, colour in zip(self.lines, self.colours, strict=True):
            yield stroke(line, colour, self.width)
        yield "</g>"
        yield from self.crossings

    def _colours(self) -> list[str]:
        threads, palette = self.frame.threads, self.frame.palette
        shift = self.chance.randrange(len(palette))
        colours = [palette[(n + shift) % len(palette)] for n in range(threads)]
        if not self.frame.empty:
            inner = range(threads // 3, threads - threads // 3)
            colours[self.chance.choice(inner)] = ACT_LIGHT if self.frame.dark else ACT
        return colours

    def _loose_end(self, lane: int) -> str:
        """From where the thread comes to its lane, where the plait begins."""
        frame, end = self.frame, self.frame.begins
        off = lane - frame.middle
        start = self._cut_end(off) if frame.cut else min(-300.0, end - 60)
        y = frame.y(frame.middle + off * frame.fan + self.chance.uniform(-0.3, 0.3))
        bend = (end - start) * 0.45
        return (
            f"M{number(start)} {number(y)}"
            f"C{number(start + bend)} {number(y + (frame.y(lane) - y) * 0.2)} "
            f"{number(end - bend)} {number(frame.y(lane))} {number(end)} {number(frame.y(lane))}"
        )

    def _cut_end(self, off: float) -> float:
        """The middle threads reach furthest out, the outer ones come from beyond the frame."""
        return 20 + abs(off) * 34 + self.chance.uniform(-12, 12)

    def _cross(self, step: int, order: list[int]) -> None:
        x, first = self.frame.begins + step * self.frame.step, step % 2
        for lane in {0, self.frame.threads - 1}:
            self.lines[order[lane]] += f"H{number(x)}"
        for upper in range(first, self.frame.threads - 1, 2):
            over, under = (upper, upper + 1) if first else (upper + 1, upper)
            for lane, target in ((over, under), (under, over)):
                self.lines[order[lane]] += self._curve(x, lane, target)
            self._show_over(x, over, under, self.colours[order[over]])
            order[upper], order[upper + 1] = order[upper + 1], order[upper]

    def _show_over(self, x: float, lane: int, target: int, colour: str) -> None:
        path = f"M{number(x)} {number(self.frame.y(lane))}{self._curve(x, lane, target)}"
        self.crossings.append(self._seam(x, lane, target))
        self.crossings.append(stroke(path, colour, self.width))

    def _seam(self, x: float, lane: int, target: int) -> str:
        """The middle of the curve only, so that its ends are covered by the thread itself."""
        step, rise = self.frame.step, self.frame.y(target) - self.frame.y(lane)
        y = self.frame.y(lane)
        path = (
            f"M{number(x + 0.18 * step)} {number(y + 0.08 * rise)}"
            f"Q{number(x + 0.32 * step)} {number(y + 0.2 * rise)} "
            f"{number(x + 0.5 * step)} {number(y + 0.5 * rise)}"
            f"T{number(x + 0.82 * step)} {number(y + 0.92 * rise)}"
        )
        return stroke(path, self.frame.ground, self.width + 2 * GAP)

    def _way_out(self, order: list[int]) -> None:
        for thread in order:
            self.lines[thread] += f"H{number(self.frame.tail)}"

    def _curve(self, x: float, lane: int, target: int) -> str:
        """A step's way from one lane to the next."""
        bend, end = self.frame.step * 0.5, x + self.frame.step
        y, goal = self.frame.y(lane), self.frame.y(target)
        return (
            f"C{number(x + bend)} {number(y)} {number(end - bend)} {number(goal)} "
            f"{number(end)} {number(goal)}"
        )
