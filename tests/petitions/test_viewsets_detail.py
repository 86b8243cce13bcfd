import pytest

from accounts.defaults import EDITOR, MODERATOR
from evidence.models import Event, EventValues
from evidence.services import erase_payloads, verify_chain
from petitions import services
from petitions.models import CountDelta, Signature
from tests.factories.accounts import UserFactory
from tests.factories.petitions import SignatureFactory
from tests.factories.privacy import ConsentRecordFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def moderator(client):
    """A browser in which the moderator 정다솜 is logged in."""
    user = UserFactory(role=MODERATOR)
    client.force_login(user)
    client.user = user
    return client


def address(signature, step=""):
    return f"/admin/signatures/{signature.pk}/" + (f"{step}/" if step else "")


def take(browser, signature, step, **fields):
    response = browser.post(address(signature, step), fields, follow=True)
    signature.refresh_from_db()
    return response


def told(response):
    return [str(message) for message in response.context["messages"]]


def reader(client):
    """A member of staff who may look and not change."""
    user = UserFactory(role=MODERATOR)
    user.groups.get().permissions.filter(codename="change_signature").delete()
    client.force_login(user)
    return client


def test_a_stranger_is_asked_to_log_in(client):
    row = SignatureFactory()

    assert client.get(address(row))["Location"].startswith("/admin/login/")
    assert client.post(address(row, "confirm"))["Location"].startswith("/admin/login/")


def test_an_editor_without_the_right_sees_nothing(client):
    client.force_login(UserFactory(role=EDITOR))

    assert client.get(address(SignatureFactory()))["Location"] == "/admin/"


def test_the_person_is_masked_and_the_comment_readable(moderator):
    row = SignatureFactory(name="홍길동", email="gildong.hong@naver.com", commented=True)

    text = moderator.get(address(row)).content.decode()

    assert "홍*동" in text
    assert "gil****@naver.com" in text
    assert row.comment in text
    assert "홍길동" not in text
    assert "gildong.hong" not in text


def test_a_comment_is_shown_as_text(moderator):
    row = SignatureFactory(comment="<script>x</script>", comment_status="waiting")

    assert "<script>x</script>" not in moderator.get(address(row)).content.decode()


def test_the_consents_are_shown_with_version_and_choice(moderator):
    row = SignatureFactory()
    record = ConsentRecordFactory(subject=row.public_id, choice=True)
    ConsentRecordFactory(choice=True)

    response = moderator.get(address(row))

    assert response.context["consents"] == [record]
    assert record.version.title in response.content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_detail_asks_as_often_for_three_steps_as_for_one(
    moderator, django_assert_num_queries, rows
):
    row = SignatureFactory(comment="말", comment_status="waiting")
    for _ in range(rows):
        services.change_comment_status(
            row.public_id, Signature.CommentStatus.PUBLISHED, actor=str(moderator.user.pk)
        )
    moderator.get(address(row))

    with django_assert_num_queries(21):
        moderator.get(address(row))


def test_confirming_counts_and_says_who_and_why(moderator):
    row = SignatureFactory()

    response = take(moderator, row, "confirm", reason="전화로 확인했습니다.")

    assert row.status == "confirmed"
    assert CountDelta.objects.get().change == 1
    entry = response.context["history"][0]
    assert (entry.who, entry.reason) == ("정다솜", "전화로 확인했습니다.")
    assert "전화로 확인했습니다." in response.content.decode()


def test_invalidating_lowers_the_count_and_undo_raises_it(moderator):
    row = SignatureFactory(confirmed=True)

    take(moderator, row, "invalidate", reason="같은 사람이 두 번")
    assert row.status == "invalidated"
    response = take(moderator, row, "undo")

    assert row.status == "confirmed"
    assert sum(CountDelta.objects.values_list("change", flat=True)) == 0
    assert len(response.context["history"]) == 2
    assert verify_chain("signature", str(row.public_id)).holds


