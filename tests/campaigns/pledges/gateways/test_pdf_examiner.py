"""What the process reads of a file, called here in our own; and that it limits itself."""

import io
import json
import logging
import resource
import subprocess
import sys
from types import SimpleNamespace

import pytest

from campaigns.pledges.exceptions import UnreadableFileError, WastefulFileError
from campaigns.pledges.gateways import pdf_examination, pdf_examiner
from campaigns.pledges.gateways.pdf_seal import ATTACHMENT, seal_concluded, seal_received
from campaigns.pledges.gateways.signing_keys import read_keys
from tests.factories import pledge_files

pytestmark = pytest.mark.unit


@pytest.fixture
def keys(settings, tmp_path):
    settings.SIGNING_KEYS_DIR = tmp_path
    return read_keys()


@pytest.fixture
def sealed(keys):
    received = seal_received(pledge_files.plain_pdf(), b"{}", keys)
    return seal_concluded(received, keys)


def holding(said):
    return [one["holds"] for one in said["seals"]]


def test_both_seals_and_the_attachment_are_read(sealed, keys):
    said = pdf_examiner.examine(sealed)
    assert (said["number"], holding(said)) == (2, [True, True])
    assert {one["signer"] for one in said["seals"]} == {keys.fingerprint}
    assert list(said["attachments"]) == [ATTACHMENT]
    assert said["title"] == ""


def test_a_seal_that_makes_the_checker_raise_does_not_hold(sealed, monkeypatch):
    def fail(*_args):
        raise KeyError("/V")

    monkeypatch.setattr(pdf_examiner, "validate_pdf_signature", fail)
    assert holding(pdf_examiner.examine(sealed)) == [False, False]


def test_an_attachment_that_cannot_be_read_has_no_digest(sealed):
    broken = pledge_files.flip(sealed, pledge_files.attachment_stream(sealed) - 18)
    assert pdf_examiner.examine(broken)["attachments"] == {ATTACHMENT: ""}


def test_a_catalogue_without_names_has_no_attachment():
    said = pdf_examiner.examine(pledge_files.plain_pdf(names=b"null"))
    assert (said["attachments"], said["number"]) == ({}, 0)


@pytest.mark.parametrize("where", ["validate_pdf_signature", "hashlib.sha256"])
def test_too_much_is_never_taken_for_a_broken_part(sealed, monkeypatch, where):
    def burst(*_args):
        raise MemoryError

    monkeypatch.setattr(f"campaigns.pledges.gateways.pdf_examiner.{where}", burst)
    with pytest.raises(MemoryError):
        pdf_examiner.examine(sealed)


@pytest.mark.parametrize("error", [None, RecursionError])
def test_it_limits_itself_before_it_reads(sealed, monkeypatch, capsys, error):
    limits = {}
    monkeypatch.setattr(resource, "setrlimit", lambda kind, most: limits.setdefault(kind, most))
    monkeypatch.setattr(logging, "disable", lambda: None)
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(sealed)))
    if error:
        monkeypatch.setattr(pdf_examiner, "examine", lambda _content: (_ for _ in ()).throw(error))

    assert pdf_examiner.main() == 0
    said = json.loads(capsys.readouterr().out)
    assert said == {"too_much": True} if error else said["number"] == 2
    assert limits[resource.RLIMIT_FSIZE] == (0, 0)
    assert limits[resource.RLIMIT_AS][0] < 1024**3


def test_a_machine_that_allows_less_is_obeyed(monkeypatch):
    limits = {}
    monkeypatch.setattr(resource, "setrlimit", lambda kind, most: limits.setdefault(kind, most))
    monkeypatch.setattr(resource, "getrlimit", lambda _kind: (5, 5))
    pdf_examiner._limit(resource.RLIMIT_CPU, 10)
    assert limits == {resource.RLIMIT_CPU: (5, 5)}


def test_what_could_speak_to_the_network_is_left_out(monkeypatch):
    spy = (
        "import json, sys; sys.path.append(sys.argv[1]); import pdf_examiner; "
        "found = sorted({'aiohttp', 'requests'} & set(sys.modules)); "
        "print(json.dumps({'title': str(found), 'attachments': {}, 'number': 0, 'seals': []}))"
    )
    monkeypatch.setattr(pdf_examination, "START", spy)
    assert pdf_examination.examine_pdf(b"").title == "[]"


def test_the_process_has_no_environment(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "hidden")
    spy = (
        "import json, os; title = str(dict(os.environ)); "
        "print(json.dumps({'title': title, 'attachments': {}, 'number': 0, 'seals': []}))"
    )
    monkeypatch.setattr(pdf_examination, "START", spy)
    assert "hidden" not in pdf_examination.examine_pdf(b"").title


def test_a_process_that_takes_too_long_is_ended(monkeypatch):
    monkeypatch.setattr(pdf_examination, "START", "import time; time.sleep(60)")
    monkeypatch.setattr(pdf_examination, "SECONDS", 0.1)
    with pytest.raises(WastefulFileError):
        pdf_examination.examine_pdf(b"")


@pytest.mark.parametrize(("code", "error"), [(1, UnreadableFileError), (-9, WastefulFileError)])
def test_how_it_ended_says_why(monkeypatch, code, error):
    def end(*_args, **_options):
        raise subprocess.CalledProcessError(code, "python")

    monkeypatch.setattr(subprocess, "run", end)
    with pytest.raises(error):
        pdf_examination.examine_pdf(b"")
