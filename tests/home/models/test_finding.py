import unicodedata

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from home.models import SearchSynonym, ShortLink

pytestmark = [pytest.mark.unit, pytest.mark.django_db]


def cleaned(words):
    synonym = SearchSynonym(words=words)
    synonym.full_clean()
    return synonym.words


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("사경기본법,사회적경제기본법", "사경기본법, 사회적경제기본법"),
        (" 사경기본법 ，사회연대경제  기본법、", "사경기본법, 사회연대경제 기본법"),
        ("사회적경제; Social  Economy", "사회적경제, Social Economy"),
        (unicodedata.normalize("NFD", "돌봄, 통합돌봄"), "돌봄, 통합돌봄"),
        ("돌봄, 돌봄, 통합돌봄", "돌봄, 통합돌봄"),
    ],
)
def test_synonyms_are_kept_in_one_form(words, kept):
    assert cleaned(words) == kept


@pytest.mark.parametrize(
    "words",
    [
        "기본법",
        "기본법,",
        "기본법, 기본법",
        "사회적경제, 사회적 경제",
        "법, 기본법",
        "!!, 기본법",
        ",,",
    ],
)
def test_one_word_or_a_single_letter_is_refused(words):
    with pytest.raises(ValidationError) as refusal:
        cleaned(words)

    assert set(refusal.value.message_dict) == {"words"}


def short_link(**fields):
    link = ShortLink(**{"slug": "forum", "url": "https://example.org/", **fields})
    link.full_clean()
    return link


@pytest.mark.parametrize(
    ("slug", "kept"),
    [
        ("토론회신청", "토론회신청"),
        (unicodedata.normalize("NFD", "토론회신청"), "토론회신청"),
        ("Forum-2026", "forum-2026"),
    ],
)
def test_short_address_is_kept_in_one_form(slug, kept):
    assert short_link(slug=slug).slug == kept


@pytest.mark.parametrize("slug", ["admin", "QR", "a b", "토론/회", "a" * 41, "", "?x"])
def test_short_address_must_be_free_and_sayable(slug):
    with pytest.raises(ValidationError) as refusal:
        short_link(slug=slug)

    assert "slug" in refusal.value.message_dict


def test_short_address_is_given_once_whatever_its_form():
    short_link(slug="토론회").save()

    with pytest.raises(ValidationError):
        short_link(slug=unicodedata.normalize("NFD", "토론회"))


@pytest.mark.parametrize(
    "url", ["ftp://example.org/", "javascript:alert(1)", "HTTP//example.org", "example"]
)
def test_only_web_addresses_are_taken(url):
    with pytest.raises(ValidationError) as refusal:
        short_link(url=url)

    assert "url" in refusal.value.message_dict


def test_short_address_leads_to_one_thing(home_page):
    for fields in ({"url": ""}, {"page": home_page}):
        with pytest.raises(ValidationError):
            short_link(**fields)
    with pytest.raises(IntegrityError), transaction.atomic():
        ShortLink.objects.create(slug="both", page=home_page, url="https://example.org/")


def test_addresses_for_people_and_for_machines(settings):
    settings.SITE_URL = "https://yeondae.example"
    link = short_link(slug="토론회")

    assert link.spoken_address == "https://yeondae.example/s/토론회"
    assert link.address == "https://yeondae.example/s/%ED%86%A0%EB%A1%A0%ED%9A%8C"
