"""매듭: ㅇ and ㄷ linked, the upper arm over, the lower under."""

import math

from .svg import ACT, ACT_LIGHT, BRAND_300, BRAND_600, FOOT, WHITE, number, stroke

X, Y, RADIUS, RING_WIDTH, ARM_WIDTH, GAP = 17.0, 20.0, 13.0, 4.6, 4.6, 1.7
UPPER, LOWER, LEFT, RIGHT = 15.2, 24.8, 17.0, 45.0
CIRCLE = f"M{number(X - RADIUS)} 20a13 13 0 1 1 26 0a13 13 0 1 1-26 0"
DIGEUT = f"M{number(RIGHT)} {number(UPPER)}H{number(LEFT)}V{number(LOWER)}H{number(RIGHT)}"


def draw_mark(*, dark: bool = False) -> str:
    """The coalition's mark on white, or on the dark ground of the footer."""
    ring, arm, ground = (BRAND_300, ACT_LIGHT, FOOT) if dark else (BRAND_600, ACT, WHITE)
    parts = [
        stroke(CIRCLE, ring, RING_WIDTH),
        stroke(DIGEUT, arm, ARM_WIDTH),
        stroke(_arc(8, 58), ground, RING_WIDTH + 2 * GAP),
        stroke(_arc(0, 72), ring, RING_WIDTH),
        stroke(f"M22.5 {number(UPPER)}H33", ground, ARM_WIDTH + 2 * GAP),
        stroke(f"M21 {number(UPPER)}H36", arm, ARM_WIDTH),
    ]
    return (
        '<svg class="mark" viewBox="0 0 48 40" width="48" height="40" fill="none" '
        f'aria-hidden="true" focusable="false">{"".join(parts)}</svg>'
    )


def _arc(start: float, end: float) -> str:
    """The part of the ring between two angles, where it lies over the lower arm."""
    x, y, to_x, to_y = (
        value
        for angle in (math.radians(start), math.radians(end))
        for value in (X + RADIUS * math.cos(angle), Y + RADIUS * math.sin(angle))
    )
    return f"M{number(x)} {number(y)}A13 13 0 0 1 {number(to_x)} {number(to_y)}"
