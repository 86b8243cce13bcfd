import pytest
from django.contrib.auth.models import Group

from accounts.admin_forms import StaffEditForm
from accounts.defaults import AUDITOR, PRESETS
from accounts.forms import InvitationForm
from tests.factories.accounts import UserFactory

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


def test_an_address_in_other_letters_is_told_in_words():
    UserFactory(email="han@yeondae.example")
    user = UserFactory(email="kim@yeondae.example")
    fields = {"email": "HAN@yeondae.example", "first_name": "다솜", "last_name": "정"}

    form = StaffEditForm({**fields, "groups": []}, instance=user)

    assert form.errors == {"__all__": ["이 주소로 된 계정이 이미 있습니다."]}
