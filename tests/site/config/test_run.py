"""``make run`` as a newcomer has it: a copy of the checkout with nothing under var/."""

import json
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode, urlsplit
from urllib.request import Request, urlopen

import pytest

from tests.ports import free_port
from tests.waiting import until

pytestmark = pytest.mark.integration

ROOT = Path(__file__).resolve().parents[3]
PARTS = ("campaigns", "home", "petitions", "site", "static", "templates")
SECONDS = 90
FORUM = "/campaigns/basic-act/forum-2026/"


def start(checkout, port, **told):
    environment = {
        **told,
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.pathsep.join([".", "site"]),
        "PORT": str(port),
    }
    return subprocess.Popen(
        [sys.executable, "-m", "config.run"],
        cwd=checkout,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def read_until(process, words):
    """What a process says up to a line with these words."""
    said = []
    for line in process.stdout:
        said.append(line)
        if words in line:
            return "".join(said)
    raise AssertionError(f"ended before it said {words}: {''.join(said)}")


def stop(process, number=signal.SIGTERM):
    process.send_signal(number)
    output, _ = process.communicate(timeout=SECONDS)
    return output


def processes_in(checkout):
    """The processes that work in a folder, by what Linux says of them."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if (entry / "cwd").readlink() == checkout:
                found.append(int(entry.name))
        except OSError:  # it ended meanwhile, or is a zombie
            continue
    return found


@contextmanager
def running(checkout, **told):
    """A started site and its port; whatever is left of it is killed at the end."""
    port = free_port()
    process = start(checkout, port, **told)
    try:
        yield process, port
    finally:
        process.kill()
        for number in processes_in(checkout):
            os.kill(number, signal.SIGKILL)
        process.communicate()


def page(port, path="/"):
    with urlopen(f"http://127.0.0.1:{port}{path}", timeout=SECONDS) as response:
        return response.read().decode()


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """A checkout that was started once and stopped, and what it said."""
    folder = tmp_path_factory.mktemp("first")
    for part in PARTS:
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "manage.py", folder)
    with running(folder) as (process, port):
        said = read_until(process, "Ctrl-C")
        welcome = page(port, "/campaigns/basic-act/petition/")
        stop(process)
    (folder / "said.txt").write_text(said)
    (folder / "welcome.html").write_text(welcome)
    return folder


def test_first_start_shows_addresses_and_log_ins(checkout):
    said = (checkout / "said.txt").read_text()

    assert "http://127.0.0.1:" in said
    assert "/admin/" in said
    assert "비밀번호 " in said
    for role in ("관리자", "편집자", "개인정보 보호책임자", "지역 담당(회원단체)"):
        assert re.search(rf"@yeondae\.example +{re.escape(role)}$", said, re.MULTILINE), role
    assert "make code" in said


def test_first_start_has_the_demo_petition(checkout):
    assert "사회적경제기본법을 올해 안에 의결해 주십시오" in (checkout / "welcome.html").read_text()


def test_keys_are_for_their_owner_alone(checkout):
    keys = list((checkout / "var" / "keys").iterdir())

    assert {oct(key.stat().st_mode & 0o777) for key in keys} == {"0o600"}
    assert {key.name for key in keys} == {
        *("secret_key", "field_encryption_keys", "blind_index_key"),
        *("demo_password", "demo_second_factor"),
        *("signing_root.key", "signing_root.pem", "signing_root.crl"),
        *("signing_seal.key", "signing_seal.pem"),
    }


def test_second_start_does_nothing_again(checkout):
    with running(checkout) as (process, port):
        said = read_until(process, "Ctrl-C")
        page(port)
        stop(process)

    def log_ins(text):
        return [line for line in text.splitlines() if "@yeondae.example" in line]

    assert "1,200" not in said
    assert log_ins(said) == log_ins((checkout / "said.txt").read_text())


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_every_process(checkout, number):
    with running(checkout) as (process, _port):
        read_until(process, "Ctrl-C")
        assert len(processes_in(checkout)) >= 3

        stop(process, number)

        assert processes_in(checkout) == []
        assert process.returncode == 0


def test_a_signal_that_what_runs_swallows_counts_nevertheless():
    """As Python does with an exception inside a finalizer, of which ``migrate`` runs many."""
    script = (
        "import contextlib, os, signal\n"
        "from config import run\n"
        "def prepare():\n"
        "    with contextlib.suppress(KeyboardInterrupt):\n"
        "        os.kill(os.getpid(), signal.SIGTERM)\n"
        "run.prepare = prepare\n"
        "run.start_server = lambda: print('started') or exit(7)\n"
        "exit(run.main())\n"
    )
    python_path = os.pathsep.join([str(ROOT), str(ROOT / "site")])
    environment = {**os.environ, "PYTHONPATH": python_path, "PORT": str(free_port())}
    process = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, timeout=SECONDS
    )

    assert (process.returncode, process.stdout) == (0, b"")


def test_two_checkouts_run_side_by_side(checkout, tmp_path):
    other = shutil.copytree(checkout, tmp_path / "second")

    with running(checkout) as (first, first_port), running(other) as (second, second_port):
        read_until(first, "Ctrl-C")
        read_until(second, "Ctrl-C")
        stop(first)

        assert "서명" in page(second_port)
        assert first_port != second_port


def test_a_dead_worker_ends_the_site(checkout):
    with running(checkout) as (process, _port):
        read_until(process, "Ctrl-C")
        workers = [
            number
            for number in processes_in(checkout)
            if b"worker\0" in Path(f"/proc/{number}/cmdline").read_bytes()[-8:]
        ]
        os.kill(workers[0], signal.SIGKILL)
        process.communicate(timeout=SECONDS)

        assert processes_in(checkout) == []
        assert process.returncode != 0


def test_a_taken_port_is_said_in_one_line(checkout):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        process = start(checkout, taken.getsockname()[1])
        output, _ = process.communicate(timeout=SECONDS)

    assert process.returncode == 1
    assert len(output.splitlines()) == 1
    assert "PORT=" in output


def test_cards_of_the_demo_are_declined_told_late_and_disputed_from_outside(checkout):
    with running(checkout, CARDS="demo") as (process, port):
        said = read_until(process, "Ctrl-C")
        visitor = Visitor(port, re.search(r"카드 회사 (http://127\.0\.0\.1:\d+)/", said)[1])
        back = visitor.register()

        visitor.play("decline")
        assert "카드 결제 완료" not in page(port, back)
        visitor.play("webhooks", mode="late", delay=6)
        visitor.play("pay")
        assert "결제를 확인하고 있습니다" in page(port, back)
        until(lambda: "카드 결제 완료" in page(port, back))
        visitor.play("webhooks", mode="five")
        visitor.play("dispute")

        told = visitor.play("show")["webhooks"]
        assert set(told["answers"]) == {204}
        with sqlite3.connect(checkout / "var" / "db.sqlite3") as books:
            rows = books.execute("SELECT state, dispute FROM payments_cardattempt").fetchall()
        assert ("paid", "open") in rows
        stop(process)


class Visitor:
    """Somebody who registers with a card, and somebody else at the card company."""

    def __init__(self, port, company):
        self.port, self.company = port, company

    def register(self):
        """The form of the demo's forum, sent; where the card's page leads back to."""
        form = page(self.port, f"{FORUM}apply/")
        session = re.search(r'name="sessions" value="(\d+)"', form)[1]
        told = {
            "form_key": re.search(r'name="form_key" value="([^"]+)"', form)[1],
            **{
                "people": "1",
                "sessions": session,
                "name": "한가람",
                "meal_1": "yes",
                "pay": "card",
            },
            **{"email": "garam@mail.example", "phone": "010-0000-1234", "meal": "yes"},
        }
        address = f"http://127.0.0.1:{self.port}{FORUM}apply/"
        sent = Request(address, urlencode(told).encode(), {"Sec-Fetch-Site": "same-origin"})
        with urlopen(sent, timeout=SECONDS) as answer:  # noqa: S310 (the same)
            assert answer.url.startswith(f"{self.company}/pay/"), answer.read().decode()
        [paying] = self.play("show")["sessions"]
        return urlsplit(paying["success_url"])._replace(scheme="", netloc="").geturl()

    def play(self, step, **told):
        """As a person would by ``curl``."""
        address, body = f"{self.company}/_control/{step}", urlencode(told).encode()
        with urlopen(address, body, timeout=SECONDS) as answer:  # noqa: S310 (our own)
            return json.loads(answer.read())
