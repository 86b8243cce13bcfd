import unicodedata
import uuid
from datetime import timedelta

import pytest
from django.http import QueryDict
from django.utils import timezone, translation

from home.dates import korean_date, months_after
from petitions import services
from petitions.data_sets import BLOCKED_ADDRESSES, SIGNATURES
from petitions.models import BlockedAddress, PetitionPage, Signature
from privacy.models import ConsentDefinition
from rights.registry import MoveRefusedError, NotTheirsError
from tests.conftest import publish
from tests.factories.petitions import (
    ContinuationFactory,
    InvitationFactory,
    PetitionPageFactory,
    SignatureFactory,
)
from tests.petitions.citizen import EMAIL, NAME, cleaned

SPELT_OTHERWISE = "  GARAM@mail.example "

# What a holding does not tell as a fact, and why.
NOT_TOLD = {
    "id": "a number of the database's; public_id names the row",
    "public_id": "the holding's key",
    "petition": "the holding's title and address",
    "name_index": "made from the name by a secret key",
    "email_index": "made from the address by a secret key",
    "email_rule": "by which rule the index was made: the site's, not the person's",
    "status_before": "where an undo leads; the steps tell what happened",
    "anonymised_at": "empty as long as anything is held",
}


@pytest.fixture
def held(counted_signature):
    return counted_signature


def only(address=EMAIL):
    (holding,) = SIGNATURES.find(address)
    return holding


def typed(form, **changes):
    data = QueryDict(mutable=True)
    data.update({**form.initial, **changes})
    return data


@pytest.mark.sqlite_smoke
def test_each_field_about_a_person_is_told(held):
    """Whoever adds a field to the model tells its owner of it, or says here why not."""
    told = {fact.name for fact in only().facts}
    fields = {
        field.name if field.is_relation else field.attname for field in Signature._meta.fields
    }

    assert told == fields - set(NOT_TOLD)


def test_each_table_about_a_signature_is_told():
    """Whoever points a row of a new table at a signature tells its owner, or says here why not."""
    pointing = {
        f"{relation.related_model._meta.label}.{relation.field.name}"
        for relation in Signature._meta.get_fields(include_hidden=True)
        if relation.auto_created and relation.is_relation
    }

    assert pointing == {
        "petitions.CountDelta.signature",  # says no more than the state; gone within seconds
        "petitions.Invitation.signature",  # told as steps
    }


def test_being_asked_to_go_on_is_told(held, campaign_page):
    after = PetitionPageFactory(parent=campaign_page, title="다음 국회의 기본법")
    InvitationFactory(
        signature=held,
        continuation=ContinuationFactory(old=held.petition, new=after),
        continued_at=timezone.now(),
    )

    steps = only().steps

    assert len(steps) == 2
    assert all("다음 국회의 기본법" in step.what for step in steps)


def test_values_are_those_of_the_row(state):
    services.sign_petition(state, cleaned(comment="첫째 줄\n둘째 줄", name_display="surname"))
    row = Signature.objects.get()

    holding = only(SPELT_OTHERWISE)

    values = {fact.name: fact.value for fact in holding.facts}
    assert (values["name"], values["email"], values["comment"]) == (NAME, EMAIL, row.comment)
    assert (values["reference"], values["number"], values["confirmed_at"]) == (
        row.reference,
        "",
        "",
    )
    assert korean_date(row.created_at) in values["created_at"]
    assert (holding.key, holding.title) == (str(row.public_id), row.petition.title)
    assert holding.url == row.petition.url


def test_nothing_is_held_on_a_stranger_or_on_who_has_left(held):
    assert SIGNATURES.find("stranger@mail.example") == []

    SIGNATURES.withdraw(EMAIL, str(held.public_id))

    assert SIGNATURES.find(EMAIL) == []


@pytest.mark.parametrize("number", [1, 3])
def test_looking_up_costs_the_same_for_one_and_for_three(
    number, held, campaign_page, django_assert_num_queries
):
    for _more in range(number - 1):
        page = PetitionPageFactory(parent=campaign_page)
        publish(page)
        SignatureFactory(petition=page, region=held.region, email=EMAIL, confirmed=True)
    services.invalidate_signature(held.public_id, actor="1", reason="중복")
    SIGNATURES.find(EMAIL)

    with django_assert_num_queries(6):
        assert len(SIGNATURES.find(EMAIL)) == number


def test_the_words_of_consents_are_those_of_the_day(held):
    page = PetitionPage.objects.get()
    page.title, page.roll_recipients = "다른 제목", "국회의장과 위원회"
    publish(page)

    holding = only()

    assert holding.words_then["recipients"] == "국회의장"
    assert holding.words_then["petition"] != "다른 제목" == holding.words_now["petition"]


def test_the_office_s_steps_are_told_with_their_reason(held):
    services.invalidate_signature(held.public_id, actor="1", reason="중복된 서명")
    services.correct_signature(held.public_id, {"name": "한누리"})

    with translation.override("en"):
        steps = only().steps

    assert [(step.who, step.reason) for step in steps] == [
        ("the office", "중복된 서명"),
        ("yourself", ""),
    ]


