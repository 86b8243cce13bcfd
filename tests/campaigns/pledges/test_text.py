"""Words for or against somebody are found; words that only look like them are not."""

import unicodedata

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from campaigns.pledges.services.wording import find_forbidden, find_ratings, wording_of
from campaigns.pledges.text import articles_in_words
from campaigns.pledges.validators import check_comparison, check_wording

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("가온당 후보를 지지합니다.", ["지지"]),
        ("지지선언에 함께한 단체", ["지지"]),
        ("당선을 위해, 또 당선을 위해", ["당선"]),
        ("낙선 운동과 낙천 명단", ["낙선", "낙천"]),
        ("서명운동, 서명 운동", ["서명운동", "서명 운동"]),
        ("우리가 뽑은 좋은 후보", ["좋은 후보"]),
        ("이 후보를 추천합니다", ["후보를 추천"]),
    ],
)
def test_words_for_or_against_somebody_are_found(text, words):
    assert find_forbidden(text) == words
    assert find_forbidden(unicodedata.normalize("NFD", text)) == words


@pytest.mark.parametrize(
    "text",
    [
        *("지지부진한 입법", "버팀목과 지지대", "당선인의 임기", "후보자 답변", "서명 확인증", ""),
        *(
            "특정 후보를 지지하지 않습니다.",
            "수에 더해지지 않습니다.",
            "낙선운동이 아닙니다.",
            "지지나 반대가 아닌 답변",
        ),
    ],
)
def test_words_that_only_look_alike_may_stand(text):
    assert find_forbidden(text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("후보별 점수와 순위", ["점수", "순위"]),
        ("1위 후보", ["1위"]),
        ("90점을 받은", ["90점"]),
        ("정책 등급", ["등급"]),
        ("점수, 순위, 등급을 매기지 않습니다.", []),
        ("점수를 매기며 포기하지 않습니다.", ["점수"]),
        ("우선순위를 정했습니다", []),
        ("우선 순위를 정했습니다", []),
        ("3위원회와 2점검단", []),
    ],
)
def test_scores_and_ranks_are_found_in_a_comparison(text, words):
    assert find_ratings(text) == words


def test_each_word_says_its_article_and_what_to_write_instead():
    assert (wording_of("서명 운동").article, wording_of("순위").article) == ("107", "108-3")


def test_articles_are_cited_one_by_one():
    with translation.override("en"):
        assert articles_in_words("93, 108-3(3)") == "article 93, article 108-3, paragraph 3"


def test_a_field_refuses_them_with_the_article():
    with pytest.raises(ValidationError) as refusal:
        check_wording("지지하며 낙선 명단을")

    assert len(refusal.value.messages) == 2
    assert all("58" in message for message in refusal.value.messages)


def test_a_comparison_refuses_scores_besides():
    check_wording("점수")
    with pytest.raises(ValidationError):
        check_comparison("점수")
