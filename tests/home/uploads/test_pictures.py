import io
import unicodedata

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import TemporaryUploadedFile
from PIL import Image

from home.uploads import take_picture

from .files import GPS, SECRET, encoded, exif, gif, hollow_avif, hwp, png_bomb, png_chunk, upload

SVG = (
    b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
)


def taken(name, content):
    file = upload(name, content)
    take_picture(file)
    return file


def refusal(name, content):
    with pytest.raises(ValidationError) as caught:
        take_picture(upload(name, content))
    return caught.value.code


@pytest.mark.parametrize(
    ("kind", "ending"),
    [("JPEG", "jpg"), ("PNG", "png"), ("WEBP", "webp"), ("AVIF", "avif"), ("GIF", "gif")],
)
def test_picture_is_named_by_its_content(kind, ending):
    file = taken("사진.jpeg", encoded(kind))

    assert file.name == f"사진.{ending}"
    assert Image.open(file).format == kind


def test_name_is_composed():
    file = taken(unicodedata.normalize("NFD", "광장 사진.PNG"), encoded("PNG"))

    assert file.name == "광장 사진.png"


def test_long_hangul_name_fits_a_disk():
    file = taken("가" * 120 + ".png", encoded("PNG"))

    assert file.name == "가" * 58 + ".png"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_place_and_comments_go(kind):
    content = encoded(kind, exif=exif())
    assert Image.open(io.BytesIO(content)).getexif().get_ifd(GPS)

    file = taken("a.jpg", content)

    stored = file.read()
    picture = Image.open(io.BytesIO(stored))
    assert dict(picture.getexif()) == {}
    assert SECRET.encode() not in stored
    assert picture.size == (64, 48)
    assert file.size == len(stored)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_picture_is_turned_upright(kind):
    file = taken("a.jpg", encoded(kind, exif=exif(orientation=6)))

    picture = Image.open(file)
    assert (picture.format, picture.size) == (kind, (48, 64))
    assert dict(picture.getexif()) == {}


def test_colours_stay():
    profile = b"x" * 128

    file = taken("a.jpg", encoded("JPEG", icc_profile=profile, comment=SECRET.encode()))

    picture = Image.open(file)
    assert picture.info["icc_profile"] == profile
    assert "comment" not in picture.info


def test_png_loses_text_and_what_follows_its_end():
    content = encoded("PNG")
    dirty = content[:33] + png_chunk(b"tEXt", b"Author\0" + SECRET.encode()) + content[33:]

    file = taken("a.png", dirty + b"<script>alert(1)</script>")

    assert file.read() == content


def test_webp_loses_xmp():
    file = taken("a.webp", encoded("WEBP", xmp=SECRET.encode(), exif=exif()))

    stored = file.read()
    assert SECRET.encode() not in stored
    assert b"XMP " not in stored
    assert Image.open(io.BytesIO(stored)).size == (64, 48)


def test_gif_keeps_its_frames_and_loops_but_no_comment():
    file = taken("a.gif", gif(3, comment=b"at home", application=b"XMP DataXMP") + b"trailing")

    assert file.read() == gif(3)
    assert Image.open(file).n_frames == 3


def test_second_picture_of_a_phone_goes():
    out = io.BytesIO()
    first, second = Image.new("RGB", (64, 48)), Image.new("RGB", (32, 24), "red")
    first.save(out, "MPO", save_all=True, append_images=[second])

    file = taken("a.jpg", out.getvalue())

    assert Image.open(file).format == "JPEG"
    assert file.name == "a.jpg"


def test_large_upload_on_disk_is_cleaned_in_place():
    content = encoded("JPEG", exif=exif())
    file = TemporaryUploadedFile("a.jpg", "image/jpeg", len(content), None)
    file.write(content)

    take_picture(file)

    with open(file.temporary_file_path(), "rb") as stored:  # noqa: PTH123 (as the storage does)
        assert SECRET.encode() not in stored.read()


@pytest.mark.parametrize("frames", [1, 200])
def test_short_animation_is_taken(frames):
    assert Image.open(taken("a.gif", gif(frames))).n_frames == frames


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("bomb.png", png_bomb(), "file_too_many_pixels"),
        ("bomb.png", png_bomb(60_000, 1_000), "file_too_many_pixels"),
        ("long.gif", gif(5_000), "too_many_frames"),
        ("drawing.svg", SVG, "svg"),
        ("drawing.png", SVG, "svg"),
        ("drawing.png", b"<!-- a --><svg onload='alert(1)'/>", "svg"),
        ("IMG_0001.HEIC", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(99), "heic"),
        ("paper.png", hwp(), "invalid_image"),
        ("empty.png", b"", "invalid_image"),
        ("cut.jpg", encoded("JPEG", size=(800, 600))[:-900], "broken"),
        ("headless.avif", encoded("AVIF").replace(b"pitm", b"free"), "invalid_image"),
        ("hollow.avif", hollow_avif(), "broken"),
        ("cut.gif", gif(2)[:-4], "broken"),
        ("odd.gif", gif(2)[:-1] + b"\x99", "broken"),
    ],
)
def test_hostile_picture_is_refused(name, content, code):
    assert refusal(name, content) == code


def test_animation_of_large_pictures_is_refused():
    assert refusal("a.gif", gif(23, side=3_000)) == "too_many_frames"


def test_heavy_file_is_refused_before_it_is_read(settings):
    settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10

    assert refusal("a.png", b"x" * 11) == "file_too_large"


def test_png_without_its_end_is_still_a_picture():
    content = encoded("PNG")[:-12]

    assert taken("a.png", content).read() == content
