"""``make run``: prepare var/, then run the web server and the worker until told to stop."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parents[2]
HOST = "127.0.0.1"
PORT = os.environ.get("PORT", "8000")
STOP_SECONDS = 15
POLL_SECONDS = 0.2
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_asked: list[int] = []  # the signals to stop that came


def main() -> int:
    os.chdir(BASE_DIR)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    for number in STOP_SIGNALS:
        signal.signal(number, _stop)
    children: list[subprocess.Popen[bytes]] = []
    try:
        refuse_taken_port()
        start_cards()
        prepare()
        with signals_held_back():
            children.append(start_server())
            children.append(start_worker())
        if wait_for_site(children):
            banner()
        return wait_for_any(children)
    except KeyboardInterrupt:
        return 0
    finally:
        end(children)


def _stop(number, _frame):
    _asked.append(number)
    raise KeyboardInterrupt


@contextmanager
def signals_held_back() -> Iterator[None]:
    """A signal that comes meanwhile counts afterwards: no process is started and forgotten.

    One from before counts too: what ran then may have swallowed its exception, as finalizers do.
    """
    for number in STOP_SIGNALS:
        signal.signal(number, lambda number, _frame: _asked.append(number))
    _end_if_asked()
    yield
    for number in STOP_SIGNALS:
        signal.signal(number, _stop)
    _end_if_asked()


def _end_if_asked() -> None:
    if _asked:
        raise KeyboardInterrupt


def refuse_taken_port() -> None:
    try:
        socket.create_server((HOST, int(PORT))).close()
    except OSError:
        sys.exit(
            f"{PORT}번 포트를 다른 프로그램이 쓰고 있습니다. "
            f"다른 번호로 실행해 주세요: PORT={int(PORT) + 1} make run"
        )


def start_cards() -> None:
    """A thread of this process, before anybody reads the settings; it ends with us."""
    from demo.cards import is_asked, take_cards

    if is_asked(os.environ):
        take_cards(os.environ, f"http://{HOST}:{PORT}")


def prepare() -> None:
    import django
    from django.core.management import call_command

    django.setup()
    from wagtail.models import Page

    print("데이터베이스를 준비합니다 …", flush=True)
    call_command("migrate", interactive=False, verbosity=0)
    from home.models import HomePage
    from privacy.exceptions import KeysMissingError
    from privacy.services import check_keys

    try:
        check_keys()
    except KeysMissingError as error:
        sys.exit(str(error))
    if not HomePage.objects.exists() and Page.objects.count() <= 2:
        call_command("load_demo")
    from demo.staff import equip_staff

    equip_staff()


def start_server() -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "granian", "--interface", "wsgi"]
    command += ["--host", HOST, "--port", PORT, "--workers", "1", "--blocking-threads", "4"]
    command += ["--no-ws", "--log-level", "warning", "config.wsgi:application"]
    return _start(command)


def start_worker() -> subprocess.Popen[bytes]:
    return _start([sys.executable, "manage.py", "worker"])


def _start(command: list[str]) -> subprocess.Popen[bytes]:
    # Their own sessions: Ctrl-C reaches this process only, which then ends them in order.
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([".", "site"])}
    return subprocess.Popen(command, env=environment, start_new_session=True)


def banner() -> None:
    from demo.logins import demo_logins

    lines = [
        "",
        f"  사이트   http://{HOST}:{PORT}/",
        f"  관리자   http://{HOST}:{PORT}/admin/",
    ]
    logins = demo_logins()
    lines += [f"  비밀번호 {logins[0][2]} (아래 계정 모두 같습니다)"]
    lines += [f"    {email:<28} {role}" for role, email, _password in logins]
    lines += [
        "  두 번째 인증 번호를 물으면 다른 창에서 make code 를 실행해 나오는 여섯 자리를 넣으세요."
    ]
    if os.environ.get("STRIPE_API_BASE"):
        company = os.environ["STRIPE_API_BASE"]
        lines += ["  카드 결제는 연습용입니다. 이 컴퓨터 밖으로는 아무것도 나가지 않습니다."]
        lines += [f"  카드 회사 {company}/ (결제 실패·늦은 알림 등 시연: docs/money.md)"]
    lines += ["  보낸 메일은 var/mail/ 에 쌓입니다. 멈추려면 Ctrl-C를 누르세요.", ""]
    print("\n".join(lines), flush=True)


def wait_for_site(children: list[subprocess.Popen[bytes]]) -> bool:
    """Whether the site answers; not when a process has ended before it did."""
    while all(child.poll() is None for child in children):
        connection = http.client.HTTPConnection(HOST, int(PORT), timeout=POLL_SECONDS)
        try:
            connection.request("GET", "/healthz")
            if connection.getresponse().status == http.HTTPStatus.OK:
                return True
        except OSError:
            time.sleep(POLL_SECONDS)
        finally:
            connection.close()
    return False


def wait_for_any(children: list[subprocess.Popen[bytes]]) -> int:
    """Return when the first process ends: a site without its worker must not look healthy."""
    while True:
        for child in children:
            try:
                return child.wait(timeout=0.5)
            except subprocess.TimeoutExpired:
                continue


def end(children: list[subprocess.Popen[bytes]]) -> None:
    """Let every process finish what it is at; end those that take too long, and their children."""
    for number in STOP_SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    for child in children:
        child.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for child in children:
        try:
            child.wait(timeout=max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
        _end_group(child.pid)


def _end_group(leader: int) -> None:
    try:
        os.killpg(leader, signal.SIGKILL)
    except ProcessLookupError:
        return


if __name__ == "__main__":
    sys.exit(main())
