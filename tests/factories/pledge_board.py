"""A board of answers with somebody in each of the eight states, and boards of any size."""

from datetime import timedelta

import wagtail_factories
from django.utils import timezone

from campaigns.pledges.models import (
    Candidacy,
    Contest,
    DemandAnswer,
    Invitation,
    PledgeAgreement,
    PledgeBoardPage,
    Post,
    Respondent,
    Response,
)
from campaigns.pledges.services.candidacies import identity_of
from campaigns.pledges.services.demands import current_versions, demands_asked
from tests.factories.pledge_guards import prepared_election, released_board
from tests.factories.pledges import CandidacyFactory, contest_of
from tests.factories.tree import publish

Standing = Respondent.Standing
COMMENT = "예산이 되는 만큼 하겠습니다."


class PledgeBoardPageFactory(wagtail_factories.PageFactory):
    title = "후보는 뭐라고 답했습니까"
    slug = "pledges"

    class Meta:
        model = PledgeBoardPage


def board_of(campaign, election=None, *, is_released=True, slug="pledges"):
    """The page, below this campaign, of an election with demands and a round."""
    election = election or prepared_election()
    if is_released:
        released_board(election)
    return publish(PledgeBoardPageFactory(parent=campaign, election=election, slug=slug))


def placed(election, name, standing, *, contest=None, ballot_number="", **values):
    """A respondent who stands there; rows only, as the services would leave them."""
    candidacy = CandidacyFactory(
        contest=contest or contest_of(election), name=name, ballot_number=ballot_number, **values
    )
    return Respondent.objects.create(
        election=election,
        candidacy=candidacy,
        standing=standing,
        standing_on=timezone.localdate(),
    )


def asked(respondent, *, reminders=0, **values):
    now = timezone.now()
    return Invitation.objects.create(
        respondent=respondent,
        channel=Invitation.Channel.MAIL,
        state=Invitation.State.SENT,
        invited_at=now,
        made_at=now,
        reminders=reminders,
        reminded_at=now if reminders else None,
        **values,
    )


def answered(
    respondent, choices=("accept", "accept_partly", "decline"), *, is_public=True, **values
):
    """Handed in, in the order of the demands; public unless said otherwise."""
    now = timezone.now()
    response = Response.objects.create(
        respondent=respondent,
        **{
            "state": Response.State.SUBMITTED,
            "began_at": now,
            "submitted_at": now,
            "published_at": now if is_public else None,
            **values,
        },
    )
    versions = current_versions(respondent)
    response.versions.set(versions)
    for demand, choice in zip(demands_asked(versions), choices, strict=False):
        DemandAnswer.objects.create(
            response=response,
            demand=demand,
            choice=choice,
            comment=COMMENT if choice == "accept_partly" else None,
            answered_at=now,
        )
    return response


def everybody(election):
    """By state, somebody who stands there."""
    people = {}
    for number, standing in enumerate(Standing.values, 1):
        people[standing] = placed(election, f"후보{number}", standing, ballot_number=str(number))
        if standing not in (Standing.NO_CONTACT, Standing.LEFT):
            asked(people[standing], reminders=2 if standing == Standing.NO_ANSWER else 0)
    answered(people[Standing.ANSWERED])
    for standing in (Standing.AGREED, Standing.WITHDRAWN):
        agreed(people[standing], is_withdrawn=standing == Standing.WITHDRAWN)
    declined = answered(people[Standing.SIGNS_NONE], choices=(), state=Response.State.DECLINED)
    declined.statement = "어떤 협약에도 서명하지 않습니다."
    declined.save(update_fields=["statement"])
    return people


def agreed(respondent, choices=("accept", "accept_partly", "decline"), *, is_withdrawn=False):
    """Concluded, and perhaps withdrawn since; what both signed is the text."""
    response, now = answered(respondent, choices), timezone.now()
    demands = response.answers.select_related("demand").order_by("demand__number")
    return PledgeAgreement.objects.create(
        number=f"2026-지방-{respondent.pk:06}",
        respondent=respondent,
        response=response,
        state="withdrawn" if is_withdrawn else "countersigned",
        text={
            "demands": [
                {
                    "key": str(row.demand.key),
                    "label": str(row.demand.number),
                    "title": row.demand.title,
                    "text": row.demand.text,
                    "answer": row.choice,
                    "comment": row.comment or "",
                }
                for row in demands
            ]
        },
        text_sha256=f"{respondent.pk:064}",
        signed_at=now - timedelta(hours=2),
        countersigned_at=now - timedelta(hours=1),
        ended_at=now if is_withdrawn else None,
    )


def crowd(election, count, *, in_contest=5):
    """``count`` candidacies, all with answers, in contests of a few; written in bulk."""
    region = contest_of(election).post.region
    now, today = timezone.now(), timezone.localdate()
    posts = Post.objects.bulk_create(
        Post(
            office="city_council",
            region=region,
            district_name=f"제{n}선거구",
            key=f"c:{election.pk}:{n:05}",
        )
        for n in range(-(-count // in_contest))
    )
    contests = Contest.objects.bulk_create(Contest(election=election, post=post) for post in posts)
    candidacies = Candidacy.objects.bulk_create(
        Candidacy(
            contest=contests[n // in_contest],
            name=f"후보{n:05}",
            party_name=f"당{n % 7}",
            ballot_number=str(n % in_contest + 1),
            identity=identity_of(f"후보{n:05}", None),
            status_on=today,
            source="목록",
            made_at=now,
        )
        for n in range(count)
    )
    people = Respondent.objects.bulk_create(
        Respondent(election=election, candidacy=row, standing=Standing.ANSWERED, standing_on=today)
        for row in candidacies
    )
    _answer_in_bulk(people, now)
    return people


def _answer_in_bulk(people, now):
    responses = Response.objects.bulk_create(
        Response(
            respondent=row, state="submitted", began_at=now, submitted_at=now, published_at=now
        )
        for row in people
    )
    demands = demands_asked(current_versions(people[0]))
    DemandAnswer.objects.bulk_create(
        (
            DemandAnswer(response=row, demand=demand, choice="accept", answered_at=now)
            for row in responses
            for demand in demands
        ),
        batch_size=5000,
    )
