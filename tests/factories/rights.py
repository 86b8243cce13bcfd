"""Requests and links of people; rules for tests of retention."""

import factory
from django.utils import timezone

from rights.models import AddressChange, Mailbox, Request
from rights.models.requests import first_due_on
from rights.registry import RetentionRule
from rights.services import index_of
from rights.services.by_age import clock_by_age

__all__ = ["clock_by_age"]  # for tests of retention


class MailboxFactory(factory.django.DjangoModelFactory):
    """An address that has asked at /my/; its link is the token's affair."""

    email = factory.Sequence(lambda n: f"citizen{n}@mail.example")
    email_index = factory.LazyAttribute(lambda row: index_of(row.email))
    asked_at = factory.LazyFunction(timezone.now)

    class Meta:
        model = Mailbox


class AddressChangeFactory(factory.django.DjangoModelFactory):
    old_email = factory.Sequence(lambda n: f"old{n}@mail.example")
    new_email = factory.Sequence(lambda n: f"new{n}@mail.example")
    old_index = factory.LazyAttribute(lambda row: index_of(row.old_email))
    asked_at = factory.LazyFunction(timezone.now)

    class Meta:
        model = AddressChange


class RequestFactory(factory.django.DjangoModelFactory):
    """A request that has just come in over the open form."""

    reference = factory.Sequence(lambda n: f"{n:04}-AAAA")
    kind = Request.Kind.ACCESS
    status = Request.Status.RECEIVED
    name = "홍길동"
    contact = factory.Sequence(lambda n: f"asker{n}@mail.example")
    contact_index = factory.LazyAttribute(lambda row: index_of(row.contact))
    words = "제 정보를 모두 보여 주세요."
    received_at = factory.LazyFunction(timezone.now)
    due_on = factory.LazyAttribute(lambda row: first_due_on(row.received_at))

    class Meta:
        model = Request

    class Params:
        proven = factory.Trait(channel="link", identity="mailbox", name="")
        done = factory.Trait(
            status=Request.Status.DONE,
            closed_at=factory.SelfAttribute("received_at"),
            answer="보내 드렸습니다.",
        )


def make_rule(clock, **changes):
    """A rule that stands for no real data."""
    words = {
        "name": "tests.rule",
        "data_set": "tests.papers",
        "label": "다 쓴 종이",
        "period": lambda: "하루",
        "legal_basis": "법 제1조",
        "method": "찢어서 버림",
        "remains": "없음",
    }
    return RetentionRule(clock=clock, **{**words, **changes})
