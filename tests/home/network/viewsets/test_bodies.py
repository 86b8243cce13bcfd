from datetime import date

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from home.network.models import Body, Meeting
from tests.factories.network import BodyFactory, MeetingFactory
from tests.queries import read

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def listed(client, name, **query):
    response = client.get(reverse(f"{name}:index"), query)
    return [str(row) for row in response.context["object_list"]]


def entered(seats=(), **fields):
    return nested_form_data(
        {
            "name": "정책위원회",
            "kind": "committee",
            "status": "active",
            "sort_order": 0,
            **fields,
            "seats": inline_formset(seats),
        }
    )


def test_staff_add_a_body_with_its_members(admin_client):
    seats = [
        {"name": "김연대", "affiliation": "가온연합", "role": "위원장"},
        {"name": "한빛협동조합연합회 등", "affiliation": "", "role": ""},
    ]

    admin_client.post(reverse("bodies:add"), entered(seats))

    body = Body.objects.get()
    assert [seat.name for seat in body.seats.all()] == ["김연대", "한빛협동조합연합회 등"]


def test_list_shows_this_years_meetings_and_is_filtered(admin_client, clock):
    policy = BodyFactory(name="정책위원회", sort_order=1)
    BodyFactory(name="청년위원회", preparing=True, kind="task_force", sort_order=2)
    MeetingFactory.create_batch(2, body=policy, held_on=date(2026, 2, 1))
    MeetingFactory(body=policy, held_on=date(2025, 2, 1))

    response = admin_client.get(reverse("bodies:index"))

    assert [row.meetings_held for row in response.context["object_list"]] == [2, 0]
    assert listed(admin_client, "bodies", status="preparing") == ["청년위원회"]
    assert listed(admin_client, "bodies", kind="committee") == ["정책위원회"]
    assert listed(admin_client, "bodies", q="청년") == ["청년위원회"]


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("name", "factory"), [("bodies", BodyFactory), ("meetings", MeetingFactory)]
)
def test_lists_take_the_same_queries_for_one_row_and_three(admin_client, name, factory, rows):
    listed(admin_client, name)
    factory.create_batch(rows)

    _html, queries = read(admin_client, reverse(f"{name}:index"))

    assert len(listed(admin_client, name)) == rows
    assert queries <= 10


def test_a_body_is_no_part_of_its_own_parts(admin_client):
    upper = BodyFactory(name="정책위원회")
    lower = BodyFactory(name="법제도분과", parent=upper, predecessor=upper)

    response = admin_client.post(
        reverse("bodies:edit", args=[upper.pk]), entered(parent=lower.pk, predecessor="")
    )
    assert list(response.context["form"].errors) == ["parent"]

    response = admin_client.post(
        reverse("bodies:edit", args=[upper.pk]), entered(parent="", predecessor=lower.pk)
    )
    assert list(response.context["form"].errors) == ["predecessor"]


def test_a_body_does_not_end_before_it_began(admin_client):
    dates = {"began_on": "2026-03-01", "ended_on": "2026-02-01"}

    response = admin_client.post(reverse("bodies:add"), entered(**dates))

    assert list(response.context["form"].errors) == ["ended_on"]


def test_a_body_that_met_or_has_parts_stays_and_staff_hear_why(admin_client):
    body = BodyFactory(name="정책위원회")
    BodyFactory(parent=body)
    MeetingFactory.create_batch(2, body=body)
    body.seats.create(name="김연대")
    body.save()

    response = admin_client.post(reverse("bodies:delete", args=[body.pk]), follow=True)

    [message] = response.context["messages"]
    kinds = Body._meta.verbose_name, Meeting._meta.verbose_name
    for words in ("정책위원회", f"{kinds[0]} 1", f"{kinds[1]} 2"):
        assert words in str(message)
    assert Body.objects.filter(pk=body.pk).exists()


def test_a_body_with_nothing_but_members_can_be_deleted(admin_client):
    body = BodyFactory()
    body.seats.create(name="김연대")
    body.save()

    admin_client.post(reverse("bodies:delete", args=[body.pk]))

    assert not Body.objects.exists()


def test_staff_record_a_meeting_once(admin_client):
    body = BodyFactory(name="정책위원회")
    fields = {"body": body.pk, "number": "3", "held_on": "2026-03-12", "agenda": "법안\n예산"}

    admin_client.post(reverse("meetings:add"), fields)
    response = admin_client.post(reverse("meetings:add"), fields)

    assert response.context["form"].errors
    meeting = Meeting.objects.get()
    assert meeting.first_point == "법안"
    html = admin_client.get(reverse("meetings:index")).content.decode()
    assert "정책위원회" in html
    assert "법안" in html


def test_meetings_are_filtered_by_body_and_day_and_deleted(admin_client):
    first = MeetingFactory(held_on=date(2026, 1, 5))
    second = MeetingFactory(held_on=date(2026, 6, 5), agenda="총회 준비")

    assert listed(admin_client, "meetings", body=first.body_id) == [str(first)]
    assert listed(admin_client, "meetings", held_on_from="2026-02-01") == [str(second)]
    assert listed(admin_client, "meetings", q="총회") == [str(second)]

    admin_client.post(reverse("meetings:delete", args=[first.pk]))
    assert list(Meeting.objects.all()) == [second]
