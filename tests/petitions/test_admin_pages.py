import pytest
from django.test import Client
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from accounts.defaults import DIRECTOR
from home.publishing import public_version
from petitions import services
from petitions.models import PetitionPage, Tally
from privacy.models import ConsentDefinition
from tests.factories.accounts import UserFactory
from tests.factories.petitions import SignatureFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


ALL = ("collection", "sensitive", "display", "roll", "news", "age")


@pytest.fixture
def editor(client):
    """A browser in which somebody is logged in who may publish."""
    client.force_login(UserFactory(role=DIRECTOR))
    return client


WORDS = {
    "title": "사회적경제기본법을 의결해 주십시오",
    "slug": "petition",
    "summary": "함께 요구해 주세요.",
    "addressees": "국회의장",
    "goal_steps": "1000, 5000",
    "opens_at": "",
    "closes_at": "",
    "confirmation_required": "on",
    "asks_comment": "on",
    "roll_recipients": "국회의장",
    "name_reason": "서명부에서 확인하기 위해",
    "email_reason": "본인의 서명인지 확인하기 위해",
    "region_reason": "지역별 수를 알리기 위해",
    "hand_over_on": "",
    "retention_months": "6",
    "seo_title": "",
    "search_description": "",
    "go_live_at": "",
    "expire_at": "",
}


def typed(page=None, *, consents=ALL, **changes):
    """The petition form as the editor's browser posts it."""
    chosen = [
        {"definition": ConsentDefinition.objects.get(slug=slug).pk, "ORDER": position}
        for position, slug in enumerate(consents, start=1)
    ]
    kept = list(page.petition_consents.all()) if page else []
    rows = [
        {"id": row.pk, "definition": row.definition_id, "DELETE": "on", "ORDER": 0} for row in kept
    ]
    fields = {
        **WORDS,
        "body": streamfield([("text", rich_text("<p>왜 지금입니까</p>"))]),
        "petition_consents": inline_formset([*rows, *chosen], initial=len(rows)),
        "comments": inline_formset([]),
        **changes,
    }
    return nested_form_data(fields)


def edit(browser, page, action="action-publish", **changes):
    data = typed(page, slug=page.slug, **changes)
    return browser.post(f"/admin/pages/{page.pk}/edit/", {**data, action: "on"}, follow=True)


def new(browser, campaign, action="action-publish", **changes):
    address = f"/admin/pages/add/petitions/petitionpage/{campaign.pk}/"
    return browser.post(address, {**typed(**changes), action: "on"}, follow=True)


def errors_of(response):
    form = response.context["form"]
    return {name: [str(word) for word in words] for name, words in form.errors.items()}


def test_an_editor_makes_a_petition_that_citizens_see(editor, campaign_page, region):
    new(editor, campaign_page)

    page = PetitionPage.objects.get()
    assert page.live
    assert [row.definition.slug for row in page.petition_consents.all()] == list(ALL)
    assert page.title in Client().get(page.url).content.decode()


def test_a_new_petition_proposes_all_consents(editor, campaign_page):
    response = editor.get(f"/admin/pages/add/petitions/petitionpage/{campaign_page.pk}/")

    formset = response.context["form"].formsets["petition_consents"]
    chosen = [form["definition"].value() for form in formset.forms]
    of_petitions = ConsentDefinition.objects.filter(tool="petitions")
    assert chosen == list(of_petitions.values_list("pk", flat=True))
    assert str(ConsentDefinition.Kind.SENSITIVE.label) in response.content.decode()


def test_a_draft_may_be_incomplete(editor, campaign_page):
    new(editor, campaign_page, action="action-save", consents=(), addressees="")

    page = PetitionPage.objects.get()
    assert (page.live, page.addressees) == (False, "")


@pytest.mark.parametrize(
    ("consents", "changes", "field"),
    [
        ((), {}, "__all__"),
        (("sensitive", "roll", "news", "age"), {}, "__all__"),
        (("collection", "sensitive", "roll", "news"), {}, "__all__"),
        (ALL, {"roll_recipients": " "}, "roll_recipients"),
        (ALL, {"addressees": ""}, "addressees"),
        (ALL, {"goal_steps": "5000, 1000"}, "goal_steps"),
        (ALL, {"goal_steps": "많이"}, "goal_steps"),
        (ALL, {"retention_months": "99"}, "retention_months"),
        (ALL, {"opens_at": "2027-03-02 09:00", "closes_at": "2027-03-01 09:00"}, "closes_at"),
        (ALL, {"closes_at": "2027-03-02 09:00", "hand_over_on": "2027-03-01"}, "hand_over_on"),
    ],
)
def test_what_is_not_ready_is_not_published_and_the_reason_is_told(
    editor, campaign_page, consents, changes, field
):
    response = new(editor, campaign_page, consents=consents, **changes)

    assert list(errors_of(response)) == [field]
    assert not PetitionPage.objects.exists()


