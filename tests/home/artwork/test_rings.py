from home.artwork import draw_rings
from home.artwork.svg import BRAND_50, BRAND_300, BRAND_600, PLUM, PLUM_LIGHT, PLUM_PALE

from .svg import is_decorative_and_inert, strokes


def test_picture_is_decorative_and_inert():
    assert is_decorative_and_inert(draw_rings(3))


def test_same_seed_draws_the_same_rings():
    assert draw_rings(3) == draw_rings(3)
    assert draw_rings(3) != draw_rings(4)


def test_events_are_plum_and_agreements_green():
    colours = [{colour for _p, colour, _w in strokes(draw_rings(3, plum=plum))} for plum in (1, 0)]

    assert colours == [{PLUM, PLUM_LIGHT, PLUM_PALE}, {BRAND_600, BRAND_300, BRAND_50}]


def test_each_ring_lies_under_its_right_neighbour_and_over_it_again():
    lines = [colour for _path, colour, _width in strokes(draw_rings(2))]
    first, second = lines[1], lines[3]

    assert first != second
    assert lines[2:6] == [BRAND_50, second, BRAND_50, first]
