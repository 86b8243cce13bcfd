"""``make run``: prepare var/, then run the web server and the worker until told to stop."""

import os
import signal
import subprocess
import sys
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parents[2]
PORT = os.environ.get("PORT", "8000")
STOP_SECONDS = 15


def main() -> int:
    os.chdir(BASE_DIR)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    children: list[subprocess.Popen[bytes]] = []
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    try:
        prepare()
        children += [start_server(), start_worker()]
        banner()
        return wait_for_any(children)
    except KeyboardInterrupt:
        return 0
    finally:
        end(children)


def _stop(_number, _frame):
    raise KeyboardInterrupt


def prepare() -> None:
    import django  # noqa: PLC0415 (settings are chosen above)
    from django.core.management import call_command  # noqa: PLC0415

    django.setup()
    from wagtail.models import Page  # noqa: PLC0415 (needs the app registry)

    print("데이터베이스를 준비합니다 …", flush=True)  # noqa: T201
    call_command("migrate", interactive=False, verbosity=0)
    from home.models import HomePage  # noqa: PLC0415

    if not HomePage.objects.exists() and Page.objects.count() <= 2:
        call_command("load_demo")


def start_server() -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "granian", "--interface", "wsgi"]
    command += ["--host", "127.0.0.1", "--port", PORT, "--workers", "1", "--blocking-threads", "4"]
    command += ["--no-ws", "--log-level", "warning", "config.wsgi:application"]
    return _start(command)


def start_worker() -> subprocess.Popen[bytes]:
    return _start([sys.executable, "manage.py", "worker"])


def _start(command: list[str]) -> subprocess.Popen[bytes]:
    # Their own sessions: Ctrl-C reaches this process only, which then ends them in order.
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([".", "site"])}
    return subprocess.Popen(command, env=environment, start_new_session=True)  # noqa: S603


def banner() -> None:
    from demo.logins import demo_logins  # noqa: PLC0415 (needs the app registry)

    lines = [
        "",
        f"  사이트   http://127.0.0.1:{PORT}/",
        f"  관리자   http://127.0.0.1:{PORT}/admin/",
    ]
    lines += [f"  {role:<6} {email} / {password}" for role, email, password in demo_logins()]
    lines += ["  보낸 메일은 var/mail/ 에 쌓입니다. 멈추려면 Ctrl-C를 누르세요.", ""]
    print("\n".join(lines), flush=True)  # noqa: T201


def wait_for_any(children: list[subprocess.Popen[bytes]]) -> int:
    """Return when the first process ends: a site without its worker must not look healthy."""
    while True:
        for child in children:
            try:
                return child.wait(timeout=0.5)
            except subprocess.TimeoutExpired:
                continue


def end(children: list[subprocess.Popen[bytes]]) -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    for child in children:
        if child.poll() is None:
            child.send_signal(signal.SIGTERM)
    for child in children:
        try:
            child.wait(timeout=STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)


if __name__ == "__main__":
    sys.exit(main())
