import io
from dataclasses import replace

import pytest
from PIL import Image, ImageChops

from home.services.card_design import LARGE, LOOKS, Card, draw_card, one_line

pytestmark = pytest.mark.unit

CARD = Card(
    look="paper",
    seed=7,
    title="멈춰 선 기본법, 국회는 답해야 합니다",
    tag="성명",
    note="2026-14",
    organisation="사회적경제연대회의",
    picture="",
)
TITLE_PLACE = (60, 130, 740, 465)


def opened(card, **kwargs):
    with Image.open(io.BytesIO(draw_card(card, **kwargs))) as picture:
        return picture.convert("RGB")


def ink_in(picture, place):
    """How many pixels of ``place`` differ from the ground."""
    part = picture.crop(place)
    ground = Image.new("RGB", part.size, picture.getpixel((2, 2)))
    return sum(ImageChops.difference(part, ground).convert("L").histogram()[1:])


def noisy_photo():
    photo = io.BytesIO()
    Image.effect_noise((400, 600), 90).convert("RGB").save(photo, "JPEG", quality=90)
    return photo.getvalue()


@pytest.mark.parametrize("look", LOOKS)
def test_card_is_a_small_picture_twice_as_wide_as_high(look):
    card = replace(CARD, look=look)
    picture = draw_card(card)

    assert picture.startswith(b"\x89PNG")
    assert len(picture) < 500_000
    assert opened(card).size == (1200, 600)
    assert draw_card(card) == picture


def test_title_is_set_in_hangul_and_not_in_boxes():
    """A font without these signs would draw the same box for each of them."""
    first, second = (opened(replace(CARD, title=title)) for title in ("기본법", "연대회"))

    assert ink_in(first, TITLE_PLACE) > 2000
    assert ImageChops.difference(first.crop(TITLE_PLACE), second.crop(TITLE_PLACE)).getbbox()


def test_hanja_is_set_too():
    first, second = (opened(replace(CARD, title=title)) for title in ("社會", "連帶"))

    assert ImageChops.difference(first.crop(TITLE_PLACE), second.crop(TITLE_PLACE)).getbbox()


@pytest.mark.parametrize(
    "title",
    [
        '#read("/etc/passwd")',
        '"] #panic()',
        "*굵게* _기울임_ $x$ `코드` @여기 <표> = 제목",
        "가" * 10_000,
        "연대 " * 2_000,
        "✊🏽🌱 함께 ❤️",
        "مرحبا بالعالم",
        "‮뒤집힌 글",
        "줄\n바꿈\t과\x00제어\x1b[31m문자",
        "",
        "한글",
    ],
)
def test_whatever_is_typed_as_title_stays_inside_its_place(title):
    picture = opened(replace(CARD, title=one_line(title, 100)))

    empty = opened(replace(CARD, title=""))
    changed = ImageChops.difference(picture, empty).getbbox()
    left, upper, right, lower = changed or TITLE_PLACE
    assert left >= 60
    assert upper >= 128
    assert right <= 745
    assert lower <= 468


def test_markup_is_shown_as_text():
    star, plain = (opened(replace(CARD, title=title)) for title in ("*연대*", "연대"))

    assert ink_in(star, TITLE_PLACE) > ink_in(plain, TITLE_PLACE)


def test_photograph_takes_the_place_of_the_drawing_and_stays_small():
    photo = noisy_photo()

    picture = draw_card(CARD, photo)

    assert len(picture) < 500_000
    assert picture != draw_card(CARD)
    assert picture == draw_card(CARD, photo)
    assert LARGE < 500_000


def test_digest_changes_with_all_that_is_shown():
    changes = [
        {"title": "다른 제목"},
        {"tag": "논평"},
        {"note": "2026-15"},
        {"organisation": "다른 단체"},
        {"look": "cloth"},
        {"seed": 8},
        {"picture": "images/square.jpg None"},
    ]
    digests = {replace(CARD, **change).digest for change in changes} | {CARD.digest}

    assert len(digests) == len(changes) + 1
    assert replace(CARD).digest == CARD.digest


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("  연대   회의 ", "연대 회의"),
        ("연대", "연대"),
        ("함께 ✊🏽 갑시다 ❤️", "함께 ✊ 갑시다 ❤"),
        ("7월\u00a021일\u2060(화)", "7월\u00a021일\u2060(화)"),
        ("줄\r\n바꿈\x00", "줄 바꿈"),
        ("‮거꾸로", "거꾸로"),
        ("가" * 12, "가가가가가가가가가…"),
        ("가나다라 마바사 아자차카", "가나다라 마바사…"),
    ],
)
def test_line_is_composed_without_what_does_not_show_and_not_too_long(typed, shown):
    assert one_line(typed, 10) == shown
