"""People and things in a few strokes."""

import random
from collections.abc import Iterable

from home.artwork.svg import (
    ACT,
    ACT_LIGHT,
    BRAND_300,
    BRAND_500,
    BRAND_600,
    BRAND_700,
    DEEP,
    PAPER,
    PLUM,
    WHITE,
)

WIDTH, HEIGHT = 1800, 1200
SKIN = ("#F2D3B8", "#E6BE9E", "#D9A983", "#C99672")
HAIR = ("#2B2A2E", "#3A3230", "#4A3B34", "#77706B")
CLOTHES = (BRAND_700, BRAND_600, BRAND_500, BRAND_300, DEEP, "#3A424A", "#C9B79C", PLUM)


def sheet(ground: str, parts: Iterable[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}"><rect width="100%" height="100%" fill="{ground}"/>'
        f"{''.join(parts)}</svg>"
    )


def rect(x, y, width, height, colour, *, round_by=0, turn=0):
    turned = f' transform="rotate({turn} {x + width / 2:.0f} {y + height / 2:.0f})"' if turn else ""
    return (
        f'<rect x="{x:.0f}" y="{y:.0f}" width="{width:.0f}" height="{height:.0f}" '
        f'rx="{round_by}" fill="{colour}"{turned}/>'
    )


def circle(x, y, radius, colour):
    return f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{radius:.0f}" fill="{colour}"/>'


def line(path, colour, width):
    return (
        f'<path d="{path}" stroke="{colour}" stroke-width="{width}" fill="none" '
        'stroke-linecap="round" stroke-linejoin="round"/>'
    )


def shape(path, colour):
    return f'<path d="{path}" fill="{colour}"/>'


def person(x, y, size, chance: random.Random, clothes=None, *, arm="", seen_from="front"):
    """A person whose head is at (x, y); ``arm`` is none, up, or out to the right."""
    skin, hair = chance.choice(SKIN), chance.choice(HAIR)
    coat = clothes or chance.choice(CLOTHES)
    body = (
        f"M{x - 1.55 * size:.0f} {y + 5 * size:.0f}"
        f"Q{x - 1.75 * size:.0f} {y + 1.5 * size:.0f} {x - 0.5 * size:.0f} {y + 1.25 * size:.0f}"
        f"H{x + 0.5 * size:.0f}"
        f"Q{x + 1.75 * size:.0f} {y + 1.5 * size:.0f} {x + 1.55 * size:.0f} {y + 5 * size:.0f}Z"
    )
    reach = {
        "up": (1.9, -0.9),
        "out": (2.9, 2.1),
    }.get(arm)
    parts = [shape(body, coat)]
    if reach:
        hand_x, hand_y = x + reach[0] * size, y + reach[1] * size
        way = f"M{x + 1.15 * size:.0f} {y + 2.1 * size:.0f}L{hand_x:.0f} {hand_y:.0f}"
        parts += [line(way, coat, round(0.75 * size)), circle(hand_x, hand_y, 0.38 * size, skin)]
    parts += [
        rect(x - 0.3 * size, y + 0.6 * size, 0.6 * size, 0.9 * size, skin),
        circle(x, y - 0.12 * size, 1.06 * size, hair),
    ]
    if seen_from == "front":
        parts.append(circle(x, y + 0.16 * size, 0.84 * size, skin))
    return "".join(parts)


def crowd(top, rows, chance, *, size=46, banners=0.0, seen_from="front"):
    """Rows of people, the nearer the larger."""
    parts = []
    for row in range(rows):
        scale = size * (1 + 0.28 * row)
        y = top + row * size * 2.1 * (1 + 0.14 * row)
        x = -chance.uniform(0, 2.6) * scale
        while x < WIDTH + 2 * scale:
            if chance.random() < banners:
                parts.append(banner(x + 0.8 * scale, y - 3.6 * scale, scale, chance))
            arm = "up" if banners and chance.random() < 0.3 else ""
            shift = chance.uniform(-0.4, 0.4) * scale
            parts.append(person(x, y + shift, scale, chance, arm=arm, seen_from=seen_from))
            x += chance.uniform(3.1, 4.1) * scale
    return "".join(parts)


def banner(x, y, size, chance):
    colour = chance.choice((WHITE, ACT, BRAND_300, WHITE, ACT_LIGHT))
    ink = WHITE if colour == ACT else BRAND_700
    return (
        rect(x + 1.2 * size, y + size, 0.16 * size, 3.6 * size, "#8C7A62")
        + rect(x, y, 2.6 * size, 1.6 * size, colour, round_by=6)
        + rect(x + 0.4 * size, y + 0.45 * size, 1.8 * size, 0.22 * size, ink, round_by=4)
        + rect(x + 0.4 * size, y + 0.95 * size, 1.2 * size, 0.22 * size, ink, round_by=4)
    )


def dome(x, y, scale, colour, roof):
    """A parliament's hall: columns under a flat roof, with a dome."""
    columns = "".join(
        rect(x + (n * 74 + 30) * scale, y + 150 * scale, 30 * scale, 250 * scale, colour)
        for n in range(12)
    )
    top = x + 460 * scale
    return (
        shape(
            f"M{top - 230 * scale:.0f} {y + 60 * scale:.0f}"
            f"a{230 * scale:.0f} {190 * scale:.0f} 0 0 1 {460 * scale:.0f} 0Z",
            roof,
        )
        + rect(x + 210 * scale, y + 56 * scale, 500 * scale, 36 * scale, colour)
        + rect(x, y + 92 * scale, 930 * scale, 62 * scale, colour)
        + columns
        + rect(x - 40 * scale, y + 398 * scale, 1010 * scale, 34 * scale, colour)
    )


def house(x, y, size, wall, roof, window=PAPER):
    return (
        rect(x, y, 3 * size, 2.4 * size, wall)
        + shape(
            f"M{x - 0.4 * size:.0f} {y:.0f}L{x + 1.5 * size:.0f} {y - 1.6 * size:.0f}"
            f"L{x + 3.4 * size:.0f} {y:.0f}Z",
            roof,
        )
        + rect(x + 0.5 * size, y + 0.5 * size, 0.7 * size, 0.7 * size, window)
        + rect(x + 1.8 * size, y + 0.9 * size, 0.8 * size, 1.5 * size, window)
    )


def tree(x, y, size, colour):
    return rect(x - 0.14 * size, y, 0.28 * size, 1.6 * size, "#8C7A62") + circle(
        x, y - 0.4 * size, size, colour
    )


def thread(y, colour, width=34, *, bend=120):
    return line(f"M-40 {y}C500 {y - bend} 1200 {y + bend} 1840 {y - bend / 2:.0f}", colour, width)
