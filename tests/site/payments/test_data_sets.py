"""What the privacy policy says of cards: who takes them, where, and how to refuse."""

import pytest

from home.models import PrivacyPolicyPage, Processor
from home.services.policy_text import compose_sections
from tests.factories.cards import card_company

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def told(key):
    section = next(
        one for one in compose_sections(PrivacyPolicyPage(title="방침")) if one["key"] == key
    )
    return [[text for _label, text in row] for table in section["tables"] for row in table["rows"]]


def test_with_a_key_stripe_is_named_with_all_that_the_law_asks():
    """PIPA art. 28-8(2): items, country, when and how, who, for what, until when, how to refuse."""
    with card_company():
        ((name, task, items, kept, contact),) = told("processors")
        (row,) = told("transfers")
    assert (name, contact) == ("Stripe, Inc.", "stripe.com/privacy")
    assert "이메일 주소" in items
    assert all((task, kept))
    assert "미국" in row
    assert any("계좌이체를 고르면 이전하지 않음" in cell for cell in row)
    assert all(row)


def test_without_a_key_nobody_is_named():
    assert told("processors") == told("transfers") == []


def test_the_words_of_the_office_go_before_ours():
    Processor.objects.create(
        name="Stripe Payments Korea",
        task="카드 결제 대행",
        items="이메일",
        country="미국",
        how_transferred="결제할 때",
        how_to_refuse="계좌이체",
    )
    with card_company():
        assert [row[0] for row in told("processors")] == ["Stripe Payments Korea"]
