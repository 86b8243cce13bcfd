"""The site as production runs it: settings from the environment alone, behind a proxy."""

import base64
import os
import re
import subprocess
import sys

import pytest

from tests.petitions.citizen import typed
from tests.server import Server

pytestmark = [pytest.mark.integration, pytest.mark.postgres]

KEY = base64.b64encode(b"a" * 32).decode()
# What a proxy adds, in front of what a visitor claims.
SECURE = {"Host": "sign.example", "X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9"}
PLAIN = {**SECURE, "X-Forwarded-Proto": "http"}


@pytest.fixture
def site(process_environment, petition_page, tmp_path):
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": process_environment["PYTHONPATH"],
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "DATABASE_URL": process_environment["DATABASE_URL"],
        "SITE_URL": "https://sign.example",
        "EMAIL_URL": "smtp://127.0.0.1:1/",
        "TRUSTED_PROXIES": "127.0.0.1",
        "VAR_DIR": str(tmp_path),
        "SECRET_KEY": "3Xv9-kq7LmZ2pR8tWb4nYc6dFg1hJs5uAe0iOoQwErTyUiPlKjHgFd",
        "FIELD_ENCRYPTION_KEYS": KEY,
        "BLIND_INDEX_KEY": base64.b64encode(b"b" * 32).decode(),
    }
    # The admin's own files take ten seconds to compress, and no page below asks for them.
    collect = [sys.executable, "manage.py", "collectstatic", "--noinput", "-v", "0"]
    subprocess.run([*collect, "-i", "wagtail*"], env=environment, check=True)
    server = Server(environment, tmp_path)
    yield server.start()
    server.stop()


def test_the_site_starts_from_the_environment_alone(site):
    page = site.get("/campaigns/basic-act/petition/", **SECURE)
    assert page.status == 200
    assert page.header("Strict-Transport-Security") == "max-age=31536000"
    assert page.header("Set-Cookie") is None

    [style] = re.findall(r'href="(/static/dist/site\.[0-9a-f]{12}\.css)"', page.body.decode())
    file = site.get(style, **SECURE, **{"Accept-Encoding": "br"})
    assert (file.status, file.header("Content-Encoding")) == (200, "br")
    assert "immutable" in file.header("Cache-Control")

    plain = site.get("/campaigns/basic-act/petition/?a=1", **PLAIN)
    assert plain.status == 301
    assert plain.header("Location") == "https://sign.example/campaigns/basic-act/petition/?a=1"

    assert site.get("/", **{**SECURE, "Host": "elsewhere.example"}).status == 400
    assert site.get("/healthz").status == 200
    assert site.get("/media/x.webp", **SECURE).status == 404

    signed = site.post(
        "/campaigns/basic-act/petition/sign/",
        typed(),
        **SECURE,
        **{"Sec-Fetch-Site": "same-origin"},
    )
    assert signed.status == 303
    assert signed.header("Location").startswith("/campaigns/basic-act/petition/")
    assert {"Secure", "HttpOnly"} <= set(signed.header("Set-Cookie").split("; "))
