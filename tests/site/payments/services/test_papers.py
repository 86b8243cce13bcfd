"""Bank book and certificate: nothing until two people said so, nothing once the account is other."""

import io

import pytest
from django.db.utils import IntegrityError
from PIL import Image

from evidence.models import Event
from evidence.services import verify_everything
from payments.exceptions import (
    OwnPaperError,
    PaperDecidedError,
    PaperUnreadableError,
    PaperWaitsError,
)
from payments.models import AccountChange, OfficePaper
from payments.services import find_office_paper, papers_for
from payments.services.accounts import approve_change
from payments.services.papers import all_papers, approve_paper, remove_paper, send_in_paper
from tests.factories.accounts import UserFactory
from tests.factories.payments import AccountChangeFactory, BankAccountFactory

pytestmark = [pytest.mark.unit, pytest.mark.django_db]

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
BANKBOOK, NUMBER = OfficePaper.Kind


@pytest.fixture
def account():
    return BankAccountFactory()


@pytest.fixture
def director():
    return UserFactory()


@pytest.fixture
def send_in(treasurer):
    def send(kind=NUMBER, account=None, content=PDF):
        return send_in_paper(kind, account=account, content=content, user=treasurer)

    return send


def drawn(kind="JPEG", size=(40, 30), **told):
    file = io.BytesIO()
    Image.new("RGB", size, "white").save(file, kind, **told)
    return file.getvalue()


@pytest.mark.sqlite_smoke
def test_a_paper_is_given_out_once_another_person_approves(send_in, treasurer, director, account):
    bankbook, number = send_in(BANKBOOK, account), send_in()
    assert papers_for(account) == []
    assert find_office_paper(NUMBER, account) is None
    with pytest.raises(OwnPaperError):
        approve_paper(bankbook, user=treasurer)

    approve_paper(bankbook, user=director)
    approve_paper(number, user=director)

    assert papers_for(account) == [BANKBOOK, NUMBER]
    assert find_office_paper(BANKBOOK, account) == PDF
    assert papers_for(BankAccountFactory()) == papers_for(None) == [NUMBER]
    assert find_office_paper(BANKBOOK, BankAccountFactory()) is None
    with pytest.raises(PaperDecidedError):
        approve_paper(bankbook, user=director)
    kinds = Event.objects.filter(subject_type="office_paper").values_list("kind", flat=True)
    assert sorted(kinds) == ["approved", "approved", "asked", "asked"]
    assert verify_everything().holds


def test_a_newer_one_takes_its_place_when_it_is_approved(send_in, director):
    approve_paper(send_in(), user=director)
    newer = send_in(content=PDF + b"\n")
    with pytest.raises(PaperWaitsError):
        send_in()
    assert find_office_paper(NUMBER, None) == PDF

    approve_paper(newer, user=director)

    assert find_office_paper(NUMBER, None) == PDF + b"\n"
    assert OfficePaper.objects.count() == 1


@pytest.mark.parametrize("other", [{"number": "999-99-999999"}, {"holder": "다른연대"}])
def test_once_the_account_has_changed_the_old_copy_is_offered_no_more(
    send_in, director, account, other
):
    approve_paper(send_in(BANKBOOK, account), user=director)
    same = {name: getattr(account, name) for name in ("bank", "number", "holder")}
    change = AccountChangeFactory(account=account, **{**same, **other})

    approve_change(change, user=director)

    account.refresh_from_db()
    assert papers_for(account) == []
    assert find_office_paper(BANKBOOK, account) is None
    assert [paper.is_outdated for paper in all_papers()] == [True]
    assert change.decision == AccountChange.Decision.WAITING  # the row that was read before


def test_what_is_taken_away_is_given_out_no_more(send_in, director):
    paper = approve_paper(send_in(), user=director)

    remove_paper(paper, user=director)
    with pytest.raises(PaperDecidedError):
        remove_paper(OfficePaper(pk=0), user=director)

    assert papers_for(None) == []


def test_one_person_alone_is_refused_by_the_database(send_in, treasurer):
    paper = send_in()

    with pytest.raises(IntegrityError):
        OfficePaper.objects.filter(pk=paper.pk).update(
            decision="approved", decided_by=treasurer, decided_at=paper.asked_at
        )


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_becomes_a_page_without_what_the_camera_knew(send_in, kind):
    exif = Image.Exif()
    exif[0x010E] = "secret place"
    content = drawn(kind, (4000, 30), exif=exif)
    assert b"secret place" in content

    made = bytes(send_in(content=content).content)

    assert made.startswith(b"%PDF-")
    assert b"secret place" not in made
    assert b"/Width 2400" in made


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"MZ program",
        b"<svg onload='x'/>",
        drawn()[:100],
        drawn("GIF"),
        drawn("PNG", (9000, 6000)),
        PDF.replace(b"%%EOF", b""),
        PDF.replace(b"/Catalog", b"/Catalog/OpenAction<</S/JavaScript>>"),
        PDF.replace(b"/Catalog", b"/Catalog/#4aavaScript 2 0 R"),
        PDF.replace(b"trailer<<", b"trailer<</Encrypt 3 0 R"),
    ],
    ids=["empty", "exe", "svg", "half", "gif", "huge", "cut", "script", "hidden", "locked"],
)
def test_anything_else_is_refused(send_in, content):
    with pytest.raises(PaperUnreadableError):
        send_in(content=content)

    assert not OfficePaper.objects.exists()
