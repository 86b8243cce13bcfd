import pytest

from home.context_processors import Link
from home.templatetags.menus import current_mark

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("path", "mark"),
    [
        ("/about/", "page"),
        ("/about/history/", "true"),
        ("/organisations/", "true"),
        ("/campaigns/", ""),
        ("/", ""),
    ],
)
def test_the_menu_says_where_the_reader_is(path, mark):
    item = Link("소개", "/about/", (Link("회원단체", "/organisations/"),))

    assert current_mark(item, path) == mark


@pytest.mark.parametrize(("path", "mark"), [("/", "page"), ("/about/", "")])
def test_the_front_page_is_no_part_of_the_others(path, mark):
    assert current_mark(Link("첫 화면", "/"), path) == mark
