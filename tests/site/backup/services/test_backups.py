import errno
import fcntl
import os
import threading
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.db import connection, connections
from django.utils import timezone

import petitions.services
from backup import services
from backup.exceptions import AlreadyRunningError, DiskFullError
from backup.models import BackupRun
from home.models import SiteImage
from messaging.models import OutboxMessage
from petitions.models import CountDelta, Signature
from privacy.models import ConsentRecord
from tests.conftest import publish
from tests.petitions.citizen import cleaned
from tests.site.backup.conftest import PASSPHRASE, contents, room_for

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
REAL = pytest.mark.django_db(transaction=True)

OLD = "yeondae-20260720-031000-KST.backup"
OLDER = "yeondae-20260719-031000-KST.backup"
KEPT = 1000


@pytest.fixture
def earlier(site):
    """Two backups, over their time the day they are looked at."""
    site.BACKUP_DIR.mkdir()
    for name in (OLD, OLDER):
        (site.BACKUP_DIR / name).write_bytes(b"as it was")
    return site.BACKUP_DIR


def test_the_file_is_for_its_owner_alone_and_is_recorded(site, pictures):
    path = services.run_backup(PASSPHRASE)

    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0
    run = BackupRun.objects.get()
    assert (run.file_name, run.size, run.error) == (path.name, path.stat().st_size, "")


def test_the_name_says_when_it_was_made(site, clock):
    path = services.make_backup(PASSPHRASE)

    assert path.name == "yeondae-20261124-120000-KST.backup"
    assert services.made_at(path) == timezone.now()


def test_backups_go_when_they_are_over_their_time(earlier, site, clock):
    (earlier / "letter.backup").write_bytes(b"not ours")
    clock.move_to("2026-08-22 18:10:00")  # 03:10 in Seoul, 35 days after the older one

    services.expire_backups(timezone.now())
    assert contents(earlier).keys() == {OLD, OLDER, "letter.backup"}

    services.expire_backups(timezone.now() + timedelta(seconds=1))
    assert contents(earlier).keys() == {OLD, "letter.backup"}


def test_the_newest_stays_however_old(earlier):
    services.expire_backups(timezone.now() + timedelta(days=900))

    assert contents(earlier).keys() == {OLD}


@pytest.mark.parametrize("size", [1_000, 2_000_000], ids=["for the database", "for a picture"])
def test_a_full_disk_leaves_the_old_file_and_says_so(earlier, site, size):
    (site.MEDIA_ROOT / "film.webp").write_bytes(os.urandom(3_000_000))
    site.BACKUP_KEEP_DAYS = 9999

    with room_for(size), pytest.raises(DiskFullError) as refusal:
        services.run_backup(PASSPHRASE)

    assert str(site.BACKUP_DIR) in str(refusal.value)
    assert contents(earlier) == {OLD: b"as it was", OLDER: b"as it was", ".lock": b""}
    assert BackupRun.objects.get().error == str(refusal.value)


def test_what_else_fails_is_not_called_a_full_disk(site, monkeypatch):
    (site.MEDIA_ROOT / "locked").mkdir()
    (site.BACKUP_DIR).write_bytes(b"a file where the folder should be")

    with pytest.raises(FileExistsError) as failure:
        services.make_backup(PASSPHRASE)

    assert failure.value.errno == errno.EEXIST


def test_one_backup_at_a_time(earlier):
    with (earlier / ".lock").open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(AlreadyRunningError):
            services.make_backup(PASSPHRASE)


def test_what_a_killed_backup_left_is_cleared_away(earlier, site):
    (earlier / ".part-x").mkdir()
    (earlier / ".part-x" / "dump").write_bytes(b"half a database")

    services.make_backup(PASSPHRASE)

    assert not (earlier / ".part-x").exists()


@pytest.fixture
def at_once(petition_page):
    """A published petition that counts signatures without confirmation."""
    petition_page.confirmation_required = False
    publish(petition_page)
    return petitions.services.petition_state("campaigns/basic-act/petition")


@pytest.mark.postgres
@REAL
def test_a_backup_under_load_is_of_one_moment(at_once, site, empty_database, monkeypatch):
    """People sign, staff add and delete pictures: what a row names is there, and all of it."""
    over = threading.Event()
    work = [sign_until, keep_pictures_until]
    threads = [threading.Thread(target=job, args=(over, at_once, site)) for job in work]
    for thread in threads:
        thread.start()
    try:
        while Signature.objects.count() < 5 or SiteImage.objects.count() < KEPT:
            over.wait(0.01)
        path = services.make_backup(PASSPHRASE)
        after = Signature.objects.count()
    finally:
        over.set()
        for thread in threads:
            thread.join()

    site.MEDIA_ROOT = site.VAR_DIR / "restored"
    monkeypatch.setitem(connection.settings_dict, "NAME", empty_database)
    services.restore_backup(path)
    signed = Signature.objects.count()
    assert 5 <= signed <= after
    assert ConsentRecord.objects.count() == 5 * signed
    assert [CountDelta.objects.count(), OutboxMessage.objects.count()] == [signed, signed]
    pictures = set(SiteImage.objects.values_list("file", flat=True))
    assert len(pictures) >= KEPT
    assert pictures <= contents(site.MEDIA_ROOT).keys()
    connections.close_all()


def sign_until(over, state, _site):
    number = 0
    while not over.is_set():
        number += 1
        petitions.services.sign_petition(state, cleaned(email=f"citizen{number}@mail.example"))
    connection.close()


def keep_pictures_until(over, _state, site):
    """As Wagtail does: the file is there before the row, and goes after it.

    None comes and goes while files are held for a moment: each outlives a thousand others.
    """
    storage = FileSystemStorage(site.MEDIA_ROOT)
    add_pictures(storage, range(KEPT))
    number = KEPT
    while not over.is_set():
        add_pictures(storage, [number])
        old = f"{number - KEPT}.webp"
        SiteImage.objects.filter(file=old)._raw_delete(using="default")
        storage.delete(old)
        number += 1
    connection.close()


def add_pictures(storage, numbers):
    names = [storage.save(f"{number}.webp", ContentFile(b"RIFF")) for number in numbers]
    SiteImage.objects.bulk_create(
        SiteImage(title=name, file=name, width=1, height=1) for name in names
    )
