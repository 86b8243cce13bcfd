import hashlib

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from privacy.models import ConsentDefinition, ConsentRecord, ConsentVersion
from tests.factories.privacy import ConsentDefinitionFactory, ConsentRecordFactory


def versions_of(definition):
    rows = ConsentVersion.objects.filter(definition=definition).order_by("number")
    return list(rows.values_list("number", "title"))


@pytest.mark.sqlite_smoke
def test_each_changed_text_becomes_a_new_version(db):
    definition = ConsentDefinitionFactory(title="소식 받기")

    definition.title = "새 소식 받기"
    definition.save()

    assert versions_of(definition) == [(1, "소식 받기"), (2, "새 소식 받기")]


def test_an_unchanged_text_makes_no_version(db):
    definition = ConsentDefinitionFactory(title="소식 받기")

    definition.save()
    definition.save()

    assert versions_of(definition) == [(1, "소식 받기")]


def test_going_back_to_an_earlier_text_is_a_version_too(db):
    definition = ConsentDefinitionFactory(title="가")
    for title in ("나", "가"):
        definition.title = title
        definition.save()

    assert versions_of(definition) == [(1, "가"), (2, "나"), (3, "가")]


@pytest.mark.parametrize(
    ("field", "value"),
    [("style", "radio"), ("kind", "age"), ("refusal", "거부할 수 있습니다.")],
)
def test_every_part_that_people_see_makes_a_version(db, field, value):
    definition = ConsentDefinitionFactory()

    setattr(definition, field, value)
    definition.save()

    assert [number for number, _ in versions_of(definition)] == [1, 2]


def test_a_text_is_saved_with_its_version_or_not_at_all(db):
    definition = ConsentDefinitionFactory(title="소식 받기")
    definition.title = None

    with pytest.raises(IntegrityError), transaction.atomic():
        definition.save()

    definition.refresh_from_db()
    assert definition.title == "소식 받기"
    assert versions_of(definition) == [(1, "소식 받기")]


def test_the_latest_versions_of_several_texts(db, django_assert_num_queries):
    first, second, _ = (ConsentDefinitionFactory(title=str(n)) for n in range(3))
    first.title = "새"
    first.save()

    with django_assert_num_queries(1):
        latest = ConsentVersion.objects.latest_of([first.pk, second.pk])
        shown = {pk: (row.number, row.render().title) for pk, row in latest.items()}

    assert shown == {first.pk: (2, "새"), second.pk: (1, "1")}


def test_a_rendered_text_has_the_forms_own_words(db):
    definition = ConsentDefinitionFactory(
        title="{petition} 서명부",
        purpose="{petition}을 {recipients}에게 냅니다.",
        retention="{retention}개월",
        style="radio",
    )

    rendered = definition.versions.get().render(
        petition="기본법 청원", recipients="국회의장", retention="3"
    )

    assert rendered.title == "기본법 청원 서명부"
    assert rendered.purpose == "기본법 청원을 국회의장에게 냅니다."
    assert rendered.retention == "3개월"
    assert (rendered.slug, rendered.kind) == (definition.slug, "news")
    assert (rendered.style, rendered.required) == ("radio", False)


def test_words_of_a_petition_are_no_places_to_fill(db):
    definition = ConsentDefinitionFactory(title="{petition} {unknown} {recipients}")

    rendered = definition.versions.get().render(petition="{recipients}", recipients="국회의장")

    assert rendered.title == "{recipients} {unknown} 국회의장"


def test_the_hash_is_that_of_all_that_was_shown(db):
    version = ConsentDefinitionFactory(title="소식", items="이름", retention="3개월").versions.get()

    rendered = version.render()

    assert rendered.full_text == "title: 소식\nitems: 이름\nretention: 3개월"
    assert rendered.text_hash == hashlib.sha256(rendered.full_text.encode()).hexdigest()


@pytest.mark.parametrize(
    "field",
    ["title", "purpose", "items", "retention", "recipients", "recipients_retention", "refusal"],
)
def test_another_word_or_place_gives_another_hash(db, field):
    version = ConsentDefinitionFactory(title="소식", items="", retention="").versions.get()
    before = version.render().text_hash

    setattr(version, field, "{petition}")

    hashes = {version.render(petition=title).text_hash for title in ("가", "나")}
    assert len(hashes | {before}) == 3


@pytest.mark.parametrize(
    ("kind", "missing"),
    [
        ("collection", {"purpose", "items", "retention", "refusal"}),
        ("sensitive", {"purpose", "retention", "refusal"}),
        (
            "third_party",
            {"recipients", "purpose", "items", "recipients_retention", "refusal"},
        ),
        ("news", {"items", "retention"}),
        ("display", {"purpose", "items", "retention", "refusal"}),
        ("age", set()),
    ],
)
def test_what_the_law_wants_told_must_be_there(kind, missing):
    definition = ConsentDefinition(slug="a", kind=kind, title="가", purpose=" ")

    try:
        definition.clean()
        found = set()
    except ValidationError as refusal:
        found = set(refusal.message_dict)

    assert found == missing


def test_only_what_can_not_be_done_without_is_needed(db):
    needed = {}
    for kind in ConsentDefinition.Kind:
        definition = ConsentDefinitionFactory(slug=f"of-{kind.value.replace('_', '-')}", kind=kind)
        version = definition.versions.get()
        [needed[kind.value]] = {definition.required, version.required, version.render().required}

    assert {kind for kind, is_needed in needed.items() if is_needed} == {
        *("collection", "sensitive", "age")
    }


@pytest.mark.parametrize("model", [ConsentDefinition, ConsentVersion])
def test_a_kind_nobody_knows_is_refused_by_the_database(db, model):
    definition = ConsentDefinitionFactory()
    others = {"definition": definition, "number": 2} if model is ConsentVersion else {"slug": "x"}

    with pytest.raises(IntegrityError, match="kind"), transaction.atomic():
        model.objects.create(kind="membership", title="가입", **others)


def test_one_record_for_each_person_and_version(db):
    record = ConsentRecordFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        ConsentRecordFactory(subject=record.subject, version=record.version)

    ConsentRecordFactory(version=record.version)
    assert ConsentRecord.objects.count() == 2


@pytest.mark.parametrize(
    ("choice", "withdrawn", "stands"),
    [(True, False, True), (True, True, False), (False, False, False)],
)
def test_whether_a_consent_stands(db, choice, withdrawn, stands):
    record = ConsentRecordFactory(choice=choice)
    record.withdrawn_at = record.given_at if withdrawn else None

    assert record.stands is stands


def test_rows_have_names_for_staff(db):
    record = ConsentRecordFactory()

    assert str(record.version.definition) == "소식 받기"
    assert str(record.version) == "소식 받기 (1)"
    assert str(record) == f"{record.slug}: True"
