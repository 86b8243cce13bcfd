from home.artwork import draw_mark
from home.artwork.svg import ACT, ACT_LIGHT, BRAND_300, BRAND_600, FOOT, WHITE

from .svg import is_decorative_and_inert, strokes


def test_picture_is_decorative_and_inert():
    assert is_decorative_and_inert(draw_mark())


def test_ring_lies_over_the_lower_arm_and_under_the_upper():
    colours = [colour for _path, colour, _width in strokes(draw_mark())]

    assert colours == [BRAND_600, ACT, WHITE, BRAND_600, WHITE, ACT]


def test_mark_has_colours_for_a_dark_ground():
    colours = {colour for _path, colour, _width in strokes(draw_mark(dark=True))}

    assert colours == {BRAND_300, ACT_LIGHT, FOOT}
