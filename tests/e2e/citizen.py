"""What the citizen of the stories does in a browser."""

from petitions.models import Signature

PETITION = "/campaigns/basic-act/petition/"
NAME, EMAIL = "김연대", "yeondae@mail.example"


def fill_in(page, *, name=NAME, email=EMAIL):
    page.fill("#id_name", name)
    page.fill("#id_email", email)
    page.select_option("#id_region", label="경기도")
    page.check("#id_consent_collection")
    page.check("#id_consent_age")


def press_sign(page):
    page.click("#sign button[type=submit]")


def sign(page, **values):
    page.goto(PETITION)
    fill_in(page, **values)
    press_sign(page)
    page.wait_for_url("**/check-mail/**")


def confirm(page, mail_link):
    page.goto(mail_link)
    page.click("main .btn-act")
    page.wait_for_url("**/t/s/**")


def counted(petition):
    return Signature.objects.filter(petition=petition).confirmed().count()
