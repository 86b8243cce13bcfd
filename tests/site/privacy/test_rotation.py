import base64
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from accounts.services import replace_secret, sealed_secrets
from petitions.models import Signature
from privacy.encryption import key_id_of, primary_key_id
from privacy.models import KeyInUse
from privacy.rotation import count_old, encrypted_fields, rotate_field
from privacy.services import check_keys, note_first_keys
from tests.database.waiting import SECONDS, others_that_wait, wait_until
from tests.factories.accounts import UserFactory, code_of
from tests.factories.petitions import PetitionPageFactory, SignatureFactory

OLD = base64.b64encode(b"o" * 32).decode()
NEW = base64.b64encode(b"n" * 32).decode()
NAME = Signature._meta.get_field("name")
COMMAND = [sys.executable, "manage.py", "rotate_field_keys", "--batch", "2"]


@pytest.fixture
def signatures(home_page, region, settings):
    """Five rows under the old key, while the new one is already first."""
    settings.FIELD_ENCRYPTION_KEYS = [OLD]
    petition = PetitionPageFactory(parent=home_page)
    rows = [
        SignatureFactory(name=f"서명{n}", comment=f"말{n}", petition=petition, region=region)
        for n in range(5)
    ]
    settings.FIELD_ENCRYPTION_KEYS = [NEW, OLD]
    return rows


@pytest.fixture
def environment(process_environment):
    """For the command in a process of its own, under the settings of a laptop."""
    return {
        **process_environment,
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "SECRET_KEY": "only-for-tests",
        "FIELD_ENCRYPTION_KEYS": f"{NEW},{OLD}",
        "BLIND_INDEX_KEY": base64.b64encode(b"b" * 32).decode(),
    }


def words():
    return sorted(Signature.objects.values_list("name", "comment"))


def rotated(field=NAME):
    return Signature.objects.count() - count_old(field)


def test_every_encrypted_column_is_known():
    purposes = {field.purpose for field in encrypted_fields()}

    assert {f"petitions.Signature.{name}" for name in ("name", "email", "comment")} <= purposes


@pytest.mark.sqlite_smoke
def test_the_command_moves_every_value_to_the_first_key(signatures, settings, capsys):
    before = words()

    call_command("rotate_field_keys", batch=2)

    said = capsys.readouterr().out
    assert "petitions.Signature.name: 2 / 5\n" in said
    assert "petitions.Signature.name: 4 / 5\n" in said
    assert "petitions.Signature.name: 5 / 5\n" in said
    assert f"All values are under key {primary_key_id()}. Older keys can go." in said
    settings.FIELD_ENCRYPTION_KEYS = [NEW]
    assert words() == before == [(f"서명{n}", f"말{n}") for n in range(5)]


def test_a_second_run_has_nothing_to_do(signatures, capsys):
    call_command("rotate_field_keys")
    capsys.readouterr()

    call_command("rotate_field_keys")

    assert capsys.readouterr().out == (
        f"All values are under key {primary_key_id()}. Older keys can go.\n"
    )


def test_a_dry_run_only_counts(signatures, capsys):
    call_command("rotate_field_keys", dry_run=True)

    # Five names, five addresses, five comments.
    assert capsys.readouterr().out == "15 values are still under an older key.\n"
    assert rotated() == 0


def test_second_factors_of_staff_move_too(signatures, settings):
    settings.FIELD_ENCRYPTION_KEYS = [OLD]
    user = UserFactory(factor=True)
    settings.FIELD_ENCRYPTION_KEYS = [NEW, OLD]

    call_command("rotate_field_keys")

    settings.FIELD_ENCRYPTION_KEYS = [NEW]
    check_keys()
    assert {key_id_of(sealed) for _handle, sealed in sealed_secrets()} == {primary_key_id()}
    assert len(code_of(user)) == 6


def test_a_secret_that_cannot_be_read_is_left_and_counted(signatures, settings, capsys):
    other = base64.b64encode(b"x" * 32).decode()
    settings.FIELD_ENCRYPTION_KEYS = [other]
    user = UserFactory(factor=True)
    settings.FIELD_ENCRYPTION_KEYS = [NEW, OLD]

    call_command("rotate_field_keys")

    assert "2 values are still under an older key." in capsys.readouterr().out
    settings.ALLOW_MISSING_FIELD_KEYS = True
    assert len({code_of(user) for _ in range(4)}) > 1, "nobody can guess it"
    settings.FIELD_ENCRYPTION_KEYS = [other]
    assert code_of(user) == code_of(user)


def test_a_factor_changed_meanwhile_is_left(db):
    user = UserFactory(factor=True)
    [(handle, sealed), *_others] = sealed_secrets()
    before = user.authenticator_set.get(pk=handle[0]).data

    replace_secret(handle, "not " + sealed, "other")
    replace_secret((0, "secret"), sealed, "other")

    assert user.authenticator_set.get(pk=handle[0]).data == before


def test_empty_columns_are_no_work(signatures):
    Signature.objects.update(comment=None, comment_status=Signature.CommentStatus.NONE)

    assert count_old(Signature._meta.get_field("comment")) == 0
    assert list(rotate_field(Signature._meta.get_field("comment"), 2)) == []


