"""How a plait lies in each place of a page."""

from dataclasses import dataclass

from .svg import (
    ACT_PALE,
    BRAND_100,
    BRAND_300,
    BRAND_500,
    BRAND_600,
    BRAND_700,
    DEEP,
    PAPER,
    SURFACE,
    WHITE,
)

ON_PAPER = (BRAND_700, BRAND_600, BRAND_300)
ON_DARK = (BRAND_300, BRAND_500, BRAND_100, BRAND_300, BRAND_500, WHITE)
GREY = ("#CBD2D9", "#B4BFC7")


@dataclass(frozen=True)
class Frame:
    """How a plait lies in its frame.

    The threads cross from ``begins`` on, ``steps`` times. Before that they run loose: ``fan``
    times as far apart, and, if they are ``cut``, with visible ends. Nobody takes part where it
    is ``empty``: all threads are grey.
    """

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
    cut: bool = False
    empty: bool = False
    mirrored: bool = False

    @property
    def dark(self) -> bool:
        return self.ground == DEEP

    @property
    def palette(self) -> tuple[str, ...]:
        if self.empty:
            return GREY
        return ON_DARK if self.dark else ON_PAPER

    @property
    def tail(self) -> float:
        """Where the threads end: beyond the frame, or in it where there is little to weave."""
        return self.width - 20 if self.empty else self.width + 400

    @property
    def align(self) -> str:
        """Which part stays in view: where the threads come together."""
        if self.cut:
            return "xMinYMid"
        return "xMaxYMid" if self.mirrored and not self.turn else "xMidYMid"

    @property
    def middle(self) -> float:
        return (self.threads - 1) / 2

    def y(self, lane: float) -> float:
        return self.height / 2 + (lane - self.middle) * self.lane


FRAMES = {
    "side": Frame(1100, 320, PAPER, threads=7, lane=34, begins=260, steps=14, fan=1.75, cut=True),
    "band": Frame(1800, 240, ACT_PALE, threads=5, lane=42, begins=330, steps=23, mirrored=True),
    "woven": Frame(1440, 300, DEEP, threads=8, lane=38, begins=-80, steps=24),
    "hub": Frame(1280, 220, DEEP, threads=7, lane=38, begins=620, steps=12, fan=1.25),
    "hero": Frame(
        720, 680, DEEP, threads=12, lane=62, step=100, begins=200, steps=9, turn=-28, mirrored=True
    ),
    "card": Frame(480, 240, ACT_PALE, threads=5, lane=40, begins=-80, steps=10, turn=-8),
    "loose": Frame(
        *(320, 96, SURFACE), threads=3, lane=26, begins=210, steps=1, fan=1.1, cut=True, empty=True
    ),
}
