from home.artwork import draw_cloth

from .svg import is_decorative_and_inert, read


def test_picture_is_decorative_and_inert():
    assert is_decorative_and_inert(draw_cloth(3))


def test_same_seed_weaves_the_same_cloth_and_another_seed_another():
    assert draw_cloth(3) == draw_cloth(3)
    assert len({draw_cloth(seed) for seed in range(5)}) == 5


def test_cloth_is_turned():
    assert read(draw_cloth(3)).find("g").get("transform") == "rotate(-24 240 140)"


def test_a_cover_is_dark_with_one_thread_in_the_colour_of_acting():
    cover = draw_cloth(3, "cover")

    assert is_decorative_and_inert(cover)
    assert "#06302E" in cover
    assert "#F19A78" in cover
    assert "#F19A78" not in draw_cloth(3)
