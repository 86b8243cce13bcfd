"""Uploading through Wagtail's own views: one, several at once, and from a page."""

import json
from contextlib import closing

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.models import UploadedFile

from home.models import SiteDocument, SiteImage
from tests.home.uploads.files import SECRET, encoded, exif, hwp, png_bomb

pytestmark = pytest.mark.django_db

WORDS = {"title": "광장", "description": "광장에 모인 사람들", "portrait_consent": "no_faces"}


def photo(name="a.jpg"):
    return SimpleUploadedFile(name, encoded("JPEG", exif=exif()), "image/jpeg")


def add_one(client, **changes):
    data = {**WORDS, "file": photo(), **changes}
    return client.post("/admin/images/add/", data)


def test_picture_is_stored_without_its_place(admin_client):
    response = add_one(admin_client)

    assert response.status_code == 302
    image = SiteImage.objects.get()
    assert SECRET.encode() not in image.file.read()
    assert (image.width, image.height) == (64, 48)
    assert image.portrait_consent == "no_faces"


def test_words_are_composed(admin_client):
    add_one(admin_client, title="\u1100\u1161", description="\u1102\u1161")

    image = SiteImage.objects.get()
    assert (image.title, image.description) == ("가", "나")


@pytest.mark.parametrize("missing", ["description", "portrait_consent"])
def test_picture_needs_its_words(admin_client, missing):
    response = add_one(admin_client, **{missing: ""})

    assert response.status_code == 200
    assert list(response.context["form"].errors) == [missing]
    assert not SiteImage.objects.exists()


@pytest.mark.parametrize("kind", ["images", "documents"])
def test_nothing_chosen_is_asked_for(admin_client, kind):
    response = admin_client.post(f"/admin/{kind}/add/", WORDS)

    assert list(response.context["form"].errors) == ["file"]


def test_no_consent_is_chosen_beforehand(admin_client):
    form = admin_client.get("/admin/images/add/").context["form"]

    choices = form["portrait_consent"]
    assert [choice.data["value"] for choice in choices] == ["no_faces", "given", "public_scene"]
    assert not any(choice.data["selected"] for choice in choices)


def test_bomb_is_refused_with_what_to_do(admin_client):
    bomb = SimpleUploadedFile("a.png", png_bomb(60_000, 1_000), "image/png")

    response = add_one(admin_client, file=bomb)

    assert "5100만 화소까지" in response.context["form"].errors["file"][0]
    assert not SiteImage.objects.exists()


def test_several_pictures_wait_for_their_words(admin_client):
    answer = admin_client.post("/admin/images/multiple/add/", {"files[]": photo()})

    waiting = UploadedFile.objects.get()
    assert SECRET.encode() not in waiting.file.read()
    prefix = f"uploaded-image-{waiting.pk}"
    form = json.loads(answer.content)["form"]
    assert f'name="{prefix}-portrait_consent"' in form
    assert 'value="a"' in form  # Not "a.jpg".

    url = f"/admin/images/multiple/create_from_uploaded_image/{waiting.pk}/"
    refused = admin_client.post(url, {f"{prefix}-title": "광장"})
    assert not json.loads(refused.content)["success"]
    taken = admin_client.post(url, {f"{prefix}-{name}": word for name, word in WORDS.items()})

    assert json.loads(taken.content)["success"]
    assert SiteImage.objects.get().description == WORDS["description"]
    assert not UploadedFile.objects.exists()


def test_one_of_several_is_refused_with_its_reason(admin_client):
    drawing = SimpleUploadedFile("a.png", b"<svg onload='alert(1)'/>", "image/png")

    answer = admin_client.post("/admin/images/multiple/add/", {"files[]": drawing})

    said = json.loads(answer.content)
    assert not said["success"]
    assert "PNG" in said["error_message"]
    assert not UploadedFile.objects.exists()


def test_words_can_be_changed_without_a_new_file(admin_client):
    add_one(admin_client)
    image = SiteImage.objects.get()

    admin_client.post(f"/admin/images/{image.pk}/", {**WORDS, "credit": "연대회의"})

    image.refresh_from_db()
    assert image.credit == "연대회의"


def add_document(client, name, content):
    file = SimpleUploadedFile(name, content)
    return client.post("/admin/documents/add/", {"title": "성명", "file": file})


@pytest.fixture
def _files_on_disk(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    }


@pytest.mark.usefixtures("_files_on_disk")
def test_document_is_downloaded_under_its_own_name(admin_client, client):
    add_document(admin_client, "\u1109\u1165\u11bc\u1106\u1167\u11bc.hwp", hwp())
    document = SiteDocument.objects.get()

    with closing(client.get(document.url)) as answer:
        answer.getvalue()

    assert document.filename == "성명.hwp"
    assert answer["Content-Type"] == "application/x-hwp"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert "filename*=UTF-8''%EC%84%B1%EB%AA%85.hwp" in answer["Content-Disposition"]


@pytest.mark.usefixtures("_files_on_disk")
def test_pdf_opens_in_the_browser(admin_client, client):
    add_document(admin_client, "성명.pdf", b"%PDF-1.7")

    with closing(client.get(SiteDocument.objects.get().url)) as answer:
        answer.getvalue()

    assert answer["Content-Disposition"].startswith("inline")
    assert answer["Content-Security-Policy"] == "default-src 'none'"


REFUSED = {
    "renamed": ("성명.pdf", hwp(), "HWP"),
    "program": ("성명.pdf", b"MZ", "EXE"),
    "drawing": ("그림.svg", b"<svg/>", "SVG"),
    "unknown": ("성명.hwp", b"\0\1", "HWP"),
    "empty": ("성명.pdf", b"", "비어"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_refused_document_is_told_one_reason(admin_client, kind):
    name, content, reason = REFUSED[kind]

    response = add_document(admin_client, name, content)

    [told] = response.context["form"].errors["file"]
    assert reason in told
    assert not SiteDocument.objects.exists()


@pytest.mark.parametrize("kind", REFUSED)
def test_one_of_several_documents_is_told_the_same_one(admin_client, kind):
    name, content, reason = REFUSED[kind]
    file = SimpleUploadedFile(name, content)

    answer = admin_client.post("/admin/documents/multiple/add/", {"files[]": file})

    said = json.loads(answer.content)
    assert not said["success"]
    assert reason in said["error_message"]
    assert "확장자 ''" not in said["error_message"]
    assert not UploadedFile.objects.exists()


def test_title_of_a_document_is_composed(admin_client):
    add_document(admin_client, "a.pdf", b"%PDF-1.7")
    document = SiteDocument.objects.get()

    admin_client.post(f"/admin/documents/edit/{document.pk}/", {"title": "\u1100\u1161"})

    document.refresh_from_db()
    assert document.title == "가"
