from dataclasses import replace
from urllib.parse import urlencode

import pytest

from petitions.forms import AddressForm
from petitions.models import Signature
from petitions.views.petition import make_form
from tests.petitions.citizen import CLEANED, EMAIL, NAME

from .conftest import VERSION, codes, typed

pytestmark = pytest.mark.unit


def test_what_a_citizen_types_is_taken(form):
    filled = form()

    assert filled.errors == {}
    assert filled.signature_values() == {**CLEANED, "form_version": VERSION}


def test_a_field_left_empty_is_named(state):
    empty = make_form(state, {})

    assert codes(empty) == {
        "name": ["required"],
        "email": ["required"],
        "region": ["required"],
        "consent_collection": ["required"],
        "consent_age": ["required"],
    }
    sentences = [errors[0] for errors in empty.errors.values()]
    assert len(set(sentences)) == len(sentences)


def test_optional_consents_may_stay_empty(form):
    """korea.md 3.10, test 3."""
    filled = form(consent_roll=None, consent_news=None)

    assert filled.errors == {}
    assert (filled.cleaned_data["consent_roll"], filled.cleaned_data["consent_news"]) == (
        False,
        False,
    )


def test_optional_consents_can_be_given_and_refused(form):
    filled = form(consent_roll="no", consent_news="on")

    assert filled.errors == {}
    assert (filled.cleaned_data["consent_roll"], filled.cleaned_data["consent_news"]) == (
        False,
        True,
    )


@pytest.mark.parametrize("slug", ["collection", "age"])
def test_a_needed_consent_is_asked_for_by_its_title(form, state, slug):
    """korea.md 3.10, test 11 among them: the box for those under 14."""
    filled = form(**{f"consent_{slug}": None})

    titles = {consent.slug: consent.title for _pk, consent in state.consents}
    assert list(filled.errors) == [f"consent_{slug}"]
    assert titles[slug] in filled.errors[f"consent_{slug}"][0]


def test_a_needed_choice_is_asked_for(state):
    pk, roll = next((pk, c) for pk, c in state.consents if c.style == "radio")
    needed = replace(roll, kind="sensitive")
    changed = replace(state, consents=((pk, needed),))

    assert codes(make_form(changed, typed(consent_roll=None))) == {"consent_roll": ["required"]}
    assert codes(make_form(changed, typed(consent_roll="no"))) == {"consent_roll": ["required"]}
    assert make_form(changed, typed(consent_roll="yes")).errors == {}


def test_a_choice_that_was_not_offered_is_refused(form):
    assert codes(form(consent_roll="maybe")) == {"consent_roll": ["invalid_choice"]}


def test_an_unknown_consent_is_not_listened_to(form):
    filled = form(consent_everything="on")

    assert filled.errors == {}
    assert "consent_everything" not in filled.signature_values()


@pytest.mark.parametrize("region", ["99", "서울특별시", "11\x00", "11 OR 1=1", "1" * 10_000])
def test_an_unknown_region_is_refused(form, region):
    assert codes(form(region=region)) == {"region": ["invalid_choice"]}


@pytest.mark.parametrize(
    "email",
    [
        *("garam", "garam@", "@mail.example", "garam@mail", "ga ram@mail.example", "a@b@c.kr"),
        *("garam@mail..example", "garam@.example", "garam@mail.example.", "<garam@mail.example>"),
        *("garam@mail.example,x@y.kr", "garam@mail.example\nBcc: x@y.kr", "한가람@mail.example"),
        "javascript:alert(1)",
        "teſt@mail.example",
    ],
)
def test_a_malformed_address_is_refused(form, email):
    assert codes(form(email=email)) == {"email": ["malformed"]}


def test_a_long_address_is_refused(form):
    assert codes(form(email="a" * 300 + "@mail.example")) == {"email": ["too_long"]}


