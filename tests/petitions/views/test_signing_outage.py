import re

import pytest

from messaging.models import OutboxMessage
from petitions import services
from petitions.models import Signature
from tests.petitions.citizen import EMAIL, NAME, typed

from .conftest import CHECK_MAIL, NEW_EMAIL, PETITION, keeps, nothing_is_stored, set_read_only

pytestmark = pytest.mark.integration


@pytest.mark.sqlite_smoke
def test_a_read_only_database_keeps_the_typing(sign, read_only_database):
    services.petition_state(PETITION)
    read_only_database()

    response = sign(comment="<b>한마디</b>")

    assert (response.status_code, response["Retry-After"]) == (503, "60")
    assert response["Cache-Control"] == "no-store"
    assert keeps(response, name=NAME, email=EMAIL, comment="&lt;b&gt;한마디&lt;/b&gt;")
    html = response.content.decode()
    assert f'action="{PETITION}sign/"' in html
    for field, value in typed().items():
        assert f'name="{field}" value="{value}"' in html or field == "comment"
    assert nothing_is_stored()


@pytest.mark.parametrize("warm", [True, False], ids=["known petition", "fresh process"])
def test_an_absent_database_keeps_the_typing(sign, absent_database, warm):
    if warm:
        services.petition_state(PETITION)
    absent_database()

    response = sign()

    assert (response.status_code, response["Retry-After"]) == (503, "60")
    assert keeps(response, name=NAME, email=EMAIL)


def test_an_absent_database_fails_while_a_mistake_is_shown(sign, absent_database):
    services.petition_state(PETITION)
    absent_database()

    response = sign(email="garam@")

    assert response.status_code == 503
    assert keeps(response, name=NAME, email="garam@")


def test_what_was_kept_can_be_sent_again(client, sign, read_only_database):
    read_only_database()
    html = sign(comment="한마디").content.decode()
    set_read_only("off")
    fields = dict(_hidden(html))
    response = client.post(f"{PETITION}sign/", fields)

    assert response.status_code == 303
    assert Signature.objects.get().comment == "한마디"


def _hidden(html):
    return re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', html)


@pytest.mark.parametrize("step", ["resend", "correct"])
def test_a_read_only_database_keeps_the_other_steps(client, sign, read_only_database, clock, step):
    sign()
    clock.tick(61)
    read_only_database()

    response = client.post(f"{CHECK_MAIL}{step}/", {"email": NEW_EMAIL})

    assert response.status_code == 503
    assert f'action="{CHECK_MAIL}{step}/"' in response.content.decode()
    assert Signature.objects.get().email == EMAIL
    assert OutboxMessage.objects.count() == 1


@pytest.mark.parametrize("address", [PETITION, CHECK_MAIL, f"{PETITION}count.json", "/"])
def test_an_absent_database_is_no_error_for_readers(
    client, petition_page, absent_database, address
):
    absent_database()

    response = client.get(address)

    assert (response.status_code, response["Retry-After"]) == (503, "60")
    assert "text/html" in response["Content-Type"]
