import re

import pytest
from django.template import Context, Template

from home.models import SiteImage
from home.services.renditions import with_renditions
from tests.home.images import note_renditions, store_image

pytestmark = [pytest.mark.unit, pytest.mark.django_db]


def render(image, words='sizes="50vw"'):
    template = Template(f"{{% load pictures %}}{{% responsive image {words} %}}")
    return template.render(Context({"image": image}))


@pytest.fixture
def image():
    return note_renditions(store_image(900, 700))


def test_a_browser_chooses_among_formats_and_widths(image):
    html = render(image)

    assert re.findall(r'<source type="([^"]+)"', html) == ["image/avif", "image/webp"]
    assert re.findall(r" (\d+)w", html) == ["400", "800", "900"] * 2
    assert html.count('sizes="50vw"') == 2
    assert re.search(
        r'<img src="[^"]+\.jpeg" width="800" height="622" alt="[^"]+" loading="lazy"', html
    )


def test_two_widths_that_came_out_the_same_are_one():
    image = note_renditions(store_image(60, 40))

    assert re.findall(r" (\d+)w", render(image)) == ["60", "60"]


@pytest.mark.parametrize(
    ("shape", "width", "height"), [("whole", 800, 622), ("card", 400, 267), ("wide", 900, 506)]
)
def test_a_picture_says_its_size_before_it_is_there(image, shape, width, height):
    html = render(image, f'shape="{shape}"')

    assert f'width="{width}" height="{height}"' in html


def test_the_lead_picture_is_loaded_first(image):
    html = render(image, "lead=True")

    assert 'fetchpriority="high"' in html
    assert "lazy" not in html


@pytest.mark.parametrize(
    ("words", "contextual", "decorative", "alt"),
    [
        ("", None, False, "광장에 모인 사람들"),
        ("", "발언하는 사람", False, "발언하는 사람"),
        ("", "발언하는 사람", True, ""),
        ('alt="다른 말"', None, False, "다른 말"),
        ('alt=""', None, False, ""),
    ],
)
def test_the_alternative_is_that_of_this_place(image, words, contextual, decorative, alt):
    image.contextual_alt_text, image.decorative = contextual, decorative

    assert f'alt="{alt}"' in render(image, words)


def test_words_are_escaped(image):
    image.description = '"><script>'

    assert "<script>" not in render(image)


def test_nothing_is_made_while_a_visitor_waits():
    image = store_image(900, 700)

    html = render(image, 'shape="card"')

    assert image.renditions.count() == 0
    assert f'<picture><img src="{image.file.url}" width="900" height="700"' in html


def test_while_a_crop_is_missing_the_whole_picture_is_shown(image):
    image.renditions.filter(filter_spec__startswith="fill-").delete()

    html = render(image, 'shape="card"')

    assert 'width="800" height="622"' in html
    assert html.count("<source") == 2


def test_while_a_format_is_missing_the_others_are_shown(image):
    image.renditions.filter(filter_spec__endswith="avif").delete()
    image.renditions.filter(filter_spec__endswith="jpeg").delete()

    html = render(image)

    assert re.findall(r'<source type="([^"]+)"', html) == ["image/webp"]
    assert re.search(r'<img src="[^"]+\.webp" width="400"', html)


def test_no_picture_is_nothing():
    assert render(None) == ""


@pytest.mark.parametrize("rows", [1, 3])
def test_many_pictures_cost_no_query_each(rows, image, django_assert_num_queries):
    for _ in range(rows - 1):
        store_image(60, 40)
    images = list(SiteImage.objects.prefetch_related(with_renditions()))

    with django_assert_num_queries(0):
        assert sum(render(image).count("<picture>") for image in images) == rows
