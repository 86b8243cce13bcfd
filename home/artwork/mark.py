"""매듭: ㅇ and ㄷ linked, the upper arm over, the lower under."""

from .svg import ACT, ACT_LIGHT, BRAND_300, BRAND_600, stroke

RING = "M7 20a13 13 0 1 1 26 0a13 13 0 1 1-26 0"
LOWER, UPPER = "M20 13.5v13h26", "M18.2 14.6h27.8"


def draw_mark(*, dark: bool = False) -> str:
    """The coalition's mark on a light ground, or on a dark one."""
    ring, arm = (BRAND_300, ACT_LIGHT) if dark else (BRAND_600, ACT)
    ground = "#06302E" if dark else "#FFFFFF"
    parts = [
        stroke(LOWER, arm, 5),
        stroke("M32.4 23.8a13 13 0 0 1-3.2 5.4", ground, 9),
        stroke(RING, ring, 5.4),
        stroke("M26 14.6h20", ground, 8.6),
        stroke(UPPER, arm, 5),
    ]
    return (
        '<svg class="mark" viewBox="0 0 48 40" width="48" height="40" fill="none" '
        f'aria-hidden="true" focusable="false">{"".join(parts)}</svg>'
    )
