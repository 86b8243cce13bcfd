from datetime import timedelta

import pytest
from django.contrib.auth.models import Group

from accounts.defaults import EDITOR
from accounts.models import RightsChange
from accounts.services import last_review, record_review
from evidence.services import verify_chain
from rights.services import destroy_due
from tests.factories.accounts import UserFactory
from tests.factories.evidence import EventFactory

pytestmark = [pytest.mark.unit, pytest.mark.django_db]


def test_words_go_after_three_years_and_the_chain_still_holds(clock):
    EventFactory()
    user = UserFactory(role=EDITOR)
    subject = f"user-{user.pk}"
    clock.tick(timedelta(days=3 * 365 + 2))
    user.groups.add(Group.objects.create(name="봉사자"))

    destroy_due()

    rows = RightsChange.objects.filter(subject_id=subject).order_by("sequence")
    assert [hasattr(row, "payload") for row in rows] == [False, True]
    assert verify_chain("permissions", subject).holds
    assert not RightsChange.objects.filter(subject_type="tests.paper").exists()


def test_words_stay_on_the_last_day(clock):
    user = UserFactory(role=EDITOR)
    clock.tick(timedelta(days=3 * 365))

    destroy_due()

    assert RightsChange.objects.get(subject_id=f"user-{user.pk}").payload


def test_a_review_says_who_did_it_and_what_stood_there(administrator):
    assert last_review() is None

    record_review(actor=administrator, note="퇴사자 없음", staff=["정다솜: 편집자"])

    review = last_review()
    assert (review.kind, review.actor) == ("reviewed", str(administrator.pk))
    assert review.payload.values == {"name": "", "what": "정다솜: 편집자", "reason": "퇴사자 없음"}
