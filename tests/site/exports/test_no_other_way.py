"""No list of rows about people can be exported by Wagtail's own button."""

import pytest
from django.apps import apps
from wagtail.admin.viewsets import viewsets
from wagtail.admin.viewsets.model import ModelViewSet

from privacy.fields import EncryptedTextField
from tests.factories.accounts import UserFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def about_people():
    return {
        model
        for model in apps.get_models()
        if any(isinstance(field, EncryptedTextField) for field in model._meta.concrete_fields)
    } | {apps.get_model("accounts.User")}


def lists():
    viewsets.populate()
    found = [one for one in viewsets.viewsets if isinstance(one, ModelViewSet)]
    return [one for one in found if one.model in about_people()]


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_asking_a_list_for_a_file_brings_the_list(client, format):
    client.force_login(UserFactory(administrator=True))
    assert len(lists()) >= 2  # Signatures and staff at least: an empty loop proves nothing.

    for viewset in lists():
        response = client.get(f"/admin/{viewset.url_prefix}/", {"export": format})

        assert response.status_code == 200, viewset
        assert response["Content-Type"].startswith("text/html"), viewset
        assert "Content-Disposition" not in response, viewset
