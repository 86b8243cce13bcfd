"""Demand sets as an office would have written them."""

from datetime import date

from django.utils import timezone

from campaigns.pledges.models import DemandSet, PledgeRound
from campaigns.pledges.services.demands import (
    begin_version,
    publish_version,
    resolve_version,
    save_demand,
    send_to_review,
)
from tests.factories.accounts import UserFactory

RESOLVED_ON = date(2026, 3, 2)


def demand_set(election, region=None, count=3, *, published=True, user=None):
    """A set with ``count`` demands; its newest version published or still being written."""
    user = user or UserFactory()
    row = DemandSet.objects.create(
        election=election,
        region=region,
        title="사회적경제 정책요구안" if region is None else "지역 요구",
    )
    version = begin_version(row, user=user)
    for number in range(1, count + 1):
        save_demand(
            version,
            {
                "theme": "제도",
                "title": f"요구 {number}",
                "text": f"{number}번째로 요구하는 내용입니다.",
                "why": "지금까지는 법에 없었습니다.",
            },
        )
    if published:
        publish(version, user=user)
    return row


def publish(version, *, user=None, note="문장을 다듬었습니다.", is_minor=False):
    send_to_review(version)
    resolve_version(version, body="운영위원회", resolved_on=RESOLVED_ON)
    return publish_version(version, user=user or UserFactory(), note=note, is_minor=is_minor)


def pledge_round(election, *, days=14, **values):
    """How the election's respondents are asked; answers for ``days`` more days."""
    return PledgeRound.objects.create(
        election=election,
        purpose="사회적경제 단체들이 모든 후보께 같은 요구를 드리고 답을 그대로 공개합니다.",
        answers_until=timezone.now() + timezone.timedelta(days=days),
        phone="02-000-0000",
        method_by="사회적경제 연대회의",
        method_panel="정책위원 일곱 명",
        method_criteria="요구마다 후보가 스스로 고른 답",
        method_how="모든 후보께 같은 날 같은 글을 보냅니다.",
        method_period="4월부터 5월까지",
        **values,
    )
