import pytest

from home.artwork.icons import PATHS, draw_icon

from .svg import is_decorative_and_inert, read


@pytest.mark.parametrize("name", sorted(PATHS))
def test_icon_is_decorative_and_takes_the_colour_of_its_word(name):
    icon = draw_icon(name)

    assert is_decorative_and_inert(icon)
    assert read(icon).get("stroke") == "currentColor"


def test_unknown_icon_is_refused():
    with pytest.raises(KeyError):
        draw_icon("no-such-icon")
