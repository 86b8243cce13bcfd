import re
import unicodedata
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from campaigns.forums import services
from campaigns.forums.models import ForumPage, Order, Ticket
from campaigns.forums.views.applying import APPLY_LIMIT, CODE_LIMIT
from home.decorators import BODY_LIMIT
from home.publishing import forget_everything
from tests.campaigns.forums.participant import EMAIL, NAME, asked, payment_of
from tests.campaigns.forums.views.conftest import APPLY, hidden, is_private
from tests.factories.forums import public_session

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", response.content.decode()))


@pytest.mark.sqlite_smoke
def test_three_screens_lead_to_the_account(client, register):
    form = client.get(APPLY)
    assert form.status_code == 200
    assert form["Cache-Control"] == "no-store"

    answer = register(form_key=hidden(form)["form_key"])

    assert answer.status_code == 303
    page = client.get(answer.url)
    assert page.status_code == 200
    assert is_private(page)
    said = text_of(page)
    for told in ("000-12-345678", "사회적경제연대회의", "20,000", "토론회한가람"):
        assert told in said
    assert not any(word in answer.url for word in (NAME, EMAIL, "1234"))


def test_a_phone_shows_at_most_eight_inputs(client, state):
    """All that can be seen, needed or not; two buttons of one choice are one input."""
    page = BeautifulSoup(client.get(APPLY).content, "html.parser")
    seen = [
        field["name"]
        for field in page.select("#apply input, #apply select, #apply textarea")
        if field.get("type") != "hidden" and not field.find_parent(class_="visually-hidden")
    ]

    assert len(set(seen)) == len(seen) - 1 <= 8
    assert {"sessions", "name", "phone", "email", "organisation", "meal_note"} < set(seen)


def test_the_same_form_twice_leads_to_one_order(register):
    first, second = register(), register()

    assert first.status_code == second.status_code == 303
    assert Order.objects.count() == 1


def test_a_form_without_its_key_is_taken(register):
    assert register(form_key="").status_code == 303


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("name", "", "id_name"),
        ("name", "900101-1234567", "id_name"),
        ("phone", "12", "id_phone"),
        ("phone", "", "id_phone"),
        ("email", "garam", "id_email"),
        ("sessions", [], "id_sessions"),
        ("sessions", ["999999"], "id_sessions"),
        ("meal_note", "900101-1234567", "id_meal_note"),
        ("organisation", "가" * 81, "id_organisation"),
        ("homepage", "https://pills.example", "id_homepage"),
    ],
)
def test_bad_input_loses_nothing_and_says_where(register, field, value, told):
    response = register(**{field: value, "wants_receipt": "on"})

    html = response.content.decode()
    assert response.status_code == 422
    assert f'href="#{told}"' in html
    kept = BeautifulSoup(html, "html.parser")
    assert kept.select_one("[name=wants_receipt]").has_attr("checked")
    assert kept.select_one("[name=sessions]").has_attr("checked") == (field != "sessions")
    assert not Order.objects.exists()
    for name, kept in (("name", NAME), ("email", EMAIL), ("phone", "010-0000-1234")):
        assert field == name or f'value="{kept}"' in html


def test_letters_in_pieces_are_put_together(register):
    register(name=unicodedata.normalize("NFD", NAME))

    assert Ticket.objects.get().name == NAME
    assert payment_of(Order.objects.get()).depositor_name == "토론회한가람"


def test_people_are_added_and_taken_out_without_a_script(register, client):
    grown = register(add="1", organisation="가온", wants_receipt="on")
    assert grown.status_code == 200
    assert 'name="name_2"' in grown.content.decode()
    assert 'value="가온"' in grown.content.decode()
    fields = {"people": "3", "name_2": "두나래", "meal_2": "no", "name_3": "이가온"}

    shrunk = register(remove="2", **fields)

    html = shrunk.content.decode()
    assert hidden(shrunk)["people"] == "2"
    assert "이가온" in html
    assert "두나래" not in html
    assert not Order.objects.exists()


@pytest.mark.parametrize(
    ("step", "people", "expected"), [("add", "10", "10"), ("remove", "1", "1")]
)
def test_there_are_one_to_ten_people(register, step, people, expected):
    assert hidden(register(**{step: "x", "people": people}))["people"] == expected


@pytest.mark.parametrize("people", ["", "x", "0", "99"])
def test_a_forged_number_of_people_is_no_error(register, people):
    assert register(people=people).status_code in (303, 422)


def test_several_people_come_on_one_order(register):
    told = {"organisation": "가온", "name_2": "두나래", "meal_2": "no"}
    told |= {"name_3": "이가온", "organisation_3": "나루", "meal_3": "yes", "meal_note_3": "채식"}

    register(people="3", **told)

    order = Order.objects.get()
    assert order.amount_krw == 60_000
    assert [(t.name, t.organisation, t.takes_meal) for t in order.tickets.order_by("number")] == [
        (NAME, "가온", True),
        ("두나래", "가온", False),
        ("이가온", "나루", True),
    ]