def test_a_value_that_cannot_be_read_is_named_and_left(signatures, settings, capsys, caplog):
    broken = signatures[1]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE petitions_signature SET name = 'dead:beef' WHERE id = %s", [broken.pk]
        )

    call_command("rotate_field_keys", batch=2)

    assert "1 values are still under an older key." in capsys.readouterr().out
    assert f"petitions.Signature.name of row {broken.pk}" in caplog.text
    settings.FIELD_ENCRYPTION_KEYS = [NEW]
    whole = Signature.objects.exclude(pk=broken.pk).values_list("name", flat=True)
    assert sorted(whole) == ["서명0", "서명2", "서명3", "서명4"]


@pytest.mark.postgres
def test_a_change_at_the_same_moment_keeps_the_newer_value(transactional_db, signatures, settings):
    pk = signatures[2].pk
    changed, waited = threading.Event(), threading.Event()

    def change():
        try:
            with transaction.atomic():
                Signature.objects.filter(pk=pk).update(name="새이름")
                changed.set()
                assert waited.wait(timeout=30)
        finally:
            connection.close()

    def rotate():
        try:
            assert changed.wait(timeout=30)
            return sum(rotate_field(NAME, 2))
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        change_result, rotate_result = pool.submit(change), pool.submit(rotate)
        wait_until(others_that_wait)
        waited.set()
        change_result.result(timeout=30)
        assert rotate_result.result(timeout=30) == 4
    settings.FIELD_ENCRYPTION_KEYS = [NEW]
    names = Signature.objects.values_list("name", flat=True)
    assert sorted(names) == ["새이름", "서명0", "서명1", "서명3", "서명4"]


@pytest.mark.postgres
def test_killed_in_the_middle_of_a_batch_it_goes_on_from_there(
    transactional_db, signatures, settings, environment
):
    """The third row is locked, so the process hangs in its second batch until it is killed."""
    before = words()
    with transaction.atomic():
        Signature.objects.select_for_update().get(pk=signatures[2].pk)
        process = subprocess.Popen(COMMAND, env=environment, stdout=subprocess.PIPE, text=True)
        try:
            assert process.stdout.readline() == "petitions.Signature.name: 2 / 5\n"
            wait_until(others_that_wait)
        finally:
            process.kill()
            process.communicate(timeout=SECONDS)
    assert rotated() == 2
    assert words() == before

    second = subprocess.run(COMMAND, env=environment, capture_output=True, text=True, check=True)

    assert second.stdout.startswith("petitions.Signature.name: 2 / 3\n")
    assert f"All values are under key {primary_key_id()}." in second.stdout
    settings.FIELD_ENCRYPTION_KEYS = [NEW]
    assert words() == before


@pytest.mark.postgres
def test_people_go_on_writing_while_it_runs(transactional_db, signatures, settings):
    """Between two batches nothing is locked: what is written then is kept, under the new key."""
    batches = rotate_field(NAME, 2)
    next(batches)
    Signature.objects.filter(pk=signatures[0].pk).update(name="앞에서")
    Signature.objects.filter(pk=signatures[4].pk).update(name="뒤에서")

    assert sum(batches) == 2
    settings.FIELD_ENCRYPTION_KEYS = [NEW]
    names = Signature.objects.values_list("name", flat=True)
    assert sorted(names) == ["뒤에서", "서명1", "서명2", "서명3", "앞에서"]


@pytest.mark.postgres
def test_two_rotations_at_once_do_it_once(transactional_db, signatures, settings, environment):
    """One hangs at the third row, which is locked; then both go on side by side."""
    before = words()
    with transaction.atomic():
        Signature.objects.select_for_update().get(pk=signatures[2].pk)
        both = [
            subprocess.Popen(COMMAND, env=environment, stdout=subprocess.PIPE, text=True)
            for _ in range(2)
        ]
        try:
            wait_until(others_that_wait)
        except BaseException:
            for process in both:
                process.kill()
            raise
    said = [process.communicate(timeout=SECONDS)[0] for process in both]

    assert [process.returncode for process in both] == [0, 0]
    assert all(f"All values are under key {primary_key_id()}." in text for text in said)
    settings.FIELD_ENCRYPTION_KEYS = [NEW]
    assert words() == before
    assert [key.key_id for key in KeyInUse.objects.filter(kind="field")] in ([], [primary_key_id()])


def test_a_process_without_the_keys_does_not_begin(transactional_db, signatures, environment):
    note_first_keys()
    [lost] = KeyInUse.objects.filter(kind="field")

    process = subprocess.run(
        [sys.executable, "manage.py", "worker", "--once"],
        env={**environment, "FIELD_ENCRYPTION_KEYS": NEW},
        capture_output=True,
        text=True,
        check=False,
    )

    assert process.returncode != 0
    assert f"FIELD_ENCRYPTION_KEYS {lost.key_id}" in process.stderr.splitlines()[-1]
    assert NEW not in process.stderr
