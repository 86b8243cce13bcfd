import pytest
from django.utils import timezone
from wagtail.models import Page

from petitions import services
from petitions.models import PetitionPage, Signature, Tally
from privacy.models import ConsentDefinition
from tests.factories.petitions import PetitionPageFactory, SignatureFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_signed_petition_is_kept_and_the_reason_told(admin_client, petition_page, method):
    SignatureFactory(petition=petition_page)

    response = getattr(admin_client, method)(f"/admin/pages/{petition_page.pk}/delete/")

    assert response.status_code == 409
    assert petition_page.title in response.content.decode()
    assert PetitionPage.objects.filter(pk=petition_page.pk).exists()


def test_neither_is_what_a_signed_petition_lies_below(admin_client, petition_page):
    SignatureFactory(petition=petition_page)
    campaign = petition_page.get_parent()

    response = admin_client.post(f"/admin/pages/{campaign.pk}/delete/")

    assert response.status_code == 409
    assert Page.objects.filter(pk=campaign.pk).exists()


def test_a_petition_nobody_signed_is_deleted(admin_client, petition_page):
    admin_client.post(f"/admin/pages/{petition_page.pk}/delete/")

    assert not PetitionPage.objects.exists()


def bulk(browser, action, *pages, **fields):
    ids = "&".join(f"id={page.pk}" for page in pages)
    return browser.post(f"/admin/bulk/wagtailcore/page/{action}/?{ids}&next=/admin/pages/", fields)


def test_signed_petitions_are_kept_in_bulk_as_well(admin_client, petition_page):
    SignatureFactory(petition=petition_page)

    response = bulk(admin_client, "delete", petition_page)

    assert response["Location"] == "/admin/pages/"
    assert PetitionPage.objects.filter(pk=petition_page.pk).exists()


def test_pages_without_signatures_are_deleted_in_bulk(admin_client, petition_page):
    bulk(admin_client, "delete", petition_page)

    assert not PetitionPage.objects.exists()


@pytest.mark.parametrize("from_parent", [False, True])
def test_what_is_not_ready_is_not_published_in_bulk_either(
    admin_client, campaign_page, from_parent
):
    page = PetitionPageFactory(parent=campaign_page, live=False, consents=())
    chosen = campaign_page if from_parent else page

    response = bulk(admin_client, "publish", chosen, include_descendants="on")

    assert response["Location"] == "/admin/pages/"
    page.refresh_from_db()
    assert not page.live


def test_what_is_ready_is_published_in_bulk(admin_client, campaign_page):
    page = PetitionPageFactory(parent=campaign_page, live=False, consents=())
    for position, slug in enumerate(("collection", "age")):
        definition = ConsentDefinition.objects.get(slug=slug)
        page.petition_consents.create(definition=definition, sort_order=position)
    page.save_revision()

    bulk(admin_client, "publish", page)

    page.refresh_from_db()
    assert page.live


def test_a_copy_has_the_words_and_nobodys_signature(admin_client, petition_page):
    SignatureFactory(petition=petition_page, confirmed=True)
    Tally.objects.create(petition=petition_page, online=1, folded_at=timezone.now())

    admin_client.post(
        f"/admin/pages/{petition_page.pk}/copy/",
        {
            "new_title": "둘째 서명",
            "new_slug": "second",
            "new_parent_page": petition_page.get_parent().pk,
            "publish_copies": "on",
        },
    )

    copy = PetitionPage.objects.get(slug="second")
    assert copy.petition_consents.count() == petition_page.petition_consents.count()
    assert copy.signatures.count() == 0
    assert services.live_count(copy.pk).confirmed == 0
    assert Signature.objects.count() == 1