def test_each_of_several_people_has_a_name(register):
    response = register(people="2")

    assert response.status_code == 422
    assert 'href="#id_name_2"' in response.content.decode()


def test_outsiders_see_nothing_of_the_members_session(client, make_state):
    make_state(second={"fee_krw": 77_000, "capacity": 13})

    html = client.get(APPLY).content.decode()

    assert "2부 대표자 워크숍" not in html
    assert "77,000" not in html
    assert "20,000" in html


@pytest.mark.sqlite_smoke
def test_a_code_opens_the_members_session(client, register, state, invitation):
    forget_everything()
    opened = register(open="1", code=f" {invitation.code.lower()} ")
    assert opened.status_code == 200
    assert "2부 대표자 워크숍" in opened.content.decode()
    code = hidden(opened)["code"]
    sessions = [str(session.pk) for session in state.sessions]

    answer = register(code=code, sessions=sessions)

    assert answer.status_code == 303
    order = Order.objects.get()
    assert order.invitation == invitation
    assert invitation.organisation.name in client.get(answer.url).content.decode()
    assert invitation.code not in answer.url


@pytest.mark.parametrize("step", [{"open": "1"}, {}], ids=["opening", "registering"])
@pytest.mark.parametrize("revoked", [False, True])
def test_a_wrong_code_opens_nothing_and_says_so(register, invitation, step, revoked):
    if revoked:
        invitation.revoked_at = invitation.made_at
        invitation.save()
    response = register(code=invitation.code if revoked else "ABCD-2222", **step)

    assert response.status_code == 422
    assert "2부 대표자 워크숍" not in response.content.decode()
    assert not Order.objects.exists()


def test_codes_cannot_be_tried_out(register, invitation, clock):
    answers = [register(code="ABCD-2222", open="1") for _ in range(CODE_LIMIT + 1)]

    assert [answer.status_code for answer in answers] == [422] * CODE_LIMIT + [429]
    assert register(code=invitation.code, open="1").status_code == 429


def test_too_many_posts_keep_what_was_typed(register, clock):
    for _ in range(APPLY_LIMIT):
        register(name="")

    response = register()

    assert response.status_code == 429
    assert f'value="{EMAIL}"' in response.content.decode()


def test_the_last_seats_go_while_somebody_types(register, state):
    state.page.pools.update(capacity=1)
    services.place_order(state, asked(state, people=["두나래"]))

    response = register()

    assert response.status_code == 409
    assert "1부 특별 토론회" in text_of(response)
    assert f'value="{EMAIL}"' in response.content.decode()


def test_meals_that_are_gone_can_be_done_without(register, state):
    state.page.pools.filter(kind="meal").update(capacity=0)

    assert register().status_code == 409
    assert register(meal="no").status_code == 303


def test_colleagues_are_named_in_part(register, state, invitation):
    sessions = [str(session.pk) for session in state.sessions if not session.is_public]
    for name, email in (("두나래", "a@gaon.example"), ("이가온", "b@gaon.example")):
        register(name=name, email=email, code=invitation.code, sessions=sessions)

    response = register(code=invitation.code, sessions=sessions)

    assert response.status_code == 409
    assert "두*래, 이*온" in text_of(response)


@pytest.mark.parametrize(
    "change",
    [
        {"registration_closes_at": "past"},
        {"registration_opens_at": "future"},
        {"change": ForumPage.Change.CANCELLED, "change_reason": "장소 사정"},
        {"change": ForumPage.Change.POSTPONED},
    ],
    ids=["over", "to come", "cancelled", "postponed"],
)
def test_a_closed_forum_shows_no_form(client, state, register, change):
    moment = state.page.registration_closes_at
    days = {"past": timedelta(days=-60), "future": timedelta(days=-1)}
    told = {k: moment + days[v] if v in days else v for k, v in change.items()}
    ForumPage.objects.update(**told)
    forget_everything()

    page = client.get(APPLY)

    assert page.status_code == 200
    assert 'name="email"' not in page.content.decode()
    assert register().status_code == 409
    assert not Order.objects.exists()


def test_a_forum_that_is_not_public_has_no_form(client, state):
    ForumPage.objects.update(live=False)
    forget_everything()

    assert client.get(APPLY).status_code == 404
    assert client.get("/nowhere/apply/").status_code == 404


def test_a_post_from_elsewhere_is_refused(register):
    assert register(headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert not Order.objects.exists()


def test_too_long_a_body_is_refused(register):
    response = register(organisation="가" * BODY_LIMIT)

    assert response.status_code == 413
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize("number", [1, 3])
def test_the_form_costs_the_same_however_many_sessions(client, make_state, number):
    day = timezone.localdate() + timedelta(days=14)
    sessions = [public_session(day, part=f"{n}부") for n in range(number)]
    make_state(sessions=sessions, programme=[])
    client.get(APPLY)

    with CaptureQueriesContext(connection) as asked_for:
        response = client.get(APPLY)

    assert response.content.decode().count('name="sessions"') == number
    assert len(asked_for) <= 4
