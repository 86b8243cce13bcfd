import pytest

from demo.scenes import DRAWINGS, draw_scene

pytestmark = pytest.mark.unit


def test_scenes_are_different_pictures_and_each_time_the_same():
    pictures = {name: draw_scene(name) for name in DRAWINGS}
    draw_scene.cache_clear()

    assert len(set(pictures.values())) == len(DRAWINGS)
    assert draw_scene("square") == pictures["square"]
    assert all(picture.startswith(b"\x89PNG") for picture in pictures.values())
