import pytest
from django.core.management import call_command

from accounts.models import User
from home.models import HomePage
from home.network.models import Region
from petitions.models import Signature, Tally

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def load():
    call_command("load_demo", signatures=40)


def test_demo_is_whole_and_loading_it_again_changes_nothing():
    load()
    assert User.objects.count() == 4
    assert Signature.objects.count() == 40
    assert Tally.objects.get().online == Signature.objects.confirmed().count()

    load()

    assert Signature.objects.count() == 40
    assert HomePage.objects.count() == 1


def test_start_that_failed_leaves_nothing_half():
    for kind in (Region.Kind.WARD, Region.Kind.DISTRICT, Region.Kind.PROVINCE):
        Region.objects.filter(kind=kind).delete()

    with pytest.raises(ValueError, match="not enough"):  # Nobody can live anywhere.
        load()

    assert HomePage.objects.count() == 0


def test_more_signatures_can_be_generated_at_any_time():
    load()

    call_command("generate_signatures", 50)

    assert Signature.objects.count() == 90