@pytest.mark.parametrize(
    ("typed_as", "kept"),
    [
        (f"  {EMAIL}  ", EMAIL),
        (f"\u200b{EMAIL}\u202e", EMAIL),
        ("Garam+News@Mail.Example", "Garam+News@Mail.Example"),
        ("garam@한국.kr", "garam@한국.kr"),
    ],
)
def test_an_address_is_cleaned(form, typed_as, kept):
    filled = form(email=typed_as)

    assert filled.errors == {}
    assert filled.cleaned_data["email"] == kept


def test_a_comment_keeps_its_lines(form):
    filled = form(comment="첫 줄\r\n\r\n\r\n\r\n둘째   줄\u2028셋째\u202e 줄")

    assert filled.cleaned_data["comment"] == "첫 줄\n\n둘째 줄\n셋째 줄"


def test_a_comment_may_have_two_hundred_signs(form):
    assert form(comment="가" * 200).errors == {}
    too_long = form(comment="가" * 201)

    assert codes(too_long) == {"comment": ["max_length"]}
    assert "200" in too_long.errors["comment"][0]
    assert "201" in too_long.errors["comment"][0]


@pytest.mark.parametrize(
    ("chosen", "kept"), [("full", "full"), ("surname", "surname"), ("", "hidden"), (None, "hidden")]
)
def test_a_name_is_hidden_unless_its_owner_says_otherwise(form, chosen, kept):
    filled = form(name_display=chosen)

    assert filled.errors == {}
    assert filled.cleaned_data["name_display"] == Signature.NameDisplay(kept)


def test_an_unknown_way_of_showing_is_refused(form):
    assert codes(form(name_display="everything")) == {"name_display": ["invalid_choice"]}


def test_the_trap_for_programs_refuses_who_fills_it(form):
    trapped = form(homepage="https://spam.example")

    assert list(trapped.errors) == ["homepage"]
    assert "homepage" not in form().signature_values()


def test_a_petition_without_comments_takes_none(state):
    state.page.asks_comment = False
    filled = make_form(state, typed(comment="한마디"))

    assert filled.errors == {}
    assert "comment" not in filled.fields
    assert "comment" not in filled.signature_values()


def test_without_a_consent_to_it_no_name_is_shown(state):
    asked = tuple((pk, consent) for pk, consent in state.consents if consent.kind != "display")
    filled = make_form(replace(state, consents=asked), typed(name_display="full"))

    assert filled.errors == {}
    assert "name_display" not in filled.fields
    assert "name_display" not in filled.signature_values()


def test_what_was_typed_stays_in_the_form(form):
    filled = form(name=NAME, email="garam@", comment="<b>한마디</b>", consent_age=None)

    html = str(filled)
    assert f'value="{NAME}"' in html
    assert 'value="garam@"' in html
    assert "&lt;b&gt;한마디&lt;/b&gt;" in html


def test_each_consent_comes_with_its_box(form):
    fields = form().consent_fields

    assert [(consent.slug, bound.name) for consent, bound in fields] == [
        (slug, f"consent_{slug}") for slug in ("collection", "roll", "news", "age")
    ]
    assert [consent.slug for consent in form().display_consents] == ["display"]


def test_forms_of_two_petitions_do_not_mix(state):
    without = replace(state, consents=())

    assert make_form(without, typed()).consent_fields == []
    assert len(make_form(state, typed()).consent_fields) == 4


def test_an_address_can_be_corrected_alone():
    assert AddressForm({"email": f" {EMAIL} "}).is_valid()
    assert codes(AddressForm({"email": "garam@"})) == {"email": ["malformed"]}
    assert codes(AddressForm({})) == {"email": ["required"]}


def test_the_same_field_twice_is_taken_once(state, rf):
    body = urlencode([*typed().items(), ("name", "둘째"), ("email", "second@mail.example")])
    posted = rf.post("/", body, content_type="application/x-www-form-urlencoded").POST

    filled = make_form(state, posted)

    assert filled.is_valid()
    assert (filled.cleaned_data["name"], filled.cleaned_data["email"]) == (
        "둘째",
        "second@mail.example",
    )