def test_when_it_goes(held):
    petition = held.petition
    longest = korean_date(months_after(timezone.localdate(held.created_at), 24))
    assert "6개월" in only().kept_until
    assert longest in only().kept_until

    petition.hand_over_on = timezone.localdate().replace(year=2026, month=12, day=2)
    publish(petition)

    assert only().kept_until.startswith("2027년\u00a06월\u00a02일")


def test_who_has_not_confirmed_goes_in_a_month(signature):
    month_later = signature.created_at + timedelta(days=30)

    assert only().kept_until == korean_date(month_later)


@pytest.mark.sqlite_smoke
def test_the_form_shows_what_is_stored_and_corrects_it(held):
    key = str(held.public_id)
    form = SIGNATURES.correction_form(EMAIL, key, None)
    assert (form.initial["name"], form.initial["region"]) == (NAME, held.region.code)
    decomposed = unicodedata.normalize("NFD", "한누리")
    assert decomposed != "한누리"

    bound = SIGNATURES.correction_form(
        EMAIL, key, typed(form, name=decomposed, name_display="full", comment="")
    )

    assert bound.is_valid(), bound.errors
    SIGNATURES.correct(EMAIL, key, bound.cleaned_data)
    SIGNATURES.correct(EMAIL, key, bound.cleaned_data)
    held.refresh_from_db()
    assert (held.name, held.name_display) == ("한누리", "full")


def test_another_text_beside_the_choice_must_be_read_first(held):
    key = str(held.public_id)
    form = SIGNATURES.correction_form(EMAIL, key, None)
    definition = ConsentDefinition.objects.get(slug="display")
    definition.purpose = "서명 페이지와 소식지에 이름을 보입니다."
    definition.save()

    bound = SIGNATURES.correction_form(EMAIL, key, typed(form, name_display="full"))

    assert not bound.is_valid()
    assert bound.data["display_text"] == bound.display.text_hash
    again = SIGNATURES.correction_form(EMAIL, key, typed(form, **bound.data))
    assert again.is_valid(), again.errors


def test_a_petition_that_shows_no_names_asks_for_no_display(held):
    held.petition.petition_consents.filter(definition__slug="display").delete()
    key = str(held.public_id)

    form = SIGNATURES.correction_form(EMAIL, key, None)

    assert "name_display" not in form.fields
    bound = SIGNATURES.correction_form(EMAIL, key, typed(form, name="한누리"))
    assert bound.is_valid(), bound.errors
    SIGNATURES.correct(EMAIL, key, bound.cleaned_data)
    held.refresh_from_db()
    assert held.name == "한누리"


def test_a_region_that_is_no_more_can_stay(held):
    held.region.valid_until = timezone.localdate() - timedelta(days=1)
    held.region.save()
    key = str(held.public_id)
    form = SIGNATURES.correction_form(EMAIL, key, None)

    bound = SIGNATURES.correction_form(EMAIL, key, typed(form, name="한누리"))

    assert bound.is_valid(), bound.errors
    SIGNATURES.correct(EMAIL, key, bound.cleaned_data)
    held.refresh_from_db()
    assert (held.name, held.region.code) == ("한누리", form.initial["region"])


@pytest.mark.parametrize("key", ["", "nonsense", str(uuid.UUID(int=7))])
def test_a_key_of_nobody_opens_nothing(held, key):
    with pytest.raises(NotTheirsError):
        SIGNATURES.correction_form(EMAIL, key, None)


@pytest.mark.parametrize("verb", ["correct", "withdraw", "erase", "move"])
def test_nobody_reaches_the_rows_of_others(held, verb):
    arguments = {"correct": ({},), "move": ("new@mail.example",)}.get(verb, ())

    with pytest.raises(NotTheirsError):
        getattr(SIGNATURES, verb)("stranger@mail.example", str(held.public_id), *arguments)

    held.refresh_from_db()
    assert held.email == EMAIL


def test_withdrawing_lowers_the_count_at_once(held):
    SIGNATURES.withdraw(EMAIL, str(held.public_id))

    assert services.live_count(held.petition_id).online == 0


def test_moving_tells_why_it_can_t(held):
    key = str(held.public_id)
    SignatureFactory(petition=held.petition, region=held.region, email="new@mail.example")
    with pytest.raises(MoveRefusedError, match="."):
        SIGNATURES.move(EMAIL, key, "new@mail.example")
    services.deny_signature(Signature.objects.exclude(pk=held.pk).get().public_id)
    with pytest.raises(MoveRefusedError, match="."):
        SIGNATURES.move(EMAIL, key, "new@mail.example")

    SIGNATURES.move(EMAIL, key, "other@mail.example")

    assert only("other@mail.example").key == key


def test_a_blocked_address_is_told_and_lifted_by_its_owner(held):
    services.deny_signature(held.public_id)
    (holding,) = BLOCKED_ADDRESSES.find(EMAIL)
    with pytest.raises(NotTheirsError):
        BLOCKED_ADDRESSES.erase("stranger@mail.example", holding.key)

    BLOCKED_ADDRESSES.erase(EMAIL, holding.key)

    assert not BlockedAddress.objects.exists()
    assert BLOCKED_ADDRESSES.find(EMAIL) == []
    with pytest.raises(NotTheirsError):
        BLOCKED_ADDRESSES.erase(EMAIL, holding.key)
