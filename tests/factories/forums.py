from datetime import datetime, time, timedelta

import factory
import wagtail_factories
from django.utils import timezone

from campaigns.forums.models import (
    ForumIndexPage,
    ForumPage,
    ForumSession,
    Invitation,
    ProgrammeItem,
    RefundTier,
)
from campaigns.forums.services import sync_pools
from payments.models import BankAccount
from privacy.blind_index import blind_index

from .campaigns import CampaignPageFactory
from .home import HomePageFactory
from .network import OrganisationFactory

Audience = ForumSession.Audience


def on_day(day, hour, minute=0):
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def own_account():
    told = {"holder": "사회적경제연대회의", "changed_at": timezone.now()}
    return BankAccount.objects.get_or_create(
        bank="가온은행", number="000-12-345678", defaults=told
    )[0]


def public_session(day, **told):
    """1부: open to everybody, 20,000 won with lunch, 100 seats."""
    known = {
        **{"part": "1부", "title": "특별 토론회", "summary": "발제 2개, 지정 토론"},
        **{"starts_at": on_day(day, 10), "ends_at": on_day(day, 12, 30)},
        **{"capacity": 100, "fee_krw": 20_000, "fee_includes": "점심", "meal": "점심"},
    }
    return ForumSession(**{**known, **told})


def members_session(day, **told):
    """2부: for representatives of member organisations, free of charge, 2 seats each."""
    known = {
        **{"part": "2부", "title": "대표자 워크숍", "audience": Audience.MEMBERS},
        **{"starts_at": on_day(day, 13, 30), "ends_at": on_day(day, 18)},
        **{"capacity": 60, "seats_per_organisation": 2},
    }
    return ForumSession(**{**known, **told})


def usual_programme():
    parts = [("1부", 40, "주발제"), ("1부", 110, "토론"), ("2부", 270, "하반기 계획 논의")]
    return [
        ProgrammeItem(part=part, minutes=minutes, title=title, sort_order=position)
        for position, (part, minutes, title) in enumerate(parts)
    ]


def usual_tiers():
    return [RefundTier(days_before=days, percent=percent) for days, percent in ((7, 100), (1, 50))]


class ForumIndexPageFactory(wagtail_factories.PageFactory):
    parent = factory.SubFactory(HomePageFactory)
    title = "행사"
    slug = "forums"

    class Meta:
        model = ForumIndexPage


class ForumPageFactory(wagtail_factories.PageFactory):
    """A forum in two weeks with a paid public part and a members' part, registration open.

    ``first`` and ``second`` change its sessions, ``sessions`` replaces them. ``free`` asks for no
    money; ``single`` has the public part only. Its seats can be taken; it has no revision.
    """

    parent = factory.SubFactory(CampaignPageFactory)
    title = "특별 토론회 및 대표자 워크숍"
    slug = factory.Sequence(lambda n: f"forum-{n}")
    slogan = "기본법 이후, 지역에서 무엇을 먼저 할 것인가"
    place = "서울 한마당회관 2층 이음홀"
    depositor_prefix = "토론회"
    registration_closes_at = factory.LazyAttribute(
        lambda page: on_day(page.day - timedelta(days=3), 18)
    )
    payment_due_at = factory.LazyAttribute(
        lambda page: on_day(page.day - timedelta(days=2), 23, 59)
    )
    account = factory.LazyFunction(own_account)
    sessions = factory.LazyAttribute(
        lambda page: (
            [public_session(page.day, sort_order=0, **{"fee_krw": page.fee, **page.first})]
            if page.alone
            else [
                public_session(page.day, sort_order=0, **{"fee_krw": page.fee, **page.first}),
                members_session(page.day, sort_order=1, **page.second),
            ]
        )
    )
    programme = factory.LazyAttribute(
        lambda page: [item for item in usual_programme() if item.part == "1부" or not page.alone]
    )
    refund_tiers = factory.LazyFunction(usual_tiers)

    class Meta:
        model = ForumPage
        skip_postgeneration_save = True

    class Params:
        day = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=14))
        first = factory.Dict({})
        second = factory.Dict({})
        fee = 20_000
        alone = False
        single = factory.Trait(alone=True)
        free = factory.Trait(
            fee=0,
            account=None,
            payment_due_at=None,
            refund_tiers=factory.LazyFunction(list),
        )
        closed = factory.Trait(
            registration_closes_at=factory.LazyFunction(
                lambda: timezone.now() - timedelta(minutes=1)
            )
        )

    @factory.post_generation
    def pools(self, create, _extracted):
        if create:
            sync_pools(self)


class InvitationFactory(factory.django.DjangoModelFactory):
    """A code for two representatives of an organisation; its forum's pools know of it."""

    forum = factory.SubFactory(ForumPageFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    code = factory.Sequence(lambda n: f"ABCD-{n:04d}".replace("0", "P").replace("1", "Q"))
    code_index = factory.LazyAttribute(
        lambda row: blind_index("forums.invitation_code", row.code.replace("-", ""))
    )
    seats = 2
    made_at = factory.LazyFunction(timezone.now)

    class Meta:
        model = Invitation
        skip_postgeneration_save = True

    class Params:
        personal = factory.Trait(organisation=None, label="토론자 초대")
        revoked = factory.Trait(revoked_at=factory.LazyFunction(timezone.now))

    @factory.post_generation
    def pools(self, create, _extracted):
        if create:
            sync_pools(self.forum)
