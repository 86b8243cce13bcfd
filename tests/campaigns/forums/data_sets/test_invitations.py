import pytest

from campaigns.forums.data_sets import INVITATIONS
from campaigns.forums.models import Invitation
from rights.registry import NotTheirsError
from tests.factories.forums import InvitationFactory

pytestmark = [pytest.mark.unit, pytest.mark.django_db]

OFFICE = "office@nuri.example"


@pytest.fixture
def invited(state):
    InvitationFactory(forum=state.page)
    return InvitationFactory(forum=state.page, email=OFFICE)


def test_the_office_of_an_organisation_finds_its_invitation(invited, django_assert_num_queries):
    with django_assert_num_queries(1):
        (holding,) = INVITATIONS.find("OFFICE@nuri.example")

    told = {fact.name: fact.value for fact in holding.facts}
    assert (told["email"], told["code"]) == (OFFICE, invited.code)
    assert holding.title == invited.forum.title
    assert INVITATIONS.find("else@nuri.example") == []


def test_each_field_is_told(invited):
    (holding,) = INVITATIONS.find(OFFICE)

    told = {fact.name for fact in holding.facts}
    not_told = {"id", "forum", "code_index", "made_by"}  # key, title, made by a key, staff
    assert told == {field.name for field in Invitation._meta.fields} - not_told


def test_its_address_can_be_erased(invited):
    with pytest.raises(NotTheirsError):
        INVITATIONS.erase("else@nuri.example", str(invited.pk))

    INVITATIONS.erase(OFFICE, str(invited.pk))

    invited.refresh_from_db()
    assert (invited.email, invited.seats) == (None, 2)
    assert INVITATIONS.find(OFFICE) == []