@pytest.mark.parametrize("step", ["confirm", "invalidate"])
@pytest.mark.parametrize("reason", ["", "   ", "\u200b", "가" * 301, "900101-1234567"])
def test_a_step_needs_a_reason_that_may_be_kept(moderator, step, reason):
    row = SignatureFactory()

    response = take(moderator, row, step, reason=reason)

    assert response.status_code == 200
    assert row.status == "unconfirmed"
    assert response.context["reason_form"].errors["reason"]
    assert Event.objects.filter(subject_type="signature").count() == 0


@pytest.mark.parametrize(
    ("state", "step"),
    [
        ({"confirmed": True}, "confirm"),
        ({"withdrawn": True}, "confirm"),
        ({"withdrawn": True}, "invalidate"),
        ({"invalidated": True}, "invalidate"),
        ({"confirmed": True}, "undo"),
        ({"confirmed": True}, "publish-comment"),
        ({"withdrawn": True}, "reject-comment"),
    ],
)
def test_a_step_that_the_state_forbids_is_refused_with_a_word(moderator, state, step):
    row = SignatureFactory(**state)
    before = row.status

    response = take(moderator, row, step, reason="까닭")

    assert row.status == before
    assert len(told(response)) == 1
    assert Event.objects.filter(subject_type="signature").count() == 0


def test_a_comment_is_published_and_taken_off(moderator):
    row = SignatureFactory(confirmed=True, comment="꼭 의결을", comment_status="waiting")

    take(moderator, row, "publish-comment")
    assert row.comment_status == "published"
    take(moderator, row, "reject-comment")

    assert row.comment_status == "rejected"
    assert [
        event.kind for event in Event.objects.filter(subject_type="signature").order_by("sequence")
    ] == [
        "comment_published",
        "comment_rejected",
    ]


def test_after_a_comment_the_next_one_is_at_hand(moderator):
    following = SignatureFactory(confirmed=True, comment="둘", comment_status="waiting")
    row = SignatureFactory(confirmed=True, comment="하나", comment_status="waiting")

    response = take(moderator, row, "publish-comment")

    assert address(following) in told(response)[0]
    assert address(row) not in told(take(moderator, following, "publish-comment"))[0]


@pytest.mark.parametrize("step", ["confirm", "invalidate", "undo", "publish-comment"])
def test_who_may_only_look_changes_nothing(client, step):
    row = SignatureFactory(comment="말", comment_status="waiting")

    response = reader(client).post(address(row, step), {"reason": "까닭"})

    assert response["Location"] == "/admin/"
    assert Event.objects.filter(subject_type="signature").count() == 0


def test_who_may_only_look_is_shown_no_button(client):
    row = SignatureFactory(commented=True)

    text = reader(client).get(address(row)).content.decode()

    assert row.reference in text
    assert "formaction" not in text


@pytest.mark.parametrize("step", ["confirm", "undo"])
def test_reading_changes_nothing(moderator, step):
    row = SignatureFactory(invalidated=True)

    assert moderator.get(address(row, step)).status_code == 405
    row.refresh_from_db()
    assert row.status == "invalidated"


def test_an_unknown_step_or_signature_is_not_found(moderator):
    row = SignatureFactory()

    assert moderator.post(address(row, "delete")).status_code == 404
    assert moderator.post("/admin/signatures/999999/confirm/", {"reason": "x"}).status_code == 404


def test_a_step_stays_in_the_history_when_its_reason_is_erased(moderator):
    row = SignatureFactory()
    take(moderator, row, "confirm", reason="전화")
    erase_payloads("signature", str(row.public_id))
    assert not EventValues.objects.filter(event__subject_type="signature").exists()

    entry = moderator.get(address(row)).context["history"][0]

    assert (entry.who, entry.reason) == ("정다솜", "")


def test_who_left_or_no_person_is_named_by_what_the_chain_knows(moderator):
    row = SignatureFactory()
    services.confirm_by_staff(row.public_id, actor="system", reason="시험")

    assert moderator.get(address(row)).context["history"][0].who == "system"
