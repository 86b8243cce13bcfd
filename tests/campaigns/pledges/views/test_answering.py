"""The way of a respondent from the link to the signature, page by page."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.pledges.models import (
    ContactPoint,
    DemandAnswer,
    IdentityCheck,
    Invitation,
    PledgeRound,
    Response,
)
from campaigns.pledges.services.demands import begin_version, save_demand
from campaigns.pledges.tokens import mint_token
from messaging.models import OutboxMessage
from tests.factories.pledge_agreements import invited, respondent_of
from tests.factories.pledge_demands import demand_set, publish

from .candidate import code_of_last_mail

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def rows():
    models = (Invitation, IdentityCheck, Response, DemandAnswer, OutboxMessage)
    return [list(model.objects.values()) for model in models]


def test_loading_fifty_times_changes_nothing(client, at):
    names = ["open-invitation", "enter-code", "refuse-contact", "show-answers", "read-all", "sign"]
    before = rows()
    for _time in range(10):
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


def test_a_wrong_address_is_written_to_no_more(client, at):
    client.post(at("refuse-contact"))
    assert ContactPoint.objects.get().state == ContactPoint.State.STOPPED
    assert client.get(at()).status_code == 404


def test_another_site_presses_nothing(client, at):
    answer = client.post(at(), headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403
    assert not IdentityCheck.objects.exists()


def test_ten_codes_a_day_and_then_a_clear_word(client, at):
    for _time in range(10):
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


def test_another_devices_answer_is_shown_and_the_next_press_decides(known, at):
    seen = known.get(at("answer", 1)).context["form"]["seen"].value()
    known.post(at("answer", 1), {"choice": "accept_partly", "comment": "먼저 적은 의견"})
    mine = {"choice": "decline", "comment": "나중 의견", "seen": seen}

    refused = known.post(at("answer", 1), mine)
    page = refused.content.decode()
    assert refused.status_code == 409
    assert "먼저 적은 의견" in page
    assert "나중 의견" in page
    assert "저장했습니다 ·" not in page

    again = refused.context["form"]["seen"].value()
    assert known.post(at("answer", 1), {**mine, "seen": again}).status_code == 303
    assert DemandAnswer.objects.get().choice == "decline"


def test_an_answer_goes_to_the_demand_that_was_read_and_to_no_other(known, at, invitation, user):
    read = known.get(at("answer", 1)).context["card"].demand
    version = begin_version(invitation.respondent.election.demand_sets.get(), user=user)
    save_demand(
        version, {"title": "다른 요구", "text": "다른 내용"}, demand=version.demands.first()
    )
    publish(version, user=user)
    known.post(at("show-answers"))  # on another device

    sent = {"choice": "accept_partly", "comment": "읽은 글에 대한 의견", "demand": read.pk}
    refused = known.post(at("answer", 1), sent)
    assert refused.status_code == 409
    assert not DemandAnswer.objects.exists()
    page = refused.content.decode()
    assert "읽은 글에 대한 의견" in page
    assert read.title in page
    headers = {"accept": "application/json"}
    assert known.post(at("answer", 1), sent, headers=headers).status_code == 409
    gone = {**sent, "demand": 0}
    assert known.post(at("answer", 1), gone).context["card"].demand.title == "다른 요구"


def test_accepting_all_does_not_write_over_another_device(known, at):
    page = known.get(at("read-all"))
    shown = page.context["shown"]
    all_of_it = {"demand": [card.demand.pk for card in shown.cards], "seen": shown.revision}
    known.post(at("answer", 1), {"choice": "decline", "comment": "다른 기기에서"})

    refused = known.post(at("read-all"), all_of_it, follow=True).content.decode()
    assert _("Not all was accepted: the answers below stand.") in refused
    assert DemandAnswer.objects.get().comment == "다른 기기에서"
    read = {**all_of_it, "seen": known.get(at("read-all")).context["shown"].revision}
    assert known.post(at("read-all"), read)["Location"] == at("sign")
