"""The scenes by name: a square, a table, a forum, a hall, a village and so on."""

import math
import random
from functools import cache

from home.artwork.svg import (
    ACT,
    ACT_LIGHT,
    ACT_PALE,
    BRAND_50,
    BRAND_100,
    BRAND_300,
    BRAND_500,
    BRAND_600,
    BRAND_700,
    DEEP,
    PAPER,
    PLUM,
    PLUM_LIGHT,
    WHITE,
)
from typesetting.services import render_png

from .figures import (
    WIDTH,
    circle,
    crowd,
    dome,
    house,
    line,
    person,
    rect,
    shape,
    sheet,
    thread,
    tree,
)


def _square(chance):
    hall = dome(340, 190, 1.1, "#DCE6E4", BRAND_300)
    return sheet(BRAND_50, [hall, crowd(610, 4, chance, size=50, banners=0.24)])


def _picket(chance):
    ground = rect(0, 900, WIDTH, 300, "#E9E2D5")
    sign = rect(1010, 470, 330, 420, WHITE, round_by=10) + "".join(
        rect(1050, 530 + 70 * n, (250, 250, 190, 250, 140)[n], 26, ACT if n == 0 else BRAND_700)
        for n in range(5)
    )
    figure = person(880, 440, 92, chance, BRAND_700, arm="out")
    return sheet(PAPER, [dome(60, 330, 1.0, "#E3DDD0", "#C9D8D5"), ground, figure, sign])


def _table(chance):
    parts = [circle(900, 640, 640, "#F1EADB"), circle(900, 640, 330, BRAND_100)]
    parts.append(circle(900, 640, 300, WHITE))
    for n in range(11):
        angle = math.radians(n * 360 / 11 - 90)
        x, y = 900 + 470 * math.cos(angle), 640 + 440 * math.sin(angle)
        coat = ACT if n == 4 else (BRAND_700, BRAND_600, BRAND_300, DEEP, PLUM)[n % 5]
        parts.append(
            f'<ellipse cx="{x:.0f}" cy="{y:.0f}" rx="104" ry="76" fill="{coat}" '
            f'transform="rotate({math.degrees(angle) + 90:.0f} {x:.0f} {y:.0f})"/>'
        )
        parts.append(circle(x, y, 50, chance.choice(("#2B2A2E", "#3A3230", "#77706B"))))
        px, py = 900 + 238 * math.cos(angle), 640 + 228 * math.sin(angle)
        turn = math.degrees(angle) + 90
        parts.append(rect(px - 34, py - 45, 68, 90, BRAND_50, turn=round(turn)))
    return sheet(PAPER, parts)


def _forum(chance):
    screen = rect(330, 110, 1140, 470, WHITE, round_by=12) + "".join(
        rect(
            420,
            190 + 84 * n,
            (760, 960, 620, 840)[n],
            34,
            (ACT, BRAND_100, BRAND_100, BRAND_100)[n],
            round_by=6,
        )
        for n in range(4)
    )
    desk = rect(420, 700, 960, 150, BRAND_600, round_by=10)
    panel = "".join(person(520 + 190 * n, 560, 50, chance) for n in range(5))
    seats = crowd(930, 2, chance, size=64, seen_from="behind")
    return sheet(DEEP, [screen, panel, desk, seats])


def _speaker(chance):
    wall = rect(0, 0, WIDTH, 1200, PLUM_LIGHT) + "".join(
        line(f"M{-200 + 260 * n} -20L{340 + 260 * n} 900", "#C6B2E0", 26) for n in range(9)
    )
    figure = person(620, 360, 130, chance, PLUM, arm="out")
    desk = shape("M380 760H900L840 1200H440Z", WHITE) + rect(590, 850, 110, 26, ACT, round_by=8)
    heads = crowd(1060, 1, chance, size=70, seen_from="behind")
    return sheet(PLUM_LIGHT, [wall, figure, desk, heads])


def _village(chance):
    hills = shape("M0 620Q420 380 900 560T1800 470V1200H0Z", BRAND_100) + shape(
        "M0 800Q520 620 1000 780T1800 700V1200H0Z", BRAND_300
    )
    homes = "".join(
        house(x, y, size, wall, roof)
        for x, y, size, wall, roof in (
            *((210, 560, 60, WHITE, ACT), (560, 500, 48, PAPER, BRAND_700)),
            *((980, 600, 70, WHITE, BRAND_600), (1360, 520, 56, PAPER, ACT_LIGHT)),
        )
    )
    trees = "".join(
        tree(x, y, s, BRAND_600) for x, y, s in ((480, 720, 60), (890, 640, 50), (1300, 700, 70))
    )
    people = "".join(person(260 + 190 * n, 900 + 30 * (n % 2), 44, chance) for n in range(7))
    return sheet("#EAF4F6", [circle(1500, 210, 96, ACT_LIGHT), hills, homes, trees, people])


