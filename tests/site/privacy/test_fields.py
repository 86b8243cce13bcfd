import subprocess
import unicodedata

import pytest
from django.core.exceptions import FieldError, ValidationError
from django.db import connection, models

from petitions.models import Signature
from privacy.encryption import DecryptionError
from privacy.fields import EncryptedTextField
from tests.factories.petitions import SignatureFactory
from tests.machine import find_postgres

PERSON = {"name": "표가람이", "email": "pyo.garam.2@mail.example", "comment": "꼭 의결해 주세요"}


def raw(column):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM petitions_signature")  # noqa: S608 (our own name)
        return cursor.fetchone()[0]


@pytest.mark.sqlite_smoke
def test_the_column_holds_no_clear_text(db):
    signature = SignatureFactory(**PERSON)

    signature.refresh_from_db()

    assert {name: getattr(signature, name) for name in PERSON} == PERSON
    for name, value in PERSON.items():
        assert value not in raw(name)
        assert raw(name).count(":") == 1


@pytest.mark.django_db(transaction=True)
def test_a_dump_of_the_database_names_nobody():
    signature = SignatureFactory(**PERSON)
    address = connection.settings_dict
    host = ["-h", address["HOST"], "-U", address["USER"]]
    port = ["-p", str(address["PORT"])] if address["PORT"] else []

    dump = subprocess.run(
        [find_postgres() / "pg_dump", *host, *port, address["NAME"]],
        capture_output=True,
        check=True,
        text=True,
    ).stdout

    assert str(signature.public_id) in dump
    assert [value for value in PERSON.values() if value in dump] == []


def test_a_ciphertext_moved_to_another_column_is_refused(db):
    SignatureFactory(**PERSON)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE petitions_signature SET comment = name")

    with pytest.raises(DecryptionError):
        Signature.objects.get()


def test_nothing_stays_nothing(db):
    SignatureFactory(withdrawn=True)

    assert Signature.objects.values_list("name", "email").get() == (None, None)
    assert raw("name") is None


def test_nobody_sees_whether_a_text_is_empty(db):
    SignatureFactory(comment="")

    assert Signature.objects.values_list("comment", flat=True).get() == ""
    assert raw("comment") not in (None, "")


def test_text_is_stored_in_one_form(db):
    SignatureFactory(name=unicodedata.normalize("NFD", "표가람"), name_index=b"")

    assert Signature.objects.values_list("name", flat=True).get() == "표가람"


def test_too_long_a_text_is_refused_by_the_form_and_by_the_column(db):
    signature = SignatureFactory.build(name="가" * 41, petition=None, region=None, name_index=b"")

    with pytest.raises(ValidationError) as refusal:
        signature.clean_fields()
    assert "name" in refusal.value.message_dict
    with pytest.raises(ValidationError):
        Signature._meta.get_field("name").get_prep_value("가" * 41)


def test_bulk_writes_are_encrypted(db):
    signature = SignatureFactory(**PERSON)
    signature.name = "이나래"

    Signature.objects.bulk_update([signature], ["name"])
    assert "이나래" not in raw("name")
    Signature.objects.update(comment="한마디")
    assert "한마디" not in raw("comment")

    assert Signature.objects.values_list("name", "comment").get() == ("이나래", "한마디")


@pytest.mark.parametrize("lookup", ["", "__exact", "__contains", "__in", "__startswith", "__regex"])
def test_an_encrypted_column_is_not_searched(db, lookup):
    with pytest.raises(FieldError, match="blind index"):
        Signature.objects.filter(**{f"name{lookup}": "표가람"}).exists()


def test_an_encrypted_column_is_asked_whether_it_is_empty(db):
    SignatureFactory(**PERSON)

    assert Signature.objects.filter(name__isnull=False).exists()
    assert not Signature.objects.filter(name__isnull=True).exists()


@pytest.mark.parametrize("options", [{"unique": True}, {"db_index": True}])
def test_an_index_on_a_ciphertext_is_an_error(options):
    field = EncryptedTextField(**options)
    field.set_attributes_from_name("secret")
    field.model = Signature

    assert "An encrypted field can't be unique or indexed." in [e.msg for e in field.check()]


def test_a_field_without_index_has_no_complaint():
    assert Signature._meta.get_field("name").check() == []


def test_a_field_may_have_no_bound():
    field = EncryptedTextField()
    field.set_attributes_from_name("secret")
    field.model = Signature

    assert isinstance(field, models.TextField)
    sealed = field.get_prep_value("가" * 100_000)
    assert field.from_db_value(sealed, None, connection) == "가" * 100_000
