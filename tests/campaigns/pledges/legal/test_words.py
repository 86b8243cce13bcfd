"""공직선거법: words that no text of ours says about people who stand (articles 58, 107, 108-3, 110)."""

import pytest
from django.core.exceptions import ValidationError

from campaigns.pledges.forms.guards import TakedownForm
from campaigns.pledges.models import Demand, PledgeRound, PublicNote
from campaigns.pledges.services.guards import may_release
from campaigns.pledges.services.wording import find_forbidden, find_ratings
from tests.factories.pledge_guards import answered_inquiry, prepared_election

pytestmark = [pytest.mark.unit, pytest.mark.django_db]


def refused(model, field, text):
    try:
        model._meta.get_field(field).clean(text, None)
    except ValidationError as refusal:
        return [error.params["article"] for error in refusal.error_list]
    return []


def test_article_110_nobody_is_said_to_be_supported():
    assert find_forbidden("사회적경제는 이 후보를 지지합니다") == ["지지"]


def test_article_58_nobody_is_said_to_be_to_win_or_lose():
    assert find_forbidden("당선시키자, 낙선시키자") == ["당선", "낙선"]


def test_article_107_an_agreement_is_never_called_a_signature_drive():
    assert find_forbidden("후보와 함께하는 서명운동") == ["서명운동"]


def test_article_108_3_no_words_of_score_rank_or_grade():
    assert find_ratings("점수, 순위, 등급") == ["점수", "순위", "등급"]


@pytest.mark.parametrize("field", ["title", "text", "why", "theme", "target", "steps", "funding"])
def test_article_58_demands_refuse_such_words(field):
    assert refused(Demand, field, "가온당을 지지") == ["58, 110"]


@pytest.mark.parametrize("field", ["method_by", "method_panel", "method_criteria", "method_how"])
def test_article_108_3_the_method_refuses_scores(field):
    assert refused(PledgeRound, field, "후보별 점수") == ["108-3"]


def test_article_108_3_the_method_may_say_that_nobody_is_ranked():
    text = "후보자별 점수, 순위, 등급을 매기지 않습니다."

    assert refused(PledgeRound, "method_how", text) == []


def test_article_58_the_rounds_purpose_refuses_such_words():
    assert refused(PledgeRound, "purpose", "좋은 후보를 위해") == ["58"]


def test_article_110_public_notes_refuse_such_words():
    assert refused(PublicNote, "reason", "지지를 철회") == ["58, 110"]


def test_article_110_takedowns_are_told_in_neutral_words():
    form = TakedownForm({"target": "board", "reason": "other", "words": "낙선운동으로 보여"})

    assert "words" in form.errors


def test_article_58_words_that_stand_in_the_database_still_hold_the_board_back():
    election = prepared_election()
    answered_inquiry(election)
    PledgeRound.objects.update(purpose="이 후보를 지지하는 단체들이 묻습니다.")

    assert [reason.code for reason in may_release(election)] == ["words"]
