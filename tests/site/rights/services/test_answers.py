"""An answer as a letter: to whom, what was asked, what was done, and how to object."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from messaging import registry
from messaging.registry import Sender
from rights.exceptions import NotAnsweredError
from rights.services import letter_of, print_answer
from tests.factories.rights import RequestFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

ADDRESS = "서울시 은평구 통일로 000, 3층"
OFFICER = "문지킴 · 사무국 · 02-0000-0000"


@pytest.fixture(autouse=True)
def office(monkeypatch):
    sender = Sender("한빛연대회의", "서울시 마포구", "02-0000-0000", "office@a.example", OFFICER)
    monkeypatch.setattr(registry, "_sender", [lambda: sender])


def by_post(**told):
    day = timezone.localdate()
    known = {"channel": "post", "contact": ADDRESS, "done": True}
    answered = {"answered_by": "post", "answered_on": day}
    return RequestFactory(**{**known, **answered, **told})


@pytest.mark.parametrize("kind", ["access", "correction", "erasure", "stop", "objection"])
def test_each_kind_of_request_has_its_letter(kind):
    assert print_answer(by_post(kind=kind)).startswith(b"%PDF")


def test_it_says_all_that_the_law_wants_told():
    letter = letter_of(
        by_post(status="refused", answered_on=date(2026, 11, 27), answer="법 제35조")
    )

    assert letter["outcome"] == "refused"
    assert (letter["name"], letter["contact"]) == ("홍길동", ADDRESS)
    assert (letter["asked"], letter["answer"]) == ("제 정보를 모두 보여 주세요.", "법 제35조")
    assert letter["sender"]["officer"] == OFFICER
    assert letter["day"] == "2026년 11월 27일(금)"


def test_who_has_a_mailbox_has_no_address_on_it():
    assert letter_of(RequestFactory(done=True))["contact"] == ""


def test_that_it_takes_longer_is_a_letter_too():
    now = timezone.now()
    told = {"extended_at": now, "extension_reason": "자료가 많습니다.", "extension_told_by": "post"}
    request = RequestFactory(extension_told_on=timezone.localdate(), contact=ADDRESS, **told)

    assert letter_of(request)["outcome"] == "extended"
    assert letter_of(request)["answer"] == "자료가 많습니다."
    assert print_answer(request).startswith(b"%PDF")


def test_without_an_answer_there_is_no_letter():
    with pytest.raises(NotAnsweredError):
        print_answer(RequestFactory())


def test_what_people_wrote_is_never_taken_for_markup():
    words = '#panic("x") *굵게* = 제목 $x$ @none'

    assert print_answer(
        by_post(words=words, name="#그림", received_at=timezone.now() - timedelta(2))
    )
