import pytest

from home.artwork.frames import FRAMES
from home.artwork.plait import draw_plait
from home.artwork.svg import ACT, ACT_LIGHT

from .svg import is_decorative_and_inert, read, strokes

WITH_PEOPLE = sorted(name for name, frame in FRAMES.items() if not frame.empty)


@pytest.mark.parametrize("variant", sorted(FRAMES))
def test_picture_is_decorative_and_inert(variant):
    assert is_decorative_and_inert(draw_plait(7, variant))


@pytest.mark.parametrize("variant", sorted(FRAMES))
def test_same_seed_draws_the_same_picture_and_another_seed_another(variant):
    assert draw_plait(7, variant) == draw_plait(7, variant)
    assert len({draw_plait(seed, variant) for seed in range(5)}) == 5


@pytest.mark.parametrize("variant", WITH_PEOPLE)
@pytest.mark.parametrize("seed", range(6))
def test_exactly_one_thread_takes_part(variant, seed):
    threads = strokes(draw_plait(seed, variant))[: FRAMES[variant].threads]

    assert sum(colour in (ACT, ACT_LIGHT) for _path, colour, _width in threads) == 1


def test_nobody_takes_part_where_nothing_is_yet():
    colours = {colour for _path, colour, _width in strokes(draw_plait(1, "loose"))}

    assert not colours & {ACT, ACT_LIGHT}


def test_thread_passes_over_another_on_a_wider_seam_of_the_ground():
    frame = FRAMES["side"]
    crossings = strokes(draw_plait(1, "side"))[frame.threads :]
    seams, pieces = crossings[::2], crossings[1::2]

    assert len(seams) == frame.steps * (frame.threads - 1) / 2
    assert {colour for _path, colour, _width in seams} == {frame.ground}
    assert all(
        3 <= (seam_width - width) / 2 <= 5
        for (_s, _c, seam_width), (_p, _d, width) in zip(seams, pieces, strict=True)
    )


def test_only_where_threads_are_cut_their_ends_are_round_and_stay_in_view():
    loose_ends = {name: read(draw_plait(1, name)).find(".//g[@stroke-linecap]") for name in FRAMES}
    in_view = {name: read(draw_plait(1, name)).get("preserveAspectRatio") for name in FRAMES}

    assert {name for name, ends in loose_ends.items() if ends is not None} == {"loose", "side"}
    assert in_view["side"] == "xMinYMid slice"
    assert in_view["band"] == "xMaxYMid slice"
