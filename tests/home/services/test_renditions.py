import pytest
from django.core.files.base import ContentFile
from PIL import Image

from home.models import SiteImage
from home.services import make_all_missing, make_missing
from home.services.renditions import SHAPES, existing, missing_specs, with_renditions
from schedule.registry import stopping
from tests.home.images import store_image
from tests.home.uploads.files import hollow_avif

pytestmark = [pytest.mark.unit, pytest.mark.django_db]


@pytest.fixture
def image():
    return store_image(60, 40)


def test_all_sizes_of_a_picture_are_made_once(image):
    number = make_missing(image)

    made = existing(image)
    assert number == len(made) == 9
    assert {r.file.name.rpartition(".")[2] for r in made.values()} == {"avif", "webp", "jpg"}
    assert make_missing(image) == 0
    assert missing_specs(image) == []


@pytest.mark.parametrize(
    ("width", "height", "shape", "widths"),
    [
        (2000, 1500, "whole", [400, 800, 1200]),
        (900, 700, "whole", [400, 800, 1200]),
        (800, 700, "whole", [400, 800]),
        (60, 40, "whole", [400]),
        (2000, 500, "card", [400, 800]),
        (2000, 200, "card", [400]),
        (2000, 500, "wide", [640, 1200]),
    ],
)
def test_no_size_is_much_wider_than_the_picture(width, height, shape, widths):
    image = SiteImage(width=width, height=height)

    specs = SHAPES[shape].specs(image)

    assert [int(spec.split("-")[1].split("x")[0].split("|")[0]) for spec in specs["avif"]] == widths
    assert len(specs["avif"]) == len(specs["webp"])
    assert len(specs["jpeg"]) == 1


def test_a_crop_keeps_the_focal_point(image):
    """A narrow picture of which only the blue right edge matters."""
    image = store_image(
        900,
        200,
        focal_point_x=850,
        focal_point_y=100,
        focal_point_width=100,
        focal_point_height=100,
    )
    make_missing(image)

    for spec, ratio in (("fill-400x267|format-jpeg", 3 / 2), ("fill-1200x675|format-jpeg", 16 / 9)):
        rendition = image.renditions.get(filter_spec=spec)
        with rendition.file.open() as file, Image.open(file) as crop:
            assert crop.size[0] / crop.size[1] == pytest.approx(ratio, rel=0.02)
            red, _green, blue = crop.convert("RGB").getpixel((5, 5))
            assert blue > 200 > red


def test_another_focal_point_needs_other_crops_only(image):
    make_missing(image)
    image.focal_point_x = image.focal_point_y = 50
    image.focal_point_width = image.focal_point_height = 20
    image.save()

    missing = missing_specs(image)

    assert missing
    assert all(spec.startswith("fill-") for spec in missing)
    assert make_missing(image) == len(missing)


@pytest.mark.parametrize("damage", [b"", b"no picture", hollow_avif()])
def test_a_file_that_can_not_be_read_stops_nothing(image, damage, caplog):
    broken = store_image()
    broken.file.storage.delete(broken.file.name)
    broken.file.storage.save(broken.file.name, ContentFile(damage))

    assert make_missing(broken) == 0
    assert f"Image {broken.pk} can't be read" in caplog.text
    assert make_all_missing() == image.renditions.count()


def test_a_file_that_is_gone_stops_nothing(image):
    image.file.storage.delete(image.file.name)

    assert make_missing(image) == 0


def test_the_sweep_ends_when_the_worker_does(image):
    stopping.set()
    try:
        assert make_all_missing() == 0
    finally:
        stopping.clear()


@pytest.mark.parametrize("rows", [1, 3])
def test_what_is_made_of_many_pictures_is_read_at_once(rows, django_assert_num_queries):
    for _ in range(rows):
        make_missing(store_image(60, 40))

    with django_assert_num_queries(2):
        for image in SiteImage.objects.prefetch_related(with_renditions()):
            assert len(existing(image)) == 9
