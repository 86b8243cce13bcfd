"""Every public page in every state: 0 axe violations at 360 and 1280 px, own font, few bytes."""

import gzip
from datetime import timedelta

import pytest
from django.utils import timezone

from petitions.models import Signature

from .axe import violations
from .citizen import EMAIL, PETITION, confirm, fill_in, press_sign, sign
from .mailbox import links_of


def test_no_page_has_a_violation(screen, petition_page):
    found = {}
    for address in ("/", "/campaigns/", "/campaigns/basic-act/", PETITION, "/nowhere/"):
        screen.goto(address)
        found[address] = violations(screen)

    assert found == dict.fromkeys(found, [])


def test_form_with_errors_has_no_violation(screen, petition_page):
    screen.goto(PETITION)
    fill_in(screen, name="=1+1", email="x")
    press_sign(screen)

    assert violations(screen) == []


@pytest.mark.parametrize(
    "dates",
    [{"closes_at": timedelta(days=-1)}, {"opens_at": timedelta(days=1)}],
    ids=["closed", "not-yet-open"],
)
def test_petition_that_takes_no_signature_has_no_violation(screen, petition_page, dates):
    for name, distance in dates.items():
        setattr(petition_page, name, timezone.now() + distance)
    petition_page.save_revision().publish()

    screen.goto(PETITION)

    assert screen.locator("#sign form").count() == 0
    assert violations(screen) == []


def test_way_of_a_signature_has_no_violation(screen, petition_page, mailbox, work):
    sign(screen)
    found = {"check mail": violations(screen)}
    work()
    confirm_link, deny_link = links_of(mailbox.newest_to(EMAIL))[:2]
    for name, address in (("confirm", confirm_link), ("deny", deny_link)):
        screen.goto(address)
        found[name] = violations(screen)
    confirm(screen, confirm_link)
    found["my signature"] = violations(screen)
    screen.click("a.btn-danger-outline")
    found["withdraw"] = violations(screen)
    screen.click("main form button[type=submit]")
    found["withdrawn"] = violations(screen)
    for name, address in (("gone", confirm_link), ("unknown", f"{confirm_link[:-9]}12345678/")):
        screen.goto(address)
        found[name] = violations(screen)

    assert found == dict.fromkeys(found, [])
    assert Signature.objects.get().status == "withdrawn"


def test_hangul_is_set_in_our_own_font_and_the_page_is_light(screen, petition_page):
    """As it is sent: the server of the tests packs nothing, production packs all but fonts."""
    answers = []
    screen.on("response", lambda answer: answers.append(answer))
    screen.goto(PETITION, wait_until="networkidle")
    sizes = {"font": 0, "other": 0}
    for answer in answers:
        kind = answer.request.resource_type
        if kind == "font":
            sizes["font"] += len(answer.body())
        elif kind != "image":
            sizes["other"] += len(gzip.compress(answer.body()))

    assert screen.evaluate("document.fonts.check('17px \"Pretendard Variable\"', '연대')")
    assert 0 < sizes["font"] <= 500_000
    assert 0 < sizes["other"] <= 150_000


def test_nothing_moves_sideways_on_a_phone(phone, petition_page):
    for address in ("/", "/campaigns/basic-act/", PETITION):
        phone.goto(address)
        assert phone.evaluate("document.documentElement.scrollWidth") <= 360


SIZES = """[...document.querySelectorAll(".consent__rows")].map(rows => {
  const read = cell => {
    const style = getComputedStyle(cell);
    return [parseFloat(style.fontSize), Number(style.fontWeight)];
  };
  return {
    key: [...rows.querySelectorAll(".consent__key dd")].map(read),
    rest: [...rows.querySelectorAll("dt, div:not(.consent__key) > dd")].map(read),
  };
})"""


def test_what_matters_most_in_a_consent_is_larger_and_bold(screen, petition_page):
    """korea.md 3.10, test 4 (PIPA decree art. 17(3)): at least a fifth larger than the rest."""
    screen.goto(PETITION)

    consents = screen.evaluate(SIZES)

    assert consents
    for lines in consents:
        largest = max(size for size, _weight in lines["rest"])
        assert lines["key"]
        assert all(size >= 1.2 * largest and weight >= 700 for size, weight in lines["key"])
