import unicodedata

import pytest

from petitions import services as petitions
from petitions.models import Signature
from privacy.models import ConsentDefinition
from privacy.services import consents_of
from rights.tokens import UNDO_COOKIE
from tests.petitions.citizen import EMAIL, NAME

pytestmark = pytest.mark.integration


def typed(client, row, **changes):
    form = client.get(f"{row}correct/").context["form"]
    return {**form.initial, **changes}


def standing(signature):
    return {record.slug for record in consents_of(signature.public_id) if record.stands}


@pytest.mark.sqlite_smoke
def test_a_name_is_corrected_and_the_correction_undone(client, row, mine, signature):
    fields = typed(client, row, name=unicodedata.normalize("NFD", "한누리"))

    answer = client.post(f"{row}correct/", fields)
    again = client.post(f"{row}correct/", fields)

    assert (answer.status_code, answer.url) == (303, f"{mine}?done=corrected")
    assert again.url == f"{mine}?done=unchanged"
    assert Signature.objects.get().name == "한누리"
    assert NAME not in answer.cookies[UNDO_COOKIE].value
    assert "undo/" in client.get(answer.url).content.decode()

    for done in ("undone", "no-undo"):
        assert client.post(f"{mine}undo/").url == f"{mine}?done={done}"
    assert Signature.objects.get().name == NAME


@pytest.mark.parametrize("cookie", ["", "forged"])
def test_nobody_undoes_what_was_not_done(client, mine, signature, cookie):
    client.cookies[UNDO_COOKIE] = cookie

    assert client.post(f"{mine}undo/").url == f"{mine}?done=no-undo"


def test_undoing_what_is_gone_says_so(client, row, mine, signature):
    client.post(f"{row}correct/", typed(client, row, name="한누리"))
    petitions.withdraw_signature(signature.public_id)

    assert client.post(f"{mine}undo/").status_code == 404


def test_undoing_a_choice_whose_text_has_changed_asks_again(client, row, mine, signature):
    client.post(f"{row}correct/", typed(client, row, name_display="hidden"))
    definition = ConsentDefinition.objects.get(slug="display")
    definition.purpose = "소식지에도 싣습니다."
    definition.save()

    answer = client.post(f"{mine}undo/")

    assert answer.status_code == 422
    assert Signature.objects.get().name_display == "hidden"


def test_what_can_t_be_a_name_is_told_and_kept_in_the_form(client, row, signature):
    answer = client.post(f"{row}correct/", typed(client, row, name="=HYPERLINK()"))

    assert answer.status_code == 422
    assert "=HYPERLINK()" in answer.content.decode()
    assert Signature.objects.get().name == NAME


@pytest.mark.sqlite_smoke
def test_each_consent_is_changed_by_itself(client, row, mine, signature):
    page = client.get(f"{row}consents/")
    news = next(
        each for each in page.context["held"].current_consents if each.record.slug == "news"
    )
    fields = {
        "consent": news.record.version.definition_id,
        "text": news.newest_text.text_hash,
        "choice": "refuse",
    }

    for _time in range(2):
        answer = client.post(f"{row}consents/", fields)
    assert answer.url == f"{mine}?done=consent-withdrawn"
    assert "news" not in standing(signature)
    assert client.get(mine).status_code == client.get(f"{row}consents/").status_code == 200

    for _time in range(2):
        answer = client.post(f"{row}consents/", {**fields, "choice": "agree"})
    assert answer.url == f"{mine}?done=consent-given"
    assert "news" in standing(signature)


def test_another_text_than_the_one_read_is_shown_first(client, row, signature):
    news = ConsentDefinition.objects.get(slug="news")

    answer = client.post(f"{row}consents/", {"consent": news.pk, "text": "old", "choice": "agree"})

    assert answer.status_code == 409
    assert answer.context["alert"]


@pytest.mark.parametrize("consent", ["", "x", "99999", "age"])
def test_only_what_is_a_choice_is_changed(client, row, signature, consent):
    number = ConsentDefinition.objects.get(slug="age").pk if consent == "age" else consent

    answer = client.post(f"{row}consents/", {"consent": number, "choice": "refuse"})

    assert answer.status_code == 404
    assert "age" in standing(signature)


@pytest.mark.parametrize("page", ["correct/", "leave/"])
def test_what_can_t_be_changed_has_no_page(client, mine, ledger, home_page, page):
    assert client.get(f"{mine}tests.ledger/7/{page}").status_code == 404


@pytest.mark.sqlite_smoke
def test_withdrawing_takes_a_page_and_a_press(client, row, mine, signature):
    assert client.get(f"{row}leave/").status_code == 200
    assert Signature.objects.get().email == EMAIL

    assert client.post(f"{row}leave/").url == f"{mine}?done=withdrawn"

    assert Signature.objects.get().email is None
    assert client.post(f"{row}leave/").status_code == 404
    assert client.get(mine).status_code == 200


def test_a_block_is_erased(client, mine, signature):
    petitions.deny_signature(signature.public_id)
    (held,) = client.get(mine).context["everything"].held

    answer = client.post(f"{mine}petitions.blocked_addresses/{held.holding.key}/leave/")

    assert answer.url == f"{mine}?done=erased"
    assert client.get(mine).context["everything"].is_nothing


def test_everything_is_erased_on_a_press(client, mine, signature, ledger):
    page = client.get(f"{mine}erase/").content.decode()
    assert signature.petition.title in page

    assert client.post(f"{mine}erase/").url == f"{mine}?done=erased-but"
    ledger.clear()
    # The request to staff stays as proof of the answer.
    assert client.post(f"{mine}erase/").url == f"{mine}?done=erased-kept"

    assert Signature.objects.get().email is None
