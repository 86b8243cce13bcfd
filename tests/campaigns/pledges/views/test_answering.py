"""The way of a respondent from the link to the signature, page by page."""

from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.urls import reverse
from django.utils import timezone

from campaigns.pledges.emails import send_code
from campaigns.pledges.models import (
    ContactPoint,
    DemandAnswer,
    IdentityCheck,
    Invitation,
    PledgeAgreement,
    PledgeRound,
    Response,
)
from campaigns.pledges.services.demands import begin_version, save_demand
from campaigns.pledges.services.documents import document_of, values_of
from campaigns.pledges.services.seals import run_seals
from campaigns.pledges.services.verdicts import Finding, judge_file
from campaigns.pledges.tokens import mint_token
from messaging.models import OutboxMessage
from tests.factories.pledge_agreements import invited, respondent_of
from tests.factories.pledge_demands import demand_set, publish

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def invitation(election):
    return invited(respondent_of(election))


@pytest.fixture
def at(client, invitation):
    """The address of one of the pages."""
    token = mint_token(invitation)
    return lambda name="open-invitation", *args: reverse(f"pledges:{name}", args=[token, *args])


def code_of_last_mail():
    check = IdentityCheck.objects.latest("pk")
    lines = send_code(str(check.pk)).text.splitlines()
    return next(line for line in lines if line.isdecimal())


@pytest.fixture
def known(client, at):
    """A browser in which the code was typed."""
    client.post(at())
    client.post(at("enter-code"), {"code": code_of_last_mail()})
    return client


def rows():
    models = (Invitation, IdentityCheck, Response, DemandAnswer, OutboxMessage)
    return [list(model.objects.values()) for model in models]


def test_loading_fifty_times_changes_nothing(client, at):
    names = ["open-invitation", "enter-code", "refuse-contact", "show-answers", "read-all", "sign"]
    before = rows()
    for _ in range(10):
        for name in names:
            client.get(at(name))
            client.head(at(name))
    assert rows() == before


def test_the_first_screen_says_who_asks_whom_why_and_until_when(client, at, invitation):
    page = client.get(at()).content.decode()
    assert "한가람" in page
    assert invitation.respondent.election.round.purpose in page
    assert "02-000-0000" in page


def test_a_page_behind_a_link_is_kept_nowhere_and_found_by_nobody(client, at):
    answer = client.get(at())
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex"


def test_without_a_code_no_demand_is_shown(client, at):
    for name, args in (("show-answers", ()), ("answer", (1,)), ("sign", ()), ("show-done", ())):
        answer = client.get(at(name, *args))
        assert answer.status_code == 303
        assert answer["Location"].startswith(at())


def test_pressing_sends_a_code_and_the_code_opens_the_demands(known, at):
    page = known.get(at("show-answers"))
    assert page.status_code == 200
    assert "요구 1" in page.content.decode()
    assert Invitation.objects.get().state == Invitation.State.VERIFIED


def test_another_browser_needs_a_code_of_its_own(known, at):
    known.cookies.clear()
    assert known.get(at("show-answers")).status_code == 303


def test_a_wrong_code_says_how_many_tries_are_left(client, at):
    client.post(at())
    code = code_of_last_mail()
    wrong = f"{(int(code) + 1) % 1_000_000:06}"
    answer = client.post(at("enter-code"), {"code": wrong})
    assert answer.status_code == 422
    assert IdentityCheck.objects.get().tries == 1


def test_an_answer_is_kept_and_the_next_demand_follows(known, at):
    answer = known.post(at("answer", 1), {"choice": "accept_partly", "comment": "예산 안에서"})
    assert answer["Location"] == at("answer", 2)
    assert DemandAnswer.objects.get().comment == "예산 안에서"
    assert "예산 안에서" in known.get(at("answer", 1)).content.decode()


def test_part_without_which_part_is_asked_again_and_nothing_is_lost(known, at):
    answer = known.post(at("answer", 1), {"choice": "accept_partly", "comment": " "})
    assert answer.status_code == 422
    assert 'value="accept_partly"' in answer.content.decode()
    assert not DemandAnswer.objects.exists()


