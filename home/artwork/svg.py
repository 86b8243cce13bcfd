"""The little of SVG that our pictures need."""

from collections.abc import Iterable

# Tokens of static/scss/_tokens.scss.
PAPER, ACT_PALE, DEEP, WHITE = "#FBF8F3", "#FDF1EC", "#0A4541", "#FFFFFF"
SURFACE, FOOT = "#F5F7F8", "#06302E"
BRAND_700, BRAND_600, BRAND_500, BRAND_300 = "#0C5B55", "#0E716A", "#198A80", "#6CC3BB"
BRAND_100, BRAND_50 = "#D5EFEC", "#EEF8F7"
ACT, ACT_LIGHT = "#B4441C", "#F19A78"
PLUM, PLUM_LIGHT, PLUM_PALE = "#5B3A8C", "#B49AD6", "#F3EEFA"


def number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def stroke(path: str, colour: str, width: float) -> str:
    return f'<path d="{path}" stroke="{colour}" stroke-width="{number(width)}"/>'


def picture(
    width: float,
    height: float,
    ground: str,
    parts: Iterable[str],
    *,
    kind: str,
    align: str = "xMidYMid",
) -> str:
    """A decorative SVG that fills its frame and is cut at the frame's edges."""
    return (
        f'<svg class="art art--{kind}" viewBox="0 0 {number(width)} {number(height)}" '
        f'preserveAspectRatio="{align} slice" fill="none" aria-hidden="true" focusable="false">'
        f'<rect width="100%" height="100%" fill="{ground}"/>{"".join(parts)}</svg>'
    )
