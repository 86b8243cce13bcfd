import re

import pytest
from django.db import connection

from home.publishing import forget_everything
from petitions import services
from petitions.models import Signature
from privacy.models import ConsentDefinition, ConsentRecord
from tests.conftest import publish
from tests.petitions.citizen import EMAIL, NAME, typed

from .conftest import CHECK_MAIL, NEW_EMAIL, PETITION, keeps, nothing_is_stored

pytestmark = pytest.mark.integration


def change_consent(**words):
    definition = ConsentDefinition.objects.get(slug="collection")
    for name, text in words.items():
        setattr(definition, name, text)
    definition.save()
    forget_everything()


@pytest.mark.sqlite_smoke
def test_nobody_agrees_to_a_text_that_was_not_on_the_form(client, sign):
    change_consent(items="이름, 이메일, 전화번호")

    response = sign(comment="한마디를 씁니다", name_display="full")

    html = response.content.decode()
    assert (response.status_code, response["Cache-Control"]) == (409, "no-store")
    assert "이름, 이메일, 전화번호" in html
    assert keeps(response, name=NAME, email=EMAIL, comment="한마디를 씁니다")
    assert "checked" not in re.findall(r'<input[^>]*id_consent_collection"[^>]*>', html)[0]
    assert nothing_is_stored()

    version = re.search(r'name="form_version" value="(\w+)"', html)[1]
    assert client.post(f"{PETITION}sign/", typed(form_version=version)).status_code == 303
    agreed = ConsentRecord.objects.select_related("version").get(slug="collection")
    assert agreed.version.items == "이름, 이메일, 전화번호"


def test_a_new_version_of_the_petition_is_shown_before_it_is_signed(sign, petition_page):
    petition_page.title = "다른 요구입니다"
    publish(petition_page)
    forget_everything()

    response = sign(email="garam@")

    assert response.status_code == 409
    assert keeps(response, title="다른 요구입니다", name=NAME, email="garam@")
    assert nothing_is_stored()


@pytest.mark.parametrize("version", [None, "", "0000000000000000"], ids=repr)
def test_who_saw_no_form_is_shown_it(sign, version):
    response = sign(form_version=version)

    assert response.status_code == 409
    assert keeps(response, name=NAME, form='name="form_version"')
    assert nothing_is_stored()


def test_a_correction_does_not_agree_to_another_text_either(client, sign):
    sign()
    change_consent(items="이름, 이메일, 전화번호")

    response = client.post(f"{CHECK_MAIL}correct/", {"email": NEW_EMAIL})

    assert response.status_code == 409
    assert keeps(response, items="이름, 이메일, 전화번호", name=NAME, email=NEW_EMAIL)
    assert Signature.objects.get().email == EMAIL


@pytest.mark.django_db(transaction=True)
def test_a_petition_deleted_a_moment_ago_is_not_found(sign, petition_page):
    services.petition_state(PETITION)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM petitions_petitionconsent")
        cursor.execute("DELETE FROM petitions_petitionpage")

    response = sign()

    assert response.status_code == 404
    assert nothing_is_stored()