def test_autosave_says_when_and_what_was_refused(known, at):
    headers = {"accept": "application/json"}
    kept = known.post(at("answer", 1), {"choice": "accept", "seen": 0}, headers=headers)
    assert kept.json()["seen"] == 1
    late = known.post(at("answer", 1), {"choice": "decline", "seen": 0}, headers=headers)
    assert (late.status_code, DemandAnswer.objects.get().choice) == (409, "accept")
    assert known.post(at("answer", 1), {}, headers=headers).status_code == 422


def test_the_last_second_closes_every_page(known, at):
    Invitation.objects.update(expires_at=timezone.now())
    PledgeRound.objects.update(answers_until=timezone.now())
    headers = {"accept": "application/json"}
    assert known.post(at("answer", 1), {"choice": "accept"}, headers=headers).status_code == 409
    assert known.post(at("read-all"), {}).status_code == 303
    assert not DemandAnswer.objects.exists()


def test_a_link_of_a_fortnight_ago_offers_a_new_one(client, at, invitation):
    Invitation.objects.update(expires_at=timezone.now() - timedelta(hours=1))
    assert 'value="renew"' in client.get(at()).content.decode()
    client.post(at(), {"do": "renew"})
    assert OutboxMessage.objects.filter(purpose="pledges.invited").count() == 1


def test_a_demand_published_meanwhile_is_told_and_asked(known, at, invitation, user):
    known.post(at("answer", 1), {"choice": "accept"})
    version = begin_version(invitation.respondent.election.demand_sets.get(), user=user)
    changed = version.demands.get(number=1)
    save_demand(version, {"title": "고친 요구", "text": "다른 내용"}, demand=changed)
    publish(version, user=user)
    assert known.get(at("show-answers")).context["is_outdated"]
    page = known.post(at("show-answers"))
    assert [demand.title for demand in page.context["changed"]] == ["고친 요구"]


def accept_everything(known, at):
    keys = [card.demand.pk for card in known.get(at("read-all")).context["shown"].cards]
    return known.post(at("read-all"), {"demand": keys})


def sign_page(known, at):
    known.post(at("sign"), {"do": "code"})
    return known.get(at("sign"), {"sent": 1})


def filled(page, **values):
    data = {field.html_name: "on" for _consent, field in page.context["form"].consent_fields}
    digest = page.context["digest"]
    return {**data, "name": "한가람", "text_sha256": digest, "code": code_of_last_mail(), **values}


def test_from_reading_everything_to_a_signature(known, at):
    assert accept_everything(known, at)["Location"] == at("sign")
    page = sign_page(known, at)
    answer = known.post(at("sign"), filled(page))
    assert answer["Location"] == at("show-done")
    agreement = PledgeAgreement.objects.get()
    assert agreement.text_sha256 == page.context["digest"]
    assert agreement.number in known.get(at("show-done")).content.decode()


def test_who_signed_gets_the_sealed_file_by_its_number_and_what_the_seal_is(known, at):
    accept_everything(known, at)
    known.post(at("sign"), filled(sign_page(known, at)))
    run_seals()
    assert reverse("pledges:explain-seal") in known.get(at("show-done")).content.decode()
    file = known.get(at("download-agreement"))
    number = PledgeAgreement.objects.get().number
    assert unquote(file["Content-Disposition"]).endswith(f"{number}-1.pdf")
    assert judge_file(file.content, named=number).finding == Finding.ORIGINAL


def test_a_wrong_press_loses_nothing(known, at):
    accept_everything(known, at)
    page = sign_page(known, at)
    data = filled(page, name="다른 이름")
    answer = known.post(at("sign"), data)
    assert answer.status_code == 422
    assert "다른 이름" in answer.content.decode()
    assert not PledgeAgreement.objects.exists()
    assert known.post(at("sign"), {**data, "name": "한 가람"}).status_code == 303


