from datetime import date

import factory
import wagtail_factories

from home.network.models import (
    Body,
    BodyIndexPage,
    Meeting,
    Organisation,
    OrganisationIndexPage,
    RegionIndexPage,
)

from .home import HomePageFactory


class OrganisationFactory(factory.django.DjangoModelFactory):
    """A member organisation of the whole country."""

    name = factory.Sequence(lambda n: f"가온협동조합연합회 {n}")

    class Meta:
        model = Organisation

    class Params:
        partner = factory.Trait(is_member=False)
        gone = factory.Trait(left_on=date(2025, 6, 30))


class BodyFactory(factory.django.DjangoModelFactory):
    name = factory.Sequence(lambda n: f"정책위원회 {n}")

    class Meta:
        model = Body

    class Params:
        preparing = factory.Trait(status=Body.Status.PREPARING)
        ended = factory.Trait(status=Body.Status.ENDED)


class MeetingFactory(factory.django.DjangoModelFactory):
    body = factory.SubFactory(BodyFactory)
    number = factory.Sequence(lambda n: n + 1)
    held_on = date(2026, 3, 12)

    class Meta:
        model = Meeting


class OrganisationIndexPageFactory(wagtail_factories.PageFactory):
    parent = factory.SubFactory(HomePageFactory)
    title = "회원단체"
    slug = "organisations"

    class Meta:
        model = OrganisationIndexPage


class BodyIndexPageFactory(wagtail_factories.PageFactory):
    parent = factory.SubFactory(HomePageFactory)
    title = "위원회"
    slug = "bodies"

    class Meta:
        model = BodyIndexPage


class RegionIndexPageFactory(wagtail_factories.PageFactory):
    parent = factory.SubFactory(HomePageFactory)
    title = "지역"
    slug = "regions"

    class Meta:
        model = RegionIndexPage
