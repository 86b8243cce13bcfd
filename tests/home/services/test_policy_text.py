"""The tables of the privacy policy say what the site really does."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.models import Site

from home.models import PrivacyPolicyPage, Processor, SiteSettings
from home.services.policy_text import PARTS, compose_sections
from rights import registry
from tests.factories.kept_by_law import registered_payments
from tests.factories.petitions import PetitionPageFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

ABROAD = {
    "country": "미국",
    "how_transferred": "결제할 때 통신망으로",
    "how_to_refuse": "무통장 입금을 고르면 이전하지 않습니다",
}


def section(page, key):
    return next(one for one in compose_sections(page) if one["key"] == key)


def cells(found):
    rows = [row for table in found["tables"] for row in table["rows"]]
    return [text for row in rows for _label, text in row]


@pytest.fixture
def page(db):
    return PrivacyPolicyPage(title="개인정보처리방침")


def processor(**changes):
    fields = {"name": "누리메일", "task": "메일 발송", "items": "이메일", **changes}
    return Processor.objects.create(**fields)


def test_every_section_of_the_decree_says_something(page):
    sections = compose_sections(page)

    assert [one["key"] for one in sections] == ["introduction", *(part.key for part in PARTS)]
    assert all(one["html"] or cells(one) for one in sections)


@pytest.mark.sqlite_smoke
def test_every_data_set_and_every_rule_is_told(page):
    """korea.md 3.3: what the tools registered, and nothing else."""
    told = cells(section(page, "purposes"))
    kept = cells(section(page, "retention"))

    assert registry.data_sets()
    for data_set in registry.data_sets():
        assert str(data_set.label) in told
        assert str(data_set.purpose) in told
    for rule in registry.all_rules():
        assert rule.period() in kept


def test_what_a_law_has_us_keep_apart_is_told_apart(page):
    """korea.md 3.1: PIPA art. 21(3); payments, five years."""
    before = section(page, "retention")["tables"]

    with registered_payments() as payments:
        tables = section(page, "retention")["tables"]
        (rule,) = (rule for rule in payments.data_set.rules if rule.by_law)

    assert len(tables) == len(before)
    (row,) = (row for row in tables[-1]["rows"] if row not in before[-1]["rows"])
    what, named, period, law = (text for _label, text in row)
    assert (what, named, law) == ("참가비 결제", str(rule.label), str(rule.legal_basis))
    assert period == rule.period()
    assert cells({"tables": tables[:-1]}) == [
        *cells({"tables": before[:-1]}),
        *served(payments.rule),
    ]


def served(rule):
    return ["참가비 결제", rule.label, rule.period(), rule.legal_basis, rule.remains]


def test_every_enabled_processor_and_transfer_is_told(page):
    """korea.md 3.10, test 17."""
    processor()
    processor(name="Payments Inc.", **ABROAD)
    processor(name="지난업체", ended_on=timezone.localdate())
    processor(name="곧끝날업체", ended_on=timezone.localdate() + timedelta(days=1))

    told = cells(section(page, "processors"))
    abroad = cells(section(page, "transfers"))

    assert {"누리메일", "Payments Inc.", "곧끝날업체"} <= set(told)
    assert "지난업체" not in told
    assert set(ABROAD.values()) <= set(abroad)
    assert "누리메일" not in " ".join(abroad)


def test_without_processors_it_says_so(page):
    assert "<p>" in section(page, "processors")["html"]
    assert section(page, "transfers")["tables"] == []


def test_what_leaves_the_country_is_told_in_full(db):
    half = Processor(name="A", task="B", items="C", country="미국")

    with pytest.raises(ValidationError) as refusal:
        half.full_clean()
    assert set(refusal.value.message_dict) == {"how_transferred", "how_to_refuse"}
    with pytest.raises(IntegrityError), transaction.atomic():
        half.save()


def test_petitions_name_who_receives_the_roll(page, home_page):
    PetitionPageFactory(roll_recipients="국회의장, 기획재정위원회", title="돌봄기본법")
    PetitionPageFactory(roll_recipients="시의회 의장", title="초안", live=False)

    told = cells(section(page, "third-parties"))

    assert "국회의장, 기획재정위원회" in told
    assert "돌봄기본법" in told
    assert "시의회 의장" not in told


def test_the_cost_does_not_grow_with_petitions(page, home_page, django_assert_max_num_queries):
    for _ in range(3):
        PetitionPageFactory()

    with django_assert_max_num_queries(8):
        compose_sections(page)


def test_the_officer_is_the_one_of_the_settings(page, home_page):
    site = Site.objects.get(is_default_site=True)
    settings = SiteSettings.objects.create(
        site=site, privacy_officer="이가온", privacy_officer_phone="02-0000-0000"
    )

    assert cells(section(page, "officer"))[0] == "이가온"
    assert settings.names_privacy_officer
    assert not SiteSettings(privacy_officer="이가온").names_privacy_officer
