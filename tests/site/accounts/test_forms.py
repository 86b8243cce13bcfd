import pytest
from django.contrib.auth.models import Group

from accounts.defaults import AUDITOR, PRESETS
from accounts.forms import InvitationForm

pytestmark = [pytest.mark.unit, pytest.mark.django_db]


@pytest.mark.parametrize(
    ("preset", "roles"),
    [
        ("", {AUDITOR}),
        ("small-office-work", {AUDITOR, *PRESETS["small-office-work"].roles}),
    ],
)
def test_an_invitation_may_carry_the_roles_of_a_small_office(administrator, preset, roles):
    auditor = Group.objects.get(name=AUDITOR)
    fields = {"name": "한이음", "email": "han@yeondae.example", "groups": [auditor.pk]}

    form = InvitationForm({**fields, "preset": preset}, by=administrator)

    assert form.is_valid()
    assert {group.name for group in form.cleaned_data["groups"]} == roles


def test_an_unknown_preset_is_refused(administrator):
    fields = {"name": "한이음", "email": "han@yeondae.example", "preset": "everything"}

    assert "preset" in InvitationForm(fields, by=administrator).errors
