import pytest

from accounts.defaults import EDITOR, MODERATOR
from evidence.models import Event
from petitions import services
from petitions.models import Signature
from tests.factories.accounts import UserFactory
from tests.factories.petitions import SignatureFactory, TallyFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

LIST = "/admin/signatures/"


@pytest.fixture
def moderator(client):
    """A browser in which a moderator is logged in."""
    client.force_login(UserFactory(role=MODERATOR))
    return client


def address(action, rows):
    ids = "&".join(f"id={row.pk}" for row in rows)
    return f"/admin/bulk/petitions/signature/{action}/?next={LIST}&{ids}"


def act(browser, action, rows, **fields):
    return browser.post(address(action, rows), fields, follow=True)


def states(rows):
    return [Signature.objects.get(pk=row.pk).status for row in rows]


def told(response):
    return [str(message) for message in response.context["messages"]]


def test_a_stranger_is_asked_to_log_in(client):
    response = client.post(address("confirm", [SignatureFactory()]))

    assert response["Location"].startswith("/admin/login/")


@pytest.mark.parametrize("action", ["confirm", "invalidate", "undo"])
def test_an_editor_without_the_right_changes_nothing(client, action):
    client.force_login(UserFactory(role=EDITOR))
    rows = [SignatureFactory(name="홍길동")]

    page = client.get(address(action, rows)).content.decode()
    act(client, action, rows, reason="까닭")

    assert "홍" not in page
    assert states(rows) == ["unconfirmed"]
    assert Event.objects.filter(subject_type="signature").count() == 0


def test_the_dialog_names_whom_it_is_about_masked(moderator):
    rows = [SignatureFactory(name="홍길동", email="gildong.hong@naver.com", comment="말길")]

    text = moderator.get(address("confirm", rows)).content.decode()

    assert "홍*동" in text
    assert rows[0].reference in text
    for secret in ("홍길동", "gildong.hong", "말길"):
        assert secret not in text


def test_one_reason_confirms_all_and_tells_how_many(moderator):
    rows = [SignatureFactory() for _ in range(3)]

    response = act(moderator, "confirm", rows, reason="현장에서 확인")

    assert response.redirect_chain == [(LIST, 302)]
    assert states(rows) == ["confirmed"] * 3
    assert {
        event.payload.values["reason"] for event in Event.objects.filter(subject_type="signature")
    } == {"현장에서 확인"}
    assert len(told(response)) == 1
    assert "3" in told(response)[0]


def test_those_that_are_refused_are_named_with_the_reason(moderator):
    fine, gone, done = (
        SignatureFactory(),
        SignatureFactory(withdrawn=True),
        SignatureFactory(confirmed=True),
    )

    response = act(moderator, "confirm", [fine, gone, done], reason="현장에서 확인")

    assert states([fine, gone, done]) == ["confirmed", "withdrawn", "confirmed"]
    changed, refused = told(response)
    assert "1" in changed
    assert gone.reference in refused
    assert done.reference in refused
    assert fine.reference not in refused


def test_invalidating_lowers_the_count_and_the_message_leads_back(moderator):
    first = SignatureFactory(confirmed=True)
    rows = [first, SignatureFactory(confirmed=True, petition=first.petition)]
    tally = TallyFactory(petition=first.petition, online=2)

    response = act(moderator, "invalidate", rows, reason="같은 글씨")
    services.fold_counts()
    tally.refresh_from_db()
    assert (states(rows), tally.online) == (["invalidated"] * 2, 0)
    undo = told(response)[0].split('href="')[1].split('"')[0].replace("&amp;", "&")
    back = moderator.post(undo, follow=True)
    services.fold_counts()

    tally.refresh_from_db()
    assert (states(rows), tally.online) == (["confirmed"] * 2, 2)
    assert back.redirect_chain == [(LIST, 302)]


def test_what_was_not_done_by_staff_can_not_be_undone(moderator):
    rows = [SignatureFactory(confirmed=True)]

    response = act(moderator, "undo", rows)

    assert states(rows) == ["confirmed"]
    assert rows[0].reference in told(response)[0]


@pytest.mark.parametrize("reason", ["", "  ", "900101-1234567"])
def test_without_a_reason_the_dialog_comes_back(moderator, reason):
    rows = [SignatureFactory(confirmed=True)]

    response = act(moderator, "invalidate", rows, reason=reason)

    assert response.status_code == 200
    assert response.context["form"].errors["reason"]
    assert states(rows) == ["confirmed"]


@pytest.mark.parametrize("ids", ["", "id=all", "id=x", "id=999999", "id=1e9"])
def test_rows_are_named_one_by_one_or_not_found(moderator, ids):
    row = SignatureFactory()

    url = f"/admin/bulk/petitions/signature/invalidate/?{ids}"

    assert moderator.get(url).status_code == 404
    assert moderator.post(url, {"reason": "까닭"}).status_code == 404
    assert states([row]) == ["unconfirmed"]


def test_nobody_deletes_signatures_in_bulk(admin_client):
    row = SignatureFactory()

    assert admin_client.get(address("delete", [row])).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_dialog_asks_as_often_for_three_rows_as_for_one(
    moderator, django_assert_num_queries, rows
):
    chosen = [SignatureFactory() for _ in range(rows)]
    moderator.get(address("confirm", chosen))

    with django_assert_num_queries(19):
        moderator.get(address("confirm", chosen))
