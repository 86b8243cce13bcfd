import pytest

from rights.forms import AskForm, OpenRequestForm, RequestForm

pytestmark = pytest.mark.unit

TYPED = {"kind": "access", "words": "보여 주세요.", "name": "홍길동"}


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("010-1234-5678", "+821012345678"),
        ("+82 10 1234 5678", "+821012345678"),
        ("+82 010-1234-5678", "+821012345678"),
        ("(02) 123-4567", "+8221234567"),
        ("1588-0000", "15880000"),
        (" Asker@mail.example ", "Asker@mail.example"),
    ],
)
def test_somebody_can_be_reached(typed, stored):
    form = OpenRequestForm({**TYPED, "contact": typed})

    assert form.is_valid(), form.errors
    assert form.cleaned_data["contact"] == stored


@pytest.mark.parametrize(
    "typed", ["", "전화 주세요", "112", "010-1234", "a@b", "850101-1234567", "+1 202 555 0100"]
)
def test_nobody_can_be_reached_there(typed):
    form = OpenRequestForm({**TYPED, "contact": typed})

    assert list(form.errors) == ["contact"]


def test_resident_numbers_are_not_taken():
    form = RequestForm({"kind": "access", "words": "제 번호는 850101-1234567입니다."})

    assert list(form.errors) == ["words"]


def test_words_have_an_end():
    assert not RequestForm({"kind": "access", "words": "가" * 1001}).is_valid()
    assert RequestForm({"kind": "access", "words": "가" * 1000}).is_valid()


def test_the_order_in_which_it_is_asked():
    assert list(OpenRequestForm().fields) == ["kind", "words", "name", "contact"]
    assert list(AskForm().fields) == ["email"]
