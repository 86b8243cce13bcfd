import pytest

from accounts.defaults import CAMPAIGNER, EDITOR
from privacy.models import ConsentDefinition
from tests.factories.accounts import UserFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

URL = "/admin/consent-texts/"


@pytest.fixture
def campaigner(client):
    """A browser in which a campaigner is logged in."""
    client.force_login(UserFactory(role=CAMPAIGNER))
    return client


@pytest.fixture
def collection(db):
    """The consent text on collection and use that every site starts with."""
    return ConsentDefinition.objects.get(slug="collection")


def fields_of(definition, **changes):
    names = ("title", "kind", "style", "slug", "purpose", "items", "retention", "refusal")
    values = {name: getattr(definition, name) for name in names}
    values |= {"recipients": definition.recipients}
    values |= {"recipients_retention": definition.recipients_retention}
    return {**values, **changes}


@pytest.mark.parametrize("rest", ["", "new/", "1/", "1/versions/"])
def test_a_stranger_is_asked_to_log_in(client, rest):
    assert client.get(URL + rest)["Location"].startswith("/admin/login/")


def test_an_editor_without_the_right_is_sent_back(client, collection):
    client.force_login(UserFactory(role=EDITOR))

    for rest in ("", "new/", f"{collection.pk}/", f"{collection.pk}/versions/"):
        assert client.get(URL + rest)["Location"] == "/admin/"


def test_the_list_shows_kind_and_version(campaigner, collection):
    collection.title = "개인정보 수집"
    collection.save()

    response = campaigner.get(URL)

    shown = {row.slug: row.version for row in response.context["object_list"]}
    others = (
        *("sensitive", "display", "roll", "news", "age"),
        *("pledge-signing", "pledge-publication"),
    )
    assert shown == {"collection": 2, **dict.fromkeys(others, 1)}
    assert str(ConsentDefinition.Kind.SENSITIVE.label) in response.content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_as_often_for_three_rows_as_for_one(
    campaigner, django_assert_num_queries, rows
):
    for number in range(rows):
        ConsentDefinition.objects.create(slug=f"extra-{number}", kind="age", title="만 14세 이상")
    campaigner.get(URL)

    with django_assert_num_queries(12):
        campaigner.get(URL)


def test_saving_a_changed_text_makes_a_version_and_keeps_the_old_one(campaigner, collection):
    response = campaigner.post(
        f"{URL}{collection.pk}/", fields_of(collection, purpose="서명 접수와 확인"), follow=True
    )

    versions = list(collection.versions.order_by("number"))
    assert [version.number for version in versions] == [1, 2]
    assert versions[0].purpose == collection.purpose
    assert versions[1].purpose == "서명 접수와 확인"
    assert len(list(response.context["messages"])) == 1
    page = campaigner.get(f"{URL}{collection.pk}/versions/").content.decode()
    assert "서명 접수와 확인" in page
    assert "서명 접수, 중복 확인" in page


def test_saving_an_unchanged_text_makes_no_version(campaigner, collection):
    campaigner.post(f"{URL}{collection.pk}/", fields_of(collection))

    assert collection.versions.count() == 1


@pytest.mark.parametrize("missing", ["purpose", "items", "retention", "refusal"])
def test_what_the_law_wants_told_can_not_be_left_out(campaigner, collection, missing):
    response = campaigner.post(f"{URL}{collection.pk}/", fields_of(collection, **{missing: " "}))

    assert response.status_code == 200
    assert set(response.context["form"].errors) == {missing}
    assert collection.versions.count() == 1


def test_a_short_name_stays(campaigner, collection):
    campaigner.post(f"{URL}{collection.pk}/", fields_of(collection, slug="other"))

    collection.refresh_from_db()
    assert collection.slug == "collection"


def test_nobody_can_force_a_consent_nor_give_one_up(campaigner, collection):
    page = campaigner.get(f"{URL}{collection.pk}/").content.decode()
    campaigner.post(f"{URL}{collection.pk}/", fields_of(collection, kind="news", required=""))
    news = ConsentDefinition.objects.get(slug="news")
    campaigner.post(f"{URL}{news.pk}/", fields_of(news, kind="age", required="on"))

    collection.refresh_from_db()
    news.refresh_from_db()
    assert 'name="required"' not in page
    assert (collection.kind, collection.required) == ("collection", True)
    assert (news.kind, news.required) == ("news", False)


def test_the_form_explains_versions_and_words_in_braces(campaigner, collection):
    text = campaigner.get(f"{URL}{collection.pk}/").content.decode()

    for word in ("{petition}", "{recipients}", "{retention}", f"{URL}{collection.pk}/versions/"):
        assert word in text


def test_a_new_text_is_added(campaigner):
    values = {"slug": "extra", "kind": "age", "style": "checkbox", "title": "만 14세 이상"}

    campaigner.post(f"{URL}new/", values)

    assert ConsentDefinition.objects.get(slug="extra").versions.count() == 1


@pytest.mark.parametrize("rest", ["delete/1/", "copy/1/", "1/delete/"])
def test_a_text_people_agreed_to_is_never_deleted(admin_client, rest):
    assert admin_client.post(URL + rest).status_code == 404
