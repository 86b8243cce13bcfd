"""정책요구안: frozen with a hash; a new version takes nothing back of what was answered."""

import pytest

from campaigns.pledges.exceptions import (
    DemandsFrozenError,
    DemandsIncompleteError,
    MoveRefusedError,
)
from campaigns.pledges.models import (
    Demand,
    DemandAnswer,
    DemandSetVersion,
    Respondent,
    Response,
)
from campaigns.pledges.services import add_missing_respondents
from campaigns.pledges.services.canonical import canonical_json, digest_of
from campaigns.pledges.services.demands import (
    back_to_draft,
    begin_version,
    changed_demands,
    current_versions,
    demands_asked,
    label_of,
    move_demand,
    publish_version,
    remove_demand,
    resolve_version,
    save_demand,
    send_to_review,
    text_of,
    word_version,
)
from evidence.models import Event
from tests.factories.pledge_demands import RESOLVED_ON, demand_set, publish
from tests.factories.pledges import CandidacyFactory, contest_of, jongno, seoul

pytestmark = [pytest.mark.unit, pytest.mark.django_db]
State = DemandSetVersion.State


def respondent_in(election, region, name="한가람"):
    candidacy = CandidacyFactory(contest=contest_of(election, "mayor", region), name=name)
    add_missing_respondents(election)
    return candidacy.respondent


def test_a_published_version_stands_on_the_chain_with_its_hash(election):
    version = demand_set(election).versions.get()
    assert version.state == State.PUBLISHED
    assert version.text == text_of(version)
    assert version.text_sha256 == digest_of(version.text)
    event = Event.objects.get(kind="demands_published")
    assert event.payload.values["sha256"] == version.text_sha256


def test_publishing_twice_is_publishing_once(election, user):
    version = demand_set(election).versions.get()
    assert publish_version(version, user=user).published_at == version.published_at
    assert Event.objects.filter(kind="demands_published").count() == 1


def test_nothing_of_a_published_version_is_written_on(election):
    version = demand_set(election).versions.get()
    with pytest.raises(DemandsFrozenError):
        save_demand(version, {"title": "다른 요구", "text": "다른 내용"})
    with pytest.raises(DemandsFrozenError):
        remove_demand(version.demands.first())
    with pytest.raises(MoveRefusedError):
        back_to_draft(version)


def test_a_version_needs_a_demand_a_review_and_a_resolution(election, user):
    version = demand_set(election, count=0, published=False).versions.get()
    with pytest.raises(DemandsIncompleteError):
        send_to_review(version)
    save_demand(version, {"title": "요구", "text": "내용"})
    with pytest.raises(MoveRefusedError):
        resolve_version(version, body="운영위원회", resolved_on=RESOLVED_ON)
    send_to_review(version)
    with pytest.raises(MoveRefusedError):
        publish_version(version, user=user)
    back_to_draft(version)
    save_demand(version, {"title": "더 쓴 요구", "text": "내용"})


def test_a_number_is_never_given_to_another_demand(election, user):
    row = demand_set(election, count=3)
    version = begin_version(row, user=user)
    remove_demand(version.demands.get(number=3))
    new = save_demand(version, {"title": "새 요구", "text": "내용"})
    assert new.number == 4
    assert begin_version(row, user=user) == version


def in_order(version):
    return [(row.number, row.title) for row in version.demands.order_by("number")]


def test_before_the_first_publication_demands_change_places(election):
    version = demand_set(election, published=False).versions.get()
    move_demand(version.demands.get(number=3), up=True)
    assert in_order(version) == [(1, "요구 1"), (2, "요구 3"), (3, "요구 2")]
    move_demand(version.demands.get(number=1), up=False)
    move_demand(version.demands.get(number=1), up=True)
    assert in_order(version) == [(1, "요구 3"), (2, "요구 1"), (3, "요구 2")]
    remove_demand(version.demands.get(number=1))
    assert in_order(version) == [(1, "요구 1"), (2, "요구 2")]


def test_only_what_was_never_published_changes_places(election, user):
    version = begin_version(demand_set(election), user=user)
    remove_demand(version.demands.get(number=2))
    for title in ("넷", "다섯"):
        save_demand(version, {"title": title, "text": "내용"})
    move_demand(version.demands.get(number=3), up=False)
    move_demand(version.demands.get(number=4), up=True)
    move_demand(version.demands.get(number=4), up=False)
    assert in_order(version) == [(1, "요구 1"), (3, "요구 3"), (4, "다섯"), (5, "넷")]


