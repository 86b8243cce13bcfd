"""At the door: a supervisor's QR lets a phone in; it finds names, reads codes, enters walk-ins."""

import pytest
import segno
from django.urls import reverse
from playwright.sync_api import expect

from campaigns.forums import services
from campaigns.forums.models import CheckIn, Order
from payments.models import Payment
from payments.services import mark_paid
from tests.browser import StaffClient
from tests.campaigns.forums.participant import asked, payment_of
from tests.factories.accounts import UserFactory
from tests.factories.forums import ForumPageFactory
from tests.factories.tree import publish

from .axe import violations
from .conftest import CHROMIUM_ARGUMENTS, PHONE, listen
from .staff import OFFICE
from .test_staff_can_use_it import WAGTAIL

WIDTH, HEIGHT = 640, 480
READ_QR = """async bytes => {
  const { BarcodeDetector } = await import("/static/dist/qr_detector.js");
  const picture = await createImageBitmap(new Blob([new Uint8Array(bytes)]));
  const [code] = await new BarcodeDetector({ formats: ["qr_code"] }).detect(picture);
  return code.rawValue;
}"""


@pytest.fixture
def state(campaign_page):
    page = publish(ForumPageFactory(parent=campaign_page, slug="forum", first={"capacity": 5}))
    return services.state_of(page)


@pytest.fixture
def supervisor(transactional_db):
    return UserFactory(role="행사 담당", factor=True)


def ticket_of(state, supervisor, name):
    """Registered and paid."""
    order = services.place_order(state, asked(state, people=[name]))
    mark_paid(payment_of(order), method=Payment.Method.ON_SITE, user=supervisor, note="현금")
    return order.tickets.get()


@pytest.fixture
def office(open_page, server_url, supervisor):
    """A browser in which the supervisor is logged in."""
    client = StaffClient()
    client.force_login(supervisor)
    page = open_page(OFFICE)
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": server_url}])
    return page


def code_on_the_screen(office, state):
    """The supervisor makes a code; this is what a phone's camera reads from the screen."""
    office.goto(reverse("forum_doors", args=[state.page.pk]))
    office.fill("[name=label]", "1층 입구")
    office.click("main form .button")
    picture = office.locator("svg.segno").screenshot()
    assert violations(office, known=WAGTAIL) == []
    return office.evaluate(READ_QR, [*picture])


def enrol(phone, address):
    phone.goto(address)
    assert violations(phone) == []
    phone.click("main button")
    expect(phone.locator("#door-code")).to_be_visible()


def type_code(phone, code):
    phone.fill("#door-code", code)
    phone.click("[data-door-code] .btn-act")
    return phone.locator(".door__answer")


def test_names_codes_and_walk_ins(office, phone, state, supervisor, campaign_page):
    here = ticket_of(state, supervisor, "한가람")
    gone = services.place_order(state, asked(state, people=["두나래"])).tickets.get()
    services.cancel_order(gone.order)
    free = publish(ForumPageFactory(parent=campaign_page, slug="other", free=True))
    other = services.state_of(free)
    foreign = services.place_order(other, asked(other, people=["남궁바다"])).tickets.get()
    enrol(phone, code_on_the_screen(office, state))

    phone.fill("#door-query", "한")
    phone.click("[role=search] .btn")
    assert violations(phone) == []
    phone.click(".door__people button")
    expect(phone.locator(".door__name")).to_have_text("한가람")
    assert violations(phone) == []

    expect(type_code(phone, here.code).locator(".alert--info")).to_contain_text("이미 입장")
    expect(type_code(phone, gone.code).locator(".alert--danger")).to_contain_text("취소")
    expect(type_code(phone, foreign.code)).to_contain_text("다른 행사의 참가권")
    expect(phone.locator(".door__answer")).not_to_contain_text("남궁바다")
    unknown = type_code(phone, "ABCDEFGHJK").locator(".alert--danger")
    expect(unknown).to_contain_text("이 코드의 참가권이 없습니다")
    assert violations(phone) == []
    assert CheckIn.objects.count() == 1

    walk_in(phone)
    assert CheckIn.objects.count() == 2
    assert payment_of(Order.objects.get(channel="door")).state == Payment.State.PAID


def walk_in(phone):
    """First without the fee: nothing is lost."""
    phone.click("a[href*='walk-in']")
    assert violations(phone) == []
    phone.fill("#id_name", "강하늘")
    phone.click(".door__entry .btn-act")
    expect(phone.locator(".error-summary")).to_be_focused()
    assert violations(phone) == []
    phone.check("#id_paid")
    phone.click(".door__entry .btn-act")
    expect(phone.locator(".door__name")).to_have_text("강하늘")
    expect(phone.locator("[aria-current] strong")).to_have_text("2 / 2")


def film_of(code, path):
    """What a camera sees that a ticket is held up to: YUV4MPEG2, one frame, in grey."""
    side = 8
    modules = [*segno.make_qr(code, error="q").matrix_iter(scale=side, border=4)]
    left, top = (WIDTH - len(modules)) // 2, (HEIGHT - len(modules)) // 2
    frame = bytearray(b"\xff" * WIDTH * HEIGHT)
    for y, row in enumerate(modules):
        for x, is_dark in enumerate(row):
            frame[(top + y) * WIDTH + left + x] = 16 if is_dark else 235
    colour = b"\x80" * (WIDTH * HEIGHT // 2)
    head = f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F10:1 Ip A1:1 C420jpeg\n".encode()
    path.write_bytes(head + b"FRAME\n" + bytes(frame) + colour)


@pytest.fixture
def phone_with_camera(browser_type, browser_type_launch_args, server_url, tmp_path):
    """``phone_with_camera(code)``: a phone whose camera sees this code and nothing else."""
    browsers, complaints = [], []

    def make(code):
        film_of(code, tmp_path / "ticket.y4m")
        fake = (
            *("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"),
            f"--use-file-for-fake-video-capture={tmp_path / 'ticket.y4m'}",
        )
        arguments = {**browser_type_launch_args, "args": [*CHROMIUM_ARGUMENTS, *fake]}
        browsers.append(browser_type.launch(**arguments))
        context = browsers[-1].new_context(base_url=server_url, viewport=PHONE, locale="ko-KR")
        listen(context, server_url.partition("//")[2], complaints)
        return context.new_page()

    yield make

    for browser in browsers:
        browser.close()
    assert complaints == []


def test_the_camera_reads_a_ticket_and_waits_for_the_next(phone_with_camera, state, supervisor):
    ticket = ticket_of(state, supervisor, "한가람")
    phone = phone_with_camera(ticket.code)
    _door, raw = services.make_door(state.page, "1층 입구", user=supervisor)
    enrol(phone, f"/t/b/{raw}/")

    phone.click("[data-door-camera]")

    expect(phone.locator(".door__name")).to_have_text("한가람")
    assert CheckIn.objects.get().seat.ticket == ticket
    # The same code is still held up: it is not read again, and the camera can be switched off.
    video, button = phone.locator("[data-door-video]"), phone.locator("[data-door-camera]")
    expect(video).to_be_visible()
    expect(phone.locator(".door__answer .alert--success")).to_be_visible()
    assert violations(phone) == []
    button.click()
    expect(video).to_be_hidden()
