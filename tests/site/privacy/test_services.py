import uuid

import pytest

from evidence.services import verify_chain
from privacy.defaults import CONSENTS
from privacy.models import ConsentDefinition, ConsentVersion
from privacy.services import (
    choose_consent,
    consents_by_subject,
    consents_of,
    forget_subject,
    sync_default_consents,
    withdraw_consent,
)
from tests.factories.privacy import ConsentDefinitionFactory, ConsentRecordFactory


@pytest.mark.sqlite_smoke
def test_a_new_site_has_the_texts_a_petition_needs(db):
    slugs = [fields["slug"] for fields in CONSENTS]

    texts = ConsentDefinition.objects.filter(tool="petitions")
    assert list(texts.values_list("slug", flat=True)) == slugs
    assert ConsentVersion.objects.filter(definition__in=texts).count() == len(slugs)


def test_each_default_text_tells_what_the_law_wants(db):
    for definition in ConsentDefinition.objects.all():
        definition.full_clean()


def test_edited_texts_are_kept_and_missing_ones_made(db):
    ConsentDefinition.objects.filter(slug="age").update(title="만 16세 이상입니다")
    news = ConsentDefinition.objects.get(slug="news")
    ConsentDefinition.objects.filter(pk=news.pk).update(slug="old-news")

    sync_default_consents()
    sync_default_consents()

    assert ConsentDefinition.objects.get(slug="age").title == "만 16세 이상입니다"
    assert ConsentDefinition.objects.filter(slug="news").count() == 1
    assert ConsentDefinition.objects.filter(tool="petitions").count() == len(CONSENTS) + 1


@pytest.fixture
def subject(db):
    """Somebody who agreed to two texts and refused a third; somebody else agreed too."""
    subject = uuid.uuid4()
    for slug, choice in (("b", True), ("a", True), ("c", False)):
        version = ConsentDefinitionFactory(slug=slug).versions.get()
        ConsentRecordFactory(subject=subject, version=version, choice=choice)
        ConsentRecordFactory(version=version)
    return subject


def standing(subject):
    return [record.slug for record in consents_of(subject) if record.stands]


def test_the_consents_of_a_person_in_the_order_of_the_texts(subject, django_assert_num_queries):
    with django_assert_num_queries(1):
        shown = [(r.slug, r.choice, r.version.title) for r in consents_of(subject)]

    assert shown == [("b", True, "소식 받기"), ("a", True, "소식 받기"), ("c", False, "소식 받기")]


def test_one_consent_is_taken_back_once(subject):
    assert withdraw_consent(subject, "a") is True
    moment = next(r.withdrawn_at for r in consents_of(subject) if r.slug == "a")

    assert withdraw_consent(subject, "a") is False

    assert standing(subject) == ["b"]
    assert next(r.withdrawn_at for r in consents_of(subject) if r.slug == "a") == moment


def test_what_was_refused_or_never_asked_cannot_be_taken_back(subject):
    assert withdraw_consent(subject, "c") is False
    assert withdraw_consent(subject, "unknown") is False
    assert withdraw_consent(uuid.uuid4(), "a") is False
    assert standing(subject) == ["b", "a"]


def test_forgetting_a_person_keeps_the_hashes(subject):
    withdraw_consent(subject, "a")
    before = {r.slug: (r.text_hash, r.withdrawn_at) for r in consents_of(subject)}

    forget_subject(subject)
    forget_subject(subject)

    assert standing(subject) == []
    after = {r.slug: (r.text_hash, r.withdrawn_at) for r in consents_of(subject)}
    assert after["a"] == before["a"]
    assert after["b"][0] == before["b"][0]


@pytest.mark.sqlite_smoke
def test_a_consent_is_chosen_anew_and_each_choice_is_in_the_chain(subject):
    version = ConsentDefinition.objects.get(slug="c").versions.get()

    assert choose_consent(subject, version, "f" * 64, agreed=True) is True
    assert choose_consent(subject, version, "f" * 64, agreed=True) is False
    assert standing(subject) == ["b", "a", "c"]
    record = next(r for r in consents_of(subject) if r.slug == "c")
    assert (record.text_hash, record.channel) == ("f" * 64, "web")

    assert choose_consent(subject, version, "f" * 64, agreed=False) is True
    assert choose_consent(subject, version, "f" * 64, agreed=False) is False
    assert standing(subject) == ["b", "a"]
    assert verify_chain("consent", str(subject)).length == 2
    assert verify_chain("consent", str(subject)).holds


def test_agreeing_to_newer_words_leaves_the_older_choice_on_record(subject):
    definition = ConsentDefinition.objects.get(slug="a")
    withdraw_consent(subject, "a")
    definition.items = "이름, 이메일, 전화번호"
    definition.save()
    newer = definition.versions.order_by("-number").first()

    choose_consent(subject, newer, "e" * 64, agreed=True)

    records = consents_by_subject([subject])[subject]
    chosen = [(r.version.number, r.stands) for r in records if r.slug == "a"]
    assert chosen == [(1, False), (2, True)]


def test_consents_of_several_people_in_one_query(subject, django_assert_num_queries):
    other = ConsentRecordFactory()

    with django_assert_num_queries(1):
        found = consents_by_subject([subject, other.subject, uuid.UUID(int=1)])

    assert [len(found[key]) for key in (subject, other.subject, uuid.UUID(int=1))] == [3, 1, 0]


def test_the_consents_of_others_stand(subject):
    forget_subject(subject)

    others = ConsentDefinition.objects.get(slug="a").versions.get().records.exclude(subject=subject)
    assert [record.stands for record in others] == [True]
