from datetime import date

import pytest
from django.db import transaction

from home.models import PublicVersion
from home.registry import figure_choices, read_figure, read_table, table_choices
from tests.factories.network import BodyFactory, MeetingFactory, OrganisationFactory

pytestmark = [pytest.mark.unit, pytest.mark.django_db]


def test_reports_can_choose_what_the_network_counts():
    assert {"members", "affiliates", "meetings"} <= {slug for slug, _label in figure_choices()}
    assert "meetings_per_body" in {slug for slug, _label in table_choices()}


def test_members_are_counted_as_of_today_or_of_the_end_of_a_year():
    OrganisationFactory(affiliates=10)
    OrganisationFactory(affiliates=5, joined_on=date(2026, 1, 1))
    OrganisationFactory(affiliates=3, joined_on=date(2020, 1, 1), left_on=date(2026, 2, 1))
    OrganisationFactory(affiliates=100, partner=True)

    assert (read_figure("members", None), read_figure("affiliates", None)) == (2, 15)
    assert (read_figure("members", 2025), read_figure("affiliates", 2025)) == (2, 13)


def test_nobody_and_nothing_counts_as_zero():
    assert (read_figure("members", None), read_figure("affiliates", None)) == (0, 0)
    assert read_table("meetings_per_body", 2026) == []


def test_meetings_are_counted_per_year_and_body(clock):
    steering = BodyFactory(name="운영위원회", sort_order=1)
    policy = BodyFactory(name="정책위원회", sort_order=2)
    MeetingFactory(body=policy, held_on=date(2026, 1, 5), attendance=7)
    MeetingFactory(body=policy, held_on=date(2026, 2, 5), attendance=10)
    MeetingFactory(body=steering, held_on=date(2026, 2, 5))
    MeetingFactory(body=steering, held_on=date(2025, 2, 5))

    assert read_figure("meetings", None) == read_figure("meetings", 2026) == 3
    assert read_figure("meetings", 2025) == 1
    [first, second] = read_table("meetings_per_body", None)
    assert first == ("운영위원회", 1, "")
    assert second[:2] == ("정책위원회", 2)
    assert "8" in second[2]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("factory", [OrganisationFactory, BodyFactory, MeetingFactory])
def test_saving_and_deleting_them_changes_public_pages(factory):
    def number():
        return PublicVersion.objects.values_list("number", flat=True).filter(pk=1).first() or 0

    before = number()
    with transaction.atomic():
        row = factory()
    after = number()
    row.delete()

    assert before < after < number()