def _roll(chance):
    boxes = "".join(
        rect(300 + 320 * n, 560 - 70 * (n % 2), 290, 420, ("#D8B98A", "#C9A873")[n % 2], round_by=6)
        + rect(300 + 320 * n, 650 - 70 * (n % 2), 290, 60, WHITE)
        + rect(
            340 + 320 * n,
            670 - 70 * (n % 2),
            (150, 190, 120, 170)[n],
            20,
            ACT if n == 2 else BRAND_700,
        )
        for n in range(4)
    )
    sheets = "".join(
        rect(360 + 300 * n, 330 - 60 * (n % 2), 200, 250, WHITE, turn=(-8, 5, -3, 9)[n])
        for n in range(4)
    )
    floor = rect(0, 980, WIDTH, 220, BRAND_700)
    return sheet(BRAND_100, [sheets, boxes, floor, thread(1080, ACT_LIGHT, 26, bend=60)])


def _agreement(chance):
    rings = "".join(
        f'<circle cx="{560 + 340 * n}" cy="330" r="230" fill="none" stroke="{colour}" '
        'stroke-width="44"/>'
        for n, colour in enumerate((BRAND_300, BRAND_100, BRAND_300))
    )
    left, right = (
        person(560, 560, 96, chance, BRAND_700, arm="out"),
        person(1240, 560, 96, chance, PLUM),
    )
    arm = line("M1120 800L830 770", PLUM, 70) + circle(838, 768, 40, "#E6BE9E")
    table = (
        rect(220, 1010, 1360, 190, WHITE, round_by=8)
        + rect(620, 960, 240, 60, BRAND_50)
        + rect(940, 960, 240, 60, BRAND_50)
    )
    return sheet(BRAND_50, [rings, left, right, arm, table])


def _market(chance):
    stalls = ""
    for n, colour in enumerate((ACT, BRAND_600, PLUM)):
        x = 130 + 540 * n
        stripes = "".join(
            shape(f"M{x + 80 * s} 330h80v120a40 40 0 0 1-80 0z", colour if s % 2 else WHITE)
            for s in range(6)
        )
        fruit = "".join(
            circle(x + 60 + 62 * f, 760, 28, (ACT_LIGHT, BRAND_300, "#E8C36A")[(f + n) % 3])
            for f in range(7)
        )
        stalls += rect(x + 10, 420, 18, 480, "#8C7A62") + rect(x + 452, 420, 18, 480, "#8C7A62")
        stalls += (
            stripes + person(x + 240, 540, 48, chance) + fruit + rect(x, 786, 480, 150, "#D8B98A")
        )
    return sheet(ACT_PALE, [stalls, crowd(980, 1, chance, size=58, seen_from="behind")])


def _classroom(chance):
    board = rect(260, 120, 1280, 520, BRAND_700, round_by=14) + line(
        "M380 480C560 220 740 560 920 330S1300 300 1420 240", BRAND_300, 18
    )
    marks = "".join(
        circle(380 + 208 * n, (480, 330, 420, 330, 350, 240)[n], 20, ACT_LIGHT) for n in range(6)
    )
    teacher = person(1420, 500, 66, chance, ACT, arm="up")
    return sheet(
        "#F4F1EA", [board, marks, teacher, crowd(840, 2, chance, size=58, seen_from="behind")]
    )


def _care(chance):
    room = rect(0, 860, WIDTH, 340, "#E9E2D5") + rect(240, 170, 420, 420, "#DDEBEE", round_by=12)
    window = rect(440, 170, 18, 420, WHITE) + rect(240, 372, 420, 18, WHITE)
    sofa = rect(640, 690, 900, 300, BRAND_300, round_by=60) + rect(
        600, 790, 1000, 240, BRAND_500, round_by=60
    )
    two = person(930, 470, 92, chance, PLUM_LIGHT, arm="out") + person(
        1290, 450, 96, chance, BRAND_700
    )
    return sheet(PAPER, [room, window, tree(360, 520, 70, BRAND_300), sofa, two])


def _hands(chance):
    colours = (BRAND_300, BRAND_500, BRAND_100, ACT_LIGHT, WHITE, BRAND_300, BRAND_500)
    parts = []
    for n, colour in enumerate(colours):
        angle = math.radians(n * 360 / 7 + 12)
        x, y = 900 + 1100 * math.cos(angle), 600 + 900 * math.sin(angle)
        inner_x, inner_y = 900 + 120 * math.cos(angle), 600 + 100 * math.sin(angle)
        parts.append(line(f"M{x:.0f} {y:.0f}L{inner_x:.0f} {inner_y:.0f}", colour, 110))
        parts.append(circle(inner_x, inner_y, 74, ("#F2D3B8", "#E6BE9E", "#D9A983")[n % 3]))
    return sheet(DEEP, parts)


DRAWINGS = {
    "square": _square,
    "picket": _picket,
    "table": _table,
    "forum": _forum,
    "speaker": _speaker,
    "village": _village,
    "roll": _roll,
    "agreement": _agreement,
    "market": _market,
    "classroom": _classroom,
    "care": _care,
    "hands": _hands,
}


@cache
def draw_scene(name: str) -> bytes:
    """The scene as PNG, 1800 × 1200; each time the same."""
    chance = random.Random(f"scene:{name}")  # noqa: S311 (a picture)
    return render_png("demo/picture.typ", {"drawing": DRAWINGS[name](chance)})
