"""An editor uploads a picture and says what is on it and who agreed, in a browser."""

from io import BytesIO

from PIL import Image
from playwright.sync_api import expect

from home.models import SiteImage
from tests.factories.accounts import UserFactory

from .staff import OFFICE, come_in

ALT_TEXT = "국회 앞 광장에 모인 사람들"


def photo():
    file = BytesIO()
    Image.new("RGB", (900, 600), "teal").save(file, "JPEG")
    return {"name": "square.jpg", "mimeType": "image/jpeg", "buffer": file.getvalue()}


def test_a_picture_is_kept_with_its_alt_text_and_the_consent(open_page, home_page):
    office = open_page(OFFICE)
    come_in(office, UserFactory(role="편집자"))
    office.goto("/admin/images/multiple/add/")
    office.wait_for_load_state("networkidle")
    office.set_input_files("input[type=file]", photo())
    form = office.locator("#upload-list form")
    expect(form).to_have_count(1)

    form.locator("[name$=-title]").fill("광장")
    form.locator("[name$=-description]").fill(ALT_TEXT)
    form.get_by_role("radio", name="알아볼 수 있는 사람 모두 동의함").check()
    form.locator("button[type=submit], input[type=submit]").first.click()
    expect(form).to_have_count(0)

    image = SiteImage.objects.get()
    assert (image.title, image.description) == ("광장", ALT_TEXT)
    assert image.portrait_consent == SiteImage.PortraitConsent.GIVEN
