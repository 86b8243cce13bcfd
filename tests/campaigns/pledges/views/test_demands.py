"""Writing, reviewing, resolving and publishing demands, as staff do it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.defaults import DIRECTOR, REGIONAL
from campaigns.pledges.apps import PLEDGES
from campaigns.pledges.models import DemandSet, DemandSetVersion
from campaigns.pledges.services.demands import begin_version, save_demand, text_of
from home.network.models import Region
from tests.factories.accounts import UserFactory, limit_to
from tests.factories.pledge_demands import demand_set, publish

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
State = DemandSetVersion.State


@pytest.fixture
def staff(client, election):
    user = UserFactory(role=PLEDGES)
    client.force_login(user)
    return user


@pytest.fixture
def draft(staff, election):
    return demand_set(election, published=False).versions.get()


def at(version, name="demands_version", *more):
    return reverse(f"pledges_{name}", args=[version.demand_set_id, version.number, *more])


def press(client, version, step, **values):
    response = client.post(at(version, "demands_step", step), values)
    version.refresh_from_db()
    return response


def text(response):
    return response.content.decode()


def test_from_the_first_word_to_publication(client, staff, election):
    values = {"election": election.pk, "title": "사회적경제 정책요구안"}
    response = client.post(reverse("pledges_new_demands"), values)
    version = DemandSetVersion.objects.get()
    assert response.url == reverse("pledges_demands", args=[version.demand_set_id])

    press(client, version, "intro", title="정책요구안", intro="함께 썼습니다.")
    asked = {"title": "기본법 제정", "text": "첫째 줄\r\n\r\n둘째 줄", "why": "법이 없습니다."}
    again = client.post(at(version, "demand_new"), {**asked, "again": "on"})
    assert again.url == at(version, "demand_new")
    press(client, version, "review")
    press(client, version, "resolve", body="운영위원회", resolved_on="2026-03-02")
    shown = client.get(at(version, "demands_publish"))
    digest = shown.context["shown"].digest
    assert digest in text(shown)
    client.post(at(version, "demands_publish"), {"seen": digest})

    version.refresh_from_db()
    assert (version.state, version.text_sha256) == (State.PUBLISHED, digest)
    assert version.text["title"] == "정책요구안"
    assert version.demands.get().text == "첫째 줄\n\n둘째 줄"


def test_a_published_text_offers_nothing_to_write(client, staff, election):
    version = demand_set(election).versions.get()
    shown = text(client.get(at(version)))
    assert version.text_sha256 in shown
    assert at(version, "demand_new") not in shown
    assert reverse("pledges_begin_version", args=[version.demand_set_id]) in shown
    assert client.get(at(version, "demands_publish")).status_code == 302
    refused = client.post(at(version, "demand_new"), {"title": "새 요구", "text": "내용"})
    assert refused.status_code == 422
    assert "새 요구" in text(refused)
    assert version.demands.count() == 3


def test_a_new_version_shows_what_it_changes_and_needs_a_word_about_it(client, staff, election):
    first = demand_set(election).versions.get()
    client.post(reverse("pledges_begin_version", args=[first.demand_set_id]))
    second = first.demand_set.versions.get(number=2)
    one = second.demands.get(number=1)
    client.post(at(second, "demand", one.key), {"title": "고친 요구", "text": "고친 내용"})
    press(client, second, "review")
    press(client, second, "resolve", body="총회", resolved_on="2026-03-02")
    shown = client.get(at(second, "demands_publish"))
    assert "고친 내용" in text(shown)
    assert "1번째로 요구하는 내용입니다." in text(shown)
    seen = {"seen": shown.context["shown"].digest}
    assert client.post(at(second, "demands_publish"), seen).status_code == 422
    client.post(at(second, "demands_publish"), {**seen, "note": "고쳤습니다."})
    second.refresh_from_db()
    assert (second.state, second.note) == (State.PUBLISHED, "고쳤습니다.")


def approved(demand_set_, user, *, remove=False):
    version = begin_version(demand_set_, user=user)
    if remove:
        version.demands.get(number=3).delete()
    DemandSetVersion.objects.filter(pk=version.pk).update(
        state=State.APPROVED, resolved_by="총회", resolved_on="2026-03-02"
    )
    version.refresh_from_db()
    return version


def test_a_small_correction_takes_nothing_away(client, staff, election):
    version = approved(demand_set(election), staff, remove=True)
    seen = client.get(at(version, "demands_publish")).context["shown"].digest
    values = {"note": "맞춤법", "is_minor": "on", "seen": seen}
    assert client.post(at(version, "demands_publish"), values).status_code == 422
    version.refresh_from_db()
    assert version.state == State.APPROVED


def test_another_text_than_the_one_looked_at_is_not_published(client, staff, election):
    version = approved(demand_set(election), staff)
    client.post(at(version, "demands_publish"), {"note": "맞춤법", "seen": "0" * 64})
    version.refresh_from_db()
    assert version.state == State.APPROVED


def test_demands_change_places_and_go(client, draft):
    third = draft.demands.get(number=3)
    client.post(at(draft, "demand_step", third.key, "up"))
    assert [row.title for row in draft.demands.all()] == ["요구 1", "요구 3", "요구 2"]
    client.post(at(draft, "demand_step", third.key, "down"))
    client.post(at(draft, "demand_step", third.key, "remove"))
    assert [row.title for row in draft.demands.all()] == ["요구 1", "요구 2"]
    assert client.post(at(draft, "demand_step", draft.demands.first().key, "x")).status_code == 404


def test_refusals_say_what_to_do_and_lose_nothing(client, draft):
    assert press(client, draft, "intro", title="", intro="말").status_code == 422
    assert "말" in text(press(client, draft, "intro", title="", intro="말"))
    assert press(client, draft, "elsewhere").status_code == 404
    press(client, draft, "resolve", body="총회", resolved_on="2026-03-02")
    assert draft.state == State.DRAFT
    press(client, draft, "review")
    late = press(client, draft, "resolve", body="총회", resolved_on="2126-03-02")
    assert late.status_code == 422
    client.post(at(draft, "demand_step", draft.demands.first().key, "remove"))
    assert draft.demands.count() == 3
    press(client, draft, "draft")
    draft.demands.all().delete()
    press(client, draft, "review")
    assert draft.state == State.DRAFT


def test_a_candidates_view_of_it(client, draft):
    shown = client.get(at(draft, "demands_preview"))
    assert "2번째로 요구하는 내용입니다." in text(shown)
    assert "pledges/_demand.html" in {one.name for one in shown.templates}


def test_the_same_region_twice_leads_to_the_first(client, staff, election):
    row = demand_set(election)
    values = {"election": election.pk, "title": "또 하나"}
    response = client.post(reverse("pledges_new_demands"), values)
    assert response.url == reverse("pledges_demands", args=[row.pk])
    assert DemandSet.objects.count() == 1


def test_a_region_that_is_no_more_is_refused(client, staff, election):
    gone = Region.objects.filter(valid_until__lt=election.vote_on).first()
    values = {"election": election.pk, "title": "지역", "region": gone.pk if gone else 0}
    assert client.post(reverse("pledges_new_demands"), values).status_code == 422


def test_without_an_election_there_is_nothing_to_ask(client):
    client.force_login(UserFactory(role=PLEDGES))
    assert client.get(reverse("pledges_new_demands")).url == reverse("elections:index")


def test_a_coordinator_writes_what_the_region_asks_and_publishes_nothing(client, election):
    seoul = Region.objects.get(code="11")
    user = UserFactory()
    limit_to(user, REGIONAL, seoul)
    client.force_login(user)
    common = demand_set(election).versions.get()
    values = {"election": election.pk, "title": "서울 요구"}
    assert client.post(reverse("pledges_new_demands"), values).status_code == 422
    client.post(reverse("pledges_new_demands"), {**values, "region": seoul.pk})
    mine = DemandSetVersion.objects.get(demand_set__region=seoul)
    save_demand(mine, {"title": "요구", "text": "내용"})

    for step in (
        {"step": "review"},
        {"step": "resolve", "body": "총회", "resolved_on": "2026-03-02"},
    ):
        press(client, mine, **step)
    assert mine.state == State.APPROVED
    assert client.get(at(mine, "demands_publish")).status_code == 302
    assert client.get(at(common)).status_code == 200
    assert press(client, common, "draft").status_code == 302
    assert (
        client.post(reverse("pledges_begin_version", args=[common.demand_set_id])).status_code
        == 302
    )
    assert DemandSetVersion.objects.filter(demand_set=common.demand_set).count() == 1


def test_a_director_reads(client, election):
    version = demand_set(election, published=False).versions.get()
    client.force_login(UserFactory(role=DIRECTOR))
    shown = text(client.get(at(version)))
    assert "요구 1" in shown
    assert "<form" not in shown.split("<main", 1)[1].split("</main>")[0]
    assert client.get(at(version, "demand_new")).status_code == 302


def test_the_list_and_a_version_cost_the_same_for_many(client, staff, election):
    def cost(address):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    version = demand_set(election, count=1, published=False).versions.get()
    index = reverse("demand-sets:index")
    client.get(index)
    one = cost(index), cost(at(version))
    for number in range(3):
        save_demand(version, {"title": f"더 {number}", "text": "내용"})
    for region in Region.objects.all()[:2]:
        demand_set(election, region)
    assert (cost(index), cost(at(version))) == one
    assert "서울특별시" in text(client.get(f"{index}?province={Region.objects.get(code='11').pk}"))


def test_superseded_versions_stay_readable(client, staff, election):
    row = demand_set(election)
    publish(begin_version(row, user=staff), user=staff)
    first = row.versions.get(number=1)
    assert first.text == text_of(first)
    assert first.text_sha256 in text(client.get(at(first)))