def test_a_text_changed_meanwhile_is_read_again_first(known, at):
    accept_everything(known, at)
    data = filled(sign_page(known, at))
    known.post(at("answer", 1), {"choice": "decline"})
    answer = known.post(at("sign"), data)
    assert answer.status_code == 409
    assert not PledgeAgreement.objects.exists()
    # The code was right just before: it serves the next press, too.
    page = known.get(at("sign"), {"sent": 1})
    assert (
        known.post(at("sign"), {**data, "text_sha256": page.context["digest"]}).status_code == 303
    )


DRAWN = "M10 10L300 150L590 20M20 180L80 190"


def test_whoever_draws_need_not_type(known, at):
    accept_everything(known, at)
    page = sign_page(known, at)
    answer = known.post(at("sign"), filled(page, name="", drawing=DRAWN))
    assert answer["Location"] == at("show-done")
    agreement = PledgeAgreement.objects.get()
    signature = agreement.signatures.get()
    assert (signature.name, signature.drawing) == ("한가람", DRAWN)
    assert DRAWN in values_of(agreement)["drawing"]
    assert document_of(agreement) != document_of(without_drawing(signature))


def without_drawing(signature):
    signature.drawing = None
    signature.save(update_fields=["drawing"])
    return signature.agreement


@pytest.mark.parametrize(
    "drawing",
    ["", 'M1 2L3 4"/><script>', "M1 2", "L3 4", "M1 2L3 4000", "M1 2" + "L3 4" * 6000],
)
def test_what_is_no_drawing_signs_nothing(known, at, drawing):
    accept_everything(known, at)
    page = sign_page(known, at)
    assert known.post(at("sign"), filled(page, name="", drawing=drawing)).status_code == 422
    assert not PledgeAgreement.objects.exists()


def test_both_consents_apart(known, at):
    accept_everything(known, at)
    page = sign_page(known, at)
    data = filled(page)
    del data["consent_pledge-publication"]
    assert known.post(at("sign"), data).status_code == 422


def test_signing_twice_leads_to_the_one_agreement(known, at):
    accept_everything(known, at)
    data = filled(sign_page(known, at))
    for _ in range(2):
        assert known.post(at("sign"), data)["Location"] == at("show-done")
    assert PledgeAgreement.objects.count() == 1


@pytest.mark.parametrize(
    ("ticked", "told"), [({}, "답하셨다는 사실만 싣습니다"), ({"publish": "on"}, "그대로")]
)
def test_answers_can_be_handed_in_without_a_signature(known, at, ticked, told):
    accept_everything(known, at)
    known.post(at("sign"), {"do": "answers", **ticked})
    response = Response.objects.get()
    assert response.state == Response.State.SUBMITTED
    assert (response.publication_agreed_at is not None) is bool(ticked)
    assert told in known.get(at("show-done")).content.decode()
    assert not PledgeAgreement.objects.exists()


def test_who_signs_nothing_says_so_in_own_words(known, at):
    answer = known.post(at("decline"), {"statement": "서명하지 않는 것이 제 원칙입니다."})
    assert answer["Location"] == at("show-done")
    assert "서명하지 않는 것이 제 원칙입니다." in known.get(at("show-done")).content.decode()


def test_a_wrong_address_is_written_to_no_more(client, at):
    client.post(at("refuse-contact"))
    assert ContactPoint.objects.get().state == ContactPoint.State.STOPPED
    assert client.get(at()).status_code == 404


def test_another_site_presses_nothing(client, at):
    answer = client.post(at(), headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403
    assert not IdentityCheck.objects.exists()


def test_ten_codes_a_day_and_then_a_clear_word(client, at):
    for _ in range(10):
        client.post(at())
    assert client.post(at()).status_code == 429


@pytest.mark.parametrize("count", [1, 12])
def test_the_list_asks_as_often_for_one_demand_as_for_twelve(
    client, election, count, django_assert_max_num_queries
):
    demand_set(election, count=count)
    invitation = invited(respondent_of(election))
    token = mint_token(invitation)
    client.post(reverse("pledges:open-invitation", args=[token]))
    client.post(reverse("pledges:enter-code", args=[token]), {"code": code_of_last_mail()})
    with django_assert_max_num_queries(14):
        client.get(reverse("pledges:show-answers", args=[token]))