def test_without_any_consent_both_that_are_needed_are_named(editor, campaign_page):
    response = new(editor, campaign_page, consents=())

    assert len(errors_of(response)["__all__"]) == 2


def test_a_petition_that_only_makes_a_roll_needs_no_recipients(editor, campaign_page):
    new(editor, campaign_page, consents=("collection", "age"), roll_recipients="")

    assert PetitionPage.objects.get().live


def test_without_the_consent_on_sensitive_data_there_is_a_warning(editor, campaign_page):
    response = new(editor, campaign_page, consents=("collection", "age"))
    assert [message.level_tag for message in response.context["messages"]][0] == "warning"

    page = PetitionPage.objects.get()
    response = edit(editor, page)
    assert "warning" not in [message.level_tag for message in response.context["messages"]]


def test_the_same_consent_twice_is_refused(editor, campaign_page):
    new(editor, campaign_page, consents=(*ALL, "age"))

    assert not PetitionPage.objects.exists()


def test_an_edit_is_public_at_once_and_every_process_hears_of_it(
    editor, petition_page, django_capture_on_commit_callbacks
):
    path = "campaigns/basic-act/petition"
    before = public_version()
    services.petition_state(path)

    with django_capture_on_commit_callbacks(execute=True):
        edit(
            editor,
            petition_page,
            title="새 제목",
            goal_steps="77",
            consents=("collection", "age"),
            roll_recipients="",
        )

    assert public_version() > before
    state = services.petition_state(path)
    assert (state.page.title, state.page.goal_for(0)) == ("새 제목", 77)
    assert [consent.slug for _, consent in state.consents] == ["collection", "age"]
    assert "새 제목" in Client().get(petition_page.url).content.decode()


def test_a_draft_stays_off_the_public_page(editor, petition_page):
    edit(editor, petition_page, action="action-save", title="초안 제목")

    petition_page.refresh_from_db()
    assert petition_page.title != "초안 제목"
    assert "초안 제목" not in Client().get(petition_page.url).content.decode()


def preview(browser, page, **changes):
    address = f"/admin/pages/{page.pk}/edit/preview/"
    told = browser.post(address, typed(page, slug=page.slug, **changes)).json()
    assert told == {"is_valid": True, "is_available": True}
    return browser.get(address)


def test_the_preview_shows_the_draft_with_the_real_count_and_can_not_sign(editor, petition_page):
    Tally.objects.create(petition=petition_page, online=4321, folded_at=timezone.now())
    SignatureFactory(petition=petition_page, confirmed=True, name_display="full")

    response = preview(editor, petition_page, title="초안 제목", consents=("collection", "age"))
    text = response.content.decode()

    assert response.status_code == 200
    assert "초안 제목" in text
    assert "4,321" in text
    assert "consent_roll" not in text
    assert 'type="submit" disabled' in text
    assert "public" not in response.get("Cache-Control", "")
    assert "초안 제목" not in Client().get(petition_page.url).content.decode()
    assert services.petition_state("campaigns/basic-act/petition").page.title != "초안 제목"


def test_the_public_page_can_sign(petition_page):
    assert 'type="submit" disabled' not in Client().get(petition_page.url).content.decode()


def test_an_incomplete_draft_can_be_previewed(editor, petition_page):
    nothing = dict.fromkeys(("addressees", "roll_recipients", "summary", "goal_steps"), "")

    response = preview(editor, petition_page, consents=(), **nothing)

    assert response.status_code == 200


def test_a_petition_that_is_not_saved_yet_can_be_previewed(editor, campaign_page, region):
    address = f"/admin/pages/add/petitions/petitionpage/{campaign_page.pk}/preview/"
    assert editor.post(address, typed()).json()["is_available"]

    response = editor.get(address)

    assert response.status_code == 200
    assert "사회적경제기본법을 의결해 주십시오" in response.content.decode()
    assert not PetitionPage.objects.exists()
