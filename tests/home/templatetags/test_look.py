from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django.template import Context, Template

from campaigns.forums.models import ForumPage
from home.artwork import draw_cloth, draw_mark, draw_plait, draw_rings
from home.artwork.icons import draw_icon
from petitions.models import PetitionPage


def render(source, **context):
    return Template("{% load look %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("tag", "picture"),
    [
        ("{% plait 7 %}", draw_plait(7, "side")),
        ("{% plait 7 'hero' %}", draw_plait(7, "hero")),
        ("{% rings 7 %}", draw_rings(7)),
        ("{% rings 7 True %}", draw_rings(7, plum=True)),
        ("{% cloth 7 %}", draw_cloth(7)),
        ("{% mark %}", draw_mark()),
        ("{% mark True %}", draw_mark(dark=True)),
        ("{% icon 'mail' %}", draw_icon("mail")),
    ],
)
def test_tag_draws_without_escaping(tag, picture):
    assert render(tag) == picture


@pytest.mark.parametrize(
    ("model", "picture"),
    [(ForumPage, draw_rings(7, plum=True)), (PetitionPage, draw_plait(7, "card"))],
)
def test_a_meeting_is_known_by_its_rings_and_not_taken_for_a_petition(model, picture):
    assert (
        render("{% action_art page %}", page=SimpleNamespace(pk=7, share_look=model.share_look))
        == picture
    )


def test_cord_says_how_far_in_words_and_in_the_bar():
    cord = render("{% cord percent %}", percent=57.2)

    assert 'value="57.2" data-count="percent" aria-label="' in cord
    assert ">57.2%</progress>" in cord
    assert "style" not in cord


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("korean_date", date(2026, 7, 21), "2026년\u00a07월\u00a021일\u2060(화)\u2060"),
        ("korean_day", date(2026, 7, 21), "7월\u00a021일\u2060(화)\u2060"),
        (
            "korean_datetime",
            datetime(2026, 7, 21, 9, 30, tzinfo=UTC),
            "7월\u00a021일\u2060(화)\u2060 오후\u00a06시\u00a030분",
        ),
    ],
)
def test_filter_writes_the_day(name, value, words):
    assert render("{{ value|" + name + " }}", value=value) == words


@pytest.mark.parametrize("name", ["korean_date", "korean_day", "korean_datetime", "ago"])
def test_filter_writes_nothing_for_no_day(name):
    assert render("{{ value|" + name + " }}", value=None) == ""


def test_time_ago_is_told_from_this_moment(clock):
    moment = datetime(2026, 11, 24, 2, 57, tzinfo=UTC)

    assert render("{{ value|ago }}", value=moment).replace("\u00a0", " ") == "3분 전"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("올해 안에 의결해 주십시오", "올해\u00a0안에 의결해 주십시오"),
        ("시민 2만 명이 함께할 수 있습니다", "시민 2만\u00a0명이 함께할 수\u00a0있습니다"),
        ("2026년 11월 18일 오후 6시", "2026년\u00a011월\u00a018일 오후\u00a06시"),
        ("수많은 명단", "수많은 명단"),
    ],
)
def test_words_that_belong_together_stay_on_one_line(text, kept):
    assert render("{{ text|unbroken }}", text=text) == kept


def test_kept_words_are_still_escaped():
    assert render("{{ text|unbroken }}", text="<b>올해 안") == "&lt;b&gt;올해\u00a0안"
