import base64
import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.integration

KEY = base64.b64encode(bytes(range(32))).decode()
REQUIRED = {
    "SECRET_KEY": "3Xv9-kq7LmZ2pR8tWb4nYc6dFg1hJs5uAe0iOoQwErTyUiPlKjHgFd",
    "FIELD_ENCRYPTION_KEYS": KEY,
    "BLIND_INDEX_KEY": KEY,
    "SITE_URL": "https://sign.example",
    "DATABASE_URL": "postgres://someone@127.0.0.1:1/site",
    "EMAIL_URL": "submission://user:password@smtp.example",
    "TRUSTED_PROXIES": "10.0.0.0/8",
}


def manage(*arguments, **variables):
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.pathsep.join([".", "site"]),
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        **variables,
    }
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def setting(name, **variables):
    code = f"from django.conf import settings; print(repr(settings.{name}))"
    result = subprocess.run(
        [sys.executable, "-c", code],
        env={
            "PYTHONPATH": os.pathsep.join([".", "site"]),
            "DJANGO_SETTINGS_MODULE": "config.settings.production",
            **variables,
        },
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return result.stdout.strip()


@pytest.mark.parametrize("name", REQUIRED)
@pytest.mark.parametrize("value", [None, " "], ids=["missing", "blank"])
def test_production_refuses_to_start_and_names_what_is_missing(name, value):
    variables = {key: text for key, text in REQUIRED.items() if key != name}
    if value:
        variables[name] = value

    result = manage("check", **variables)

    assert result.returncode != 0
    assert f"Set the environment variable {name}." in result.stderr
    assert not [text for text in variables.values() if text.strip() and text in result.stderr]


def test_deployment_check_has_nothing_to_say():
    result = manage("check", "--deploy", "--fail-level", "WARNING", **REQUIRED)

    assert (result.returncode, result.stdout) == (
        0,
        "System check identified no issues (3 silenced).\n",
    ), result.stderr


def test_only_the_sites_own_host_is_answered():
    hosts = setting("ALLOWED_HOSTS", **{**REQUIRED, "SITE_URL": "https://sign.example:8443/"})

    assert hosts == "['sign.example', '127.0.0.1']"


def test_plain_http_is_led_to_https_only_where_the_site_has_it():
    secure = setting("SECURE_SSL_REDIRECT", **REQUIRED)
    plain = setting("SECURE_SSL_REDIRECT", **{**REQUIRED, "SITE_URL": "http://sign.example"})

    assert (secure, plain) == ("True", "False")


def test_first_encryption_key_is_followed_by_older_ones():
    older = base64.b64encode(b"o" * 32).decode()
    keys = setting(
        "FIELD_ENCRYPTION_KEYS", **{**REQUIRED, "FIELD_ENCRYPTION_KEYS": f"{KEY},{older}"}
    )

    assert keys == repr([KEY, older])


def test_media_is_left_to_the_proxy():
    assert setting("SERVE_MEDIA", **REQUIRED) == "False"