def test_a_title_stands_once_it_was_published(election, user):
    row = demand_set(election, published=False)
    word_version(row.versions.get(), title="새 제목", intro="머리말")
    publish(row.versions.get(), user=user)
    word_version(begin_version(row, user=user), title="또 다른 제목", intro="새 머리말")
    row.refresh_from_db()
    assert row.title == "새 제목"
    assert [version.intro for version in row.versions.order_by("number")] == ["머리말", "새 머리말"]


def test_a_new_version_changes_nothing_of_what_was_answered(election, user):
    respondent = respondent_in(election, seoul())
    row = demand_set(election)
    first = row.versions.get()
    response = Response.objects.create(respondent=respondent, began_at=first.published_at)
    response.versions.add(first)
    answer = DemandAnswer.objects.create(
        response=response,
        demand=first.demands.get(number=1),
        choice="accept",
        answered_at=first.published_at,
    )
    second = begin_version(row, user=user)
    values = {"title": "고친 요구", "text": "고친 내용"}
    save_demand(second, values, demand=second.demands.get(number=1))
    publish(second, user=user)
    answer.refresh_from_db()
    assert (answer.choice, answer.demand.title) == ("accept", "요구 1")
    assert list(response.versions.all()) == [first]
    assert current_versions(respondent) == [second]


def test_a_new_version_says_what_changed_and_supersedes(election, user):
    row = demand_set(election)
    first = row.versions.get()
    second = begin_version(row, user=user)
    demand = second.demands.get(number=1)
    save_demand(second, {"title": "고친 요구", "text": "고친 내용"}, demand=demand)
    with pytest.raises(DemandsIncompleteError):
        publish(second, user=user, note=" ")
    publish_version(second, user=user, note="첫째 요구를 고쳤습니다.")
    first.refresh_from_db()
    assert first.state == State.SUPERSEDED
    (change,) = changed_demands(demands_asked([first]), demands_asked([second]))
    assert (change.before.title, change.after.title) == ("요구 1", "고친 요구")
    assert change.before.key == change.after.key


def test_new_and_gone_demands_are_changes(election, user):
    row = demand_set(election)
    first = row.versions.get()
    second = begin_version(row, user=user)
    remove_demand(second.demands.get(number=2))
    save_demand(second, {"title": "새 요구", "text": "내용"})
    publish(second, user=user)
    changes = changed_demands(demands_asked([first]), demands_asked([second]))
    assert [(c.before and c.before.number, c.after and c.after.number) for c in changes] == [
        (None, 4),
        (2, None),
    ]


def test_a_region_is_asked_its_additions_after_the_common_demands(election):
    district = jongno()
    common, region = demand_set(election), demand_set(election, seoul(), count=1)
    asked = current_versions(respondent_in(election, district))
    assert [row.demand_set for row in asked] == [common, region]
    assert [label_of(demand) for demand in demands_asked(asked)] == ["1", "2", "3", "서울 1"]


def test_other_regions_and_drafts_are_asked_of_nobody(election, region):
    demand_set(election, published=False)
    demand_set(election, jongno())
    assert current_versions(respondent_in(election, seoul())) == []


def test_a_party_is_asked_by_its_own_region(election):
    demand_set(election)
    party = Respondent.objects.create(
        election=election, kind="party", party_name="가온당", standing_on=RESOLVED_ON
    )
    assert len(demands_asked(current_versions(party))) == 3


def test_a_text_has_one_spelling():
    composed, decomposed = {"글": "가"}, {"글": "\u1100\u1161"}
    assert canonical_json(composed) == canonical_json(decomposed) == '{"글":"가"}'.encode()
    with pytest.raises(TypeError):
        digest_of({"percent": 0.5})


def test_two_wordings_with_other_background_say_the_same(election, user):
    row = demand_set(election, count=1)
    second = begin_version(row, user=user)
    Demand.objects.filter(version=second).update(background_url="https://example.org/")
    assert changed_demands(row.versions.first().demands.all(), second.demands.all()) == []
