"""Every way to change a sealed file that we know: found, each with the right reason."""

import io

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature

from campaigns.pledges.gateways.pdf_seal import context_of
from campaigns.pledges.gateways.signing_keys import create_keys, read_keys
from campaigns.pledges.services.endings import withdraw_agreement
from campaigns.pledges.services.seals import run_seals
from campaigns.pledges.services.verdicts import MOST_BYTES, Finding, judge_file
from tests.factories import pledge_files
from tests.factories.pledge_agreements import respondent_of, signed_agreement

from .conftest import seal_both

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

BYTES = {
    "header": lambda _content: 6,
    "page": pledge_files.page_stream,
    "answers": pledge_files.attachment_stream,
    "first seal": lambda content: pledge_files.seal_bytes(content, 0),
    "second seal": lambda content: pledge_files.seal_bytes(content, 1),
    "first xref": lambda content: content.index(b"startxref") - 400,
    "trailer": lambda content: content.rindex(b"/Prev") + 7,
    "last number": lambda content: content.rindex(b"startxref") + 11,
}


@pytest.fixture
def strangers_keys(settings, tmp_path, keys):
    """Made with the same program, under another root."""
    ours, settings.SIGNING_KEYS_DIR = settings.SIGNING_KEYS_DIR, tmp_path / "strangers"
    create_keys(tmp_path / "strangers", "사회적경제 연대회의")
    theirs = read_keys()
    settings.SIGNING_KEYS_DIR = ours
    return theirs


def finding(content, **named):
    return judge_file(content, **named).finding


@pytest.mark.sqlite_smoke
def test_originals_are_never_called_anything_else(agreement, user):
    run_seals()
    received = bytes(agreement.documents.get().content)
    assert finding(received) == Finding.ORIGINAL
    both = seal_both(agreement)
    assert [finding(file) for file in both] == [Finding.EARLIER, Finding.ORIGINAL]
    withdraw_agreement(agreement, "뜻이 바뀌었습니다.", user=user)
    assert finding(both[1], named=agreement.number) == Finding.ORIGINAL


def test_the_file_of_a_superseded_agreement_is_still_an_original(agreement, original):
    agreement.state, agreement.ended_at = "superseded", agreement.signed_at
    agreement.save()
    assert finding(original) == Finding.ORIGINAL


@pytest.mark.parametrize("part", BYTES)
def test_one_bit(original, agreement, part):
    verdict = judge_file(pledge_files.flip(original, BYTES[part](original)))
    assert verdict.finding in {Finding.CHANGED, Finding.UNREADABLE}
    if verdict.finding == Finding.CHANGED:
        assert verdict.agreement == agreement


def test_every_twentieth_of_a_file_counts(original):
    step = len(original) // 20
    for place in range(step // 2, len(original), step * 5):
        assert finding(pledge_files.flip(original, place)) in {
            Finding.CHANGED,
            Finding.UNREADABLE,
        }


def test_a_file_that_ends_in_the_middle(original):
    for share in (0.3, 0.7, 0.99):
        assert finding(original[: int(len(original) * share)]) == Finding.TRUNCATED


def test_cut_back_to_the_first_seal(received, original, agreement):
    """Validators call it fully valid."""
    assert original.startswith(received)
    assert finding(received) == Finding.EARLIER
    inside = pledge_files.cut_back_in_seal(received)
    assert judge_file(inside).finding == Finding.CUT_BACK
    assert judge_file(inside).agreement == agreement


def test_cut_back_within_the_second_seal(original):
    assert finding(pledge_files.cut_back_in_seal(original)) == Finding.CUT_BACK


def test_a_third_signature(original, strangers_keys, keys):
    assert finding(pledge_files.signed_by(original, strangers_keys)) == Finding.ADDED
    assert finding(pledge_files.signed_by(original, keys)) == Finding.ADDED


def test_the_lock_shows_a_third_signature_to_every_validator(original, keys, strangers_keys):
    """The second seal forbids it; the first alone would not."""
    content = pledge_files.signed_by(original, strangers_keys)
    seals = PdfFileReader(io.BytesIO(content)).embedded_signatures
    held = [validate_pdf_signature(seal, context_of(keys)).bottom_line for seal in seals[:2]]
    assert held == [True, False]


def test_a_second_signature_by_others(received, agreement, strangers_keys):
    assert finding(pledge_files.signed_by(received, strangers_keys)) == Finding.ADDED


def test_other_answers_inside(original, agreement):
    verdict = judge_file(pledge_files.swapped_answers(original))
    assert (verdict.finding, verdict.agreement) == (Finding.SWAPPED, agreement)


@pytest.mark.parametrize("change", [pledge_files.changed_page, pledge_files.attached])
def test_something_appended(original, received, change):
    assert finding(change(original)) == Finding.CHANGED


def test_spaces_at_the_end(original):
    assert finding(original + b"\n") == Finding.CHANGED


def test_saved_anew_by_another_program(original):
    assert finding(pledge_files.rewritten(original, with_seals=True)) == Finding.CHANGED
    assert finding(pledge_files.rewritten(original, with_seals=False)) == Finding.UNSEALED


def test_the_agreement_of_another_candidate(election, agreement, original, keys):
    other = signed_agreement(respondent_of(election, name="이가람"), email="b@x.example")
    theirs = seal_both(other)[1]
    verdict = judge_file(theirs, named=agreement.number)
    assert (verdict.finding, verdict.agreement) == (Finding.OTHER, other)
    assert finding(theirs, named=other.number) == Finding.ORIGINAL
    assert finding(theirs) == Finding.ORIGINAL


def test_an_imitation_with_other_keys(original, strangers_keys):
    bare = pledge_files.rewritten(original, with_seals=False)
    assert finding(pledge_files.signed_by(bare, strangers_keys, "Received")) == Finding.IMITATED


def test_a_file_of_others(strangers_keys, agreement, original):
    foreign = pledge_files.plain_pdf()
    assert finding(foreign) == Finding.FOREIGN
    assert finding(pledge_files.signed_by(foreign, strangers_keys)) == Finding.FOREIGN


def test_sealed_by_us_and_in_no_record(agreement, original, keys):
    assert finding(pledge_files.signed_by(pledge_files.plain_pdf(), keys)) == Finding.CHANGED


def test_found_by_its_answers_when_the_title_is_gone(original, agreement):
    changed = pledge_files.without_title(original)
    verdict = judge_file(changed)
    assert (verdict.finding, verdict.agreement) == (Finding.CHANGED, agreement)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", Finding.EMPTY),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(2000), Finding.NO_PDF),
        (b"%PDF-1.7\n" + bytes(MOST_BYTES), Finding.TOO_LARGE),
        (b"%PDF-1.7\nnonsense\n%%EOF", Finding.UNREADABLE),
    ],
    ids=["empty", "picture", "too large", "no objects"],
)
def test_what_is_no_file_of_ours_at_first_sight(db, content, expected):
    assert finding(content) == expected


@pytest.mark.parametrize("make", [pledge_files.bomb, pledge_files.nested])
def test_a_file_that_is_made_to_be_too_much(db, make):
    assert finding(make()) in {Finding.WASTEFUL, Finding.UNREADABLE}
