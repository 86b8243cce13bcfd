import time
import unicodedata
from dataclasses import replace
from types import SimpleNamespace
from urllib.parse import urlencode

import pytest

from petitions.forms import AddressForm
from petitions.models import Signature
from petitions.services import PetitionState
from petitions.views.petition import make_form
from privacy.defaults import CONSENTS
from privacy.models import ConsentDefinition, ConsentVersion
from tests.petitions import citizen
from tests.petitions.citizen import CLEANED, EMAIL, NAME

pytestmark = pytest.mark.unit

VERSION = "0123456789abcdef"


def typed(**changes):
    return citizen.typed(form_version=VERSION, **changes)


@pytest.fixture
def state():
    """A petition with the usual consents, as the form needs it; no database behind it."""
    consents = [_consent(fields) for fields in CONSENTS if fields["slug"] != "sensitive"]
    return PetitionState(
        page=SimpleNamespace(asks_comment=True),
        path="/petition/",
        revision_id=None,
        consents=tuple(enumerate(consents)),
        regions=(("11", "서울특별시"), ("26", "부산광역시")),
        region_ids={"11": 1, "26": 2},
    )


def _consent(fields):
    words = {name: value for name, value in fields.items() if name != "slug"}
    version = ConsentVersion(definition=ConsentDefinition(slug=fields["slug"]), **words)
    return version.render(petition="의결해 주십시오", recipients="국회의장", retention="6")


@pytest.fixture
def form(state):
    """Fills in the petition's form: ``form(name=…)``."""

    def fill(**changes):
        filled = make_form(state, typed(**changes))
        filled.is_valid()
        return filled

    return fill


def codes(form):
    """Every field with an error, and the kinds of error."""
    return {
        field: [error.code for error in errors] for field, errors in form.errors.as_data().items()
    }


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


@pytest.mark.parametrize(
    "name",
    [
        "=HYPERLINK(1)",
        "+82 김",
        "-가람",
        "@가람",
        " \u200b=1+1가",
    ],
)
def test_a_spreadsheet_formula_is_no_name(form, name):
    assert codes(form(name=name)) == {"name": ["formula"]}


@pytest.mark.parametrize("name", ["12345", "!!!", "😀😀", "www.광고.kr", "가 https://x.kr", "·"])
def test_what_has_no_letters_or_a_link_is_no_name(form, name):
    assert codes(form(name=name)) == {"name": ["not_a_name"]}


@pytest.mark.parametrize("name", ["", "   ", "\t\n", "\u200b\u200d", "\u3164\u115f", "\x00\x07"])
def test_an_invisible_name_is_no_name(form, name):
    assert codes(form(name=name)) == {"name": ["required"]}


@pytest.mark.parametrize(
    "name",
    [
        "900101-1234567",
        "한가람 9001011234567",
        "900101 2234567",
        "９００１０１－１２３４５６７",
        "050505-3234567",
    ],
)
def test_a_resident_number_is_refused_with_the_reason(form, name):
    filled = form(name=name)

    assert codes(filled) == {"name": ["resident_number"]}


@pytest.mark.parametrize("number", ["900101-1234567", "제 번호는 900101–2234567입니다"])
def test_a_resident_number_in_a_comment_is_refused(form, number):
    assert codes(form(comment=number)) == {"comment": ["resident_number"]}


def test_thirteen_digits_that_are_no_birth_date_are_text(form):
    assert form(comment="의안번호 2100000000000").errors == {}


@pytest.mark.parametrize(
    ("typed_as", "kept"),
    [
        (unicodedata.normalize("NFD", NAME), NAME),
        (f"  {NAME}\u202e ", NAME),
        ("\u2067한\u200b가\u00ad람\ufeff", NAME),
        ("한\x00가\x1b람", NAME),
        ("한   가람\t씨", "한 가람 씨"),
        ("한가람\r\n씨", "한가람 씨"),
        ("Björk Guðmundsdóttir", "Björk Guðmundsdóttir"),
        ("O'Neil-김", "O'Neil-김"),
        ("<b onload=alert('가')>", "<b onload=alert('가')>"),
    ],
)
def test_a_name_is_cleaned_and_else_left_as_it_is(form, typed_as, kept):
    filled = form(name=typed_as)

    assert filled.errors == {}
    assert filled.cleaned_data["name"] == kept
    assert unicodedata.is_normalized("NFC", filled.cleaned_data["name"])


def test_a_cleaned_name_is_in_one_form_whatever_was_removed(form):
    filled = form(name="e\u200b\u0301lise 가람")

    assert filled.cleaned_data["name"] == "élise 가람"


def test_a_name_may_have_forty_signs(form):
    assert form(name="가" * 40).errors == {}
    assert codes(form(name="가" * 41)) == {"name": ["max_length"]}
    assert form(name=unicodedata.normalize("NFD", "각" * 40)).errors == {}


@pytest.mark.parametrize("sign", ["가", "a", "1", "=", "\u202e", "e\u0301", "😀", " ", "9001011"])
@pytest.mark.parametrize("field", ["name", "email", "comment"])
def test_ten_thousand_signs_are_refused_or_cleaned_at_once(form, field, sign):
    begun = time.process_time()
    filled = form(**{field: sign * 10_000})

    assert time.process_time() - begun < 1
    assert filled.is_valid() is (field == "comment" and not sign.strip("\u202e "))
    assert set(filled.errors) <= {field}


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
