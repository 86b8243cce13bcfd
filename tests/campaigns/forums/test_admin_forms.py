"""The editor of a forum, as its form is posted."""

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from campaigns.forums.models import ForumPage, SeatPool

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def moment(value):
    return timezone.localtime(value).strftime("%Y-%m-%d %H:%M") if value else ""


def filled_in(forum, action="action-publish", minutes=(40, 110, 270), drop=(), **told):
    """What the editor posts for a forum as it is; ``drop`` takes sessions out by their part."""
    sessions = [
        {
            **{"id": s.pk, "part": s.part, "title": s.title, "summary": s.summary},
            **{"starts_at": moment(s.starts_at), "ends_at": moment(s.ends_at)},
            **{"audience": s.audience, "capacity": s.capacity or "", "fee_krw": s.fee_krw},
            **{"seats_per_organisation": s.seats_per_organisation or "", "meal": s.meal},
            **{"fee_includes": s.fee_includes, "meal_detail": "", "meal_capacity": ""},
            "DELETE": "on" if s.part in drop else "",
        }
        for s in forum.sessions.all()
    ]
    programme = [
        {"id": p.pk, "part": p.part, "minutes": number, "title": p.title, "who": p.who}
        for p, number in zip(forum.programme.all(), minutes, strict=True)
    ]
    tiers = [
        {"id": t.pk, "days_before": t.days_before, "percent": t.percent}
        for t in forum.refund_tiers.all()
    ]
    fields = {
        **{"title": forum.title, "slug": forum.slug, "kind": "forum", "slogan": forum.slogan},
        **{"summary": "", "more_hosts": "", "place": forum.place, "place_detail": ""},
        **{"address": "", "online_url": "", "account": forum.account_id, "contact": ""},
        "registration_closes_at": moment(forum.registration_closes_at),
        "payment_due_at": moment(forum.payment_due_at),
        **{"registration_opens_at": "", "depositor_prefix": "토론회", "retention_months": 3},
        **{"issues_papers": "on", "takes_waiting": "on", "offer_hours": 24},
        **{"seo_title": "", "search_description": "", "go_live_at": "", "expire_at": ""},
        **{name: streamfield([]) for name in ("body", "accessibility", "materials", "results")},
        "sessions": inline_formset(sessions, initial=len(sessions)),
        "programme": inline_formset(programme, initial=len(programme)),
        "refund_tiers": inline_formset(tiers, initial=len(tiers)),
        **{name: inline_formset([]) for name in ("hosts", "speakers", "comments")},
        action: "on",
    }
    return nested_form_data({**fields, **told})


def post(browser, forum, **told):
    address = reverse("wagtailadmin_pages:edit", args=[forum.pk])
    return browser.post(address, filled_in(forum, **told))


def test_what_is_ready_goes_public(admin_client, forum):
    answer = post(admin_client, forum, place="국민누리회관")

    assert answer.status_code == 302
    assert ForumPage.objects.get().place == "국민누리회관"


def test_a_programme_that_is_too_long_says_by_how_much(admin_client, forum):
    answer = post(admin_client, forum, minutes=(40, 115, 270), place="국민누리회관")

    assert "5" in "".join(answer.context["form"].non_field_errors())
    assert ForumPage.objects.get().place == forum.place


def test_a_fee_needs_an_account(admin_client, forum):
    answer = post(admin_client, forum, account="")

    assert answer.context["form"].errors["account"]


def test_a_draft_may_be_unfinished(admin_client, forum):
    answer = post(admin_client, forum, action="action-save", account="", minutes=(40, 115, 270))

    assert answer.status_code == 302
    assert ForumPage.objects.get().account == forum.account
    assert ForumPage.objects.get().get_latest_revision_as_object().account is None


@pytest.mark.parametrize("action", ["action-save", "action-publish"])
def test_a_session_with_people_is_not_taken_out(admin_client, forum, action):
    SeatPool.objects.filter(session__forum=forum, session__part="2부").update(taken=1)

    answer = post(admin_client, forum, action=action, drop=("2부",))

    assert "대표자 워크숍" in "".join(answer.context["form"].non_field_errors())


def test_a_session_ends_after_it_begins(admin_client, forum):
    data = filled_in(forum)
    data["sessions-0-ends_at"] = data["sessions-0-starts_at"]

    answer = admin_client.post(reverse("wagtailadmin_pages:edit", args=[forum.pk]), data)

    assert answer.status_code == 200
    assert answer.context["form"].formsets["sessions"].errors[0]["ends_at"]
