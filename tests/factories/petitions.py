from datetime import timedelta

import factory
import wagtail_factories
from django.utils import timezone

from petitions.models import (
    BlockedAddress,
    Continuation,
    Invitation,
    PetitionConsent,
    PetitionPage,
    Signature,
    Tally,
)
from privacy.addresses import EMAIL_RULE_VERSION
from privacy.blind_index import address_index, name_index
from privacy.tokens import make_reference

from .accounts import UserFactory
from .campaigns import CampaignPageFactory
from .home import RegionFactory
from .privacy import ConsentDefinitionFactory

CONSENTS = ("collection", "display", "roll", "news", "age")


class PetitionPageFactory(wagtail_factories.PageFactory):
    """An open petition with the usual consents; it has no revision until it is published."""

    parent = factory.SubFactory(CampaignPageFactory)
    title = "사회적경제기본법을 올해 안에 의결해 주십시오"
    slug = factory.Sequence(lambda n: f"petition-{n}")
    summary = "이번 회기에 의결하도록 함께 요구해 주세요."
    addressees = "국회의장, 기획재정위원회"
    roll_recipients = "국회의장"
    petition_consents = factory.LazyAttribute(
        lambda page: [
            PetitionConsent(definition=ConsentDefinitionFactory(slug=slug), sort_order=position)
            for position, slug in enumerate(page.consents)
        ]
    )

    class Meta:
        model = PetitionPage

    class Params:
        consents = CONSENTS
        sensitive = factory.Trait(consents=("sensitive", *CONSENTS))
        unconfirmed_counts = factory.Trait(confirmation_required=False)
        upcoming = factory.Trait(
            opens_at=factory.LazyFunction(lambda: timezone.now() + timedelta(days=1))
        )
        closed = factory.Trait(
            closes_at=factory.LazyFunction(lambda: timezone.now() - timedelta(days=1))
        )


class SignatureFactory(factory.django.DjangoModelFactory):
    """One person's row, not confirmed yet. Counts stay as they are: no delta is written."""

    petition = factory.SubFactory(PetitionPageFactory)
    region = factory.SubFactory(RegionFactory)
    status = Signature.Status.UNCONFIRMED
    name = "홍길동"
    email = factory.Sequence(lambda n: f"citizen{n}@mail.example")
    name_index = factory.LazyAttribute(lambda row: name_index(row.name))
    email_index = factory.LazyAttribute(lambda row: address_index(row.email))
    email_rule = EMAIL_RULE_VERSION
    comment = None
    comment_status = factory.LazyAttribute(
        lambda row: (
            Signature.CommentStatus.NONE if row.comment is None else Signature.CommentStatus.WAITING
        )
    )
    reference = factory.LazyFunction(make_reference)
    created_at = factory.LazyFunction(timezone.now)
    status_changed_at = factory.SelfAttribute("created_at")

    class Meta:
        model = Signature

    class Params:
        confirmed = factory.Trait(
            status=Signature.Status.CONFIRMED,
            confirmed_at=factory.SelfAttribute("created_at"),
        )
        invalidated = factory.Trait(
            status=Signature.Status.INVALIDATED,
            status_before=Signature.Status.CONFIRMED,
            confirmed_at=factory.SelfAttribute("created_at"),
        )
        withdrawn = factory.Trait(
            status=Signature.Status.WITHDRAWN,
            confirmed_at=factory.SelfAttribute("created_at"),
            anonymised_at=factory.SelfAttribute("created_at"),
            name=None,
            name_index=None,
            email=None,
            email_index=None,
            email_rule=None,
        )
        commented = factory.Trait(
            comment="이번 회기에는 꼭 의결해 주십시오.",
            comment_status=Signature.CommentStatus.PUBLISHED,
        )


class TallyFactory(factory.django.DjangoModelFactory):
    petition = factory.SubFactory(PetitionPageFactory)
    folded_at = factory.LazyFunction(timezone.now)

    class Meta:
        model = Tally
        django_get_or_create = ("petition",)


class BlockedAddressFactory(factory.django.DjangoModelFactory):
    email_index = factory.Sequence(lambda n: n.to_bytes(32, "big"))
    blocked_at = factory.LazyFunction(timezone.now)

    class Meta:
        model = BlockedAddress


class ContinuationFactory(factory.django.DjangoModelFactory):
    """Signers of an old petition are asked to sign a new one."""

    old = factory.SubFactory(PetitionPageFactory)
    new = factory.SubFactory(PetitionPageFactory)
    started_at = factory.LazyFunction(timezone.now)
    started_by = factory.SubFactory(UserFactory)

    class Meta:
        model = Continuation


class InvitationFactory(factory.django.DjangoModelFactory):
    continuation = factory.SubFactory(ContinuationFactory)
    invited_at = factory.LazyFunction(timezone.now)

    class Meta:
        model = Invitation
