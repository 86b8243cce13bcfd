"""Answers, saved as they are typed; each to the wording that was read."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..exceptions import (
    AnswerElsewhereError,
    AnswersClosedError,
    AnswersIncompleteError,
    CommentMissingError,
    DemandGoneError,
    TextChangedError,
)
from ..models import (
    Demand,
    DemandAnswer,
    DemandSetVersion,
    Invitation,
    PledgeAgreement,
    Respondent,
    Response,
)
from .chain import RESPONDENT, record_step_of
from .demands import changed_demands, current_versions, demands_asked, says_the_same
from .endings import withdraw_agreement
from .publication import agree_to_publication
from .respondents import move_standing

Choice = DemandAnswer.Choice
State = Response.State
WITHDRAWN_WORDS = _("They sign no agreements any more.")


@transaction.atomic
def begin_response(invitation: Invitation) -> Response:
    """The response this invitation works on, begun with what is asked now. Safe to call twice.

    Raises AnswersClosedError.
    """
    respondent = invitation.respondent
    refuse_left(Respondent.objects.select_for_update().get(pk=respondent.pk))
    response = Response.objects.filter(respondent=respondent).first()
    if response is None:
        refuse_late(invitation)
        response = Response.objects.create(respondent=respondent, began_at=timezone.now())
        response.versions.set(current_versions(respondent))
        record_step_of(respondent, "answering_begun", RESPONDENT)
    _move(invitation, Invitation.State.VERIFIED, before=(Invitation.State.OPENED,))
    response.respondent = respondent
    return response


def refuse_left(respondent: Respondent) -> None:
    """Raises AnswersClosedError: whoever stands no more is asked nothing."""
    if respondent.standing == Respondent.Standing.LEFT:
        raise AnswersClosedError


def refuse_late(invitation: Invitation, moment: datetime | None = None) -> None:
    """Raises AnswersClosedError once the last moment to answer, or the link's, is over.

    Staff who open a response again give the invitation a later end.
    """
    now = moment or timezone.now()
    if invitation.expires_at is None or now >= invitation.expires_at:
        raise AnswersClosedError


@transaction.atomic
def save_answer(
    invitation: Invitation,
    demand: Demand,
    choice: str,
    comment: str = "",
    *,
    seen: int | None = None,
) -> Response:
    """Keep one answer; the response with its new revision.

    ``seen`` is the revision the device has read. Raises AnswersClosedError, CommentMissingError for
    an acceptance in part that does not say which, DemandGoneError where the wording is another by
    now, AnswerElsewhereError where another device answered otherwise since.
    """
    if choice == Choice.ACCEPT_PARTLY and not comment.strip():
        raise CommentMissingError
    response = lock_open(invitation)
    if demand.version_id not in {version.pk for version in versions_of(response)}:
        raise DemandGoneError
    answer = response.answers.filter(demand=demand).first()
    kept = "" if choice == Choice.ACCEPT else comment
    if answer and (answer.choice, answer.comment or "") == (choice, kept):
        return response
    if answer and seen is not None and answer.revision > seen:
        raise AnswerElsewhereError
    _write(response, [demand], choice, kept)
    return response


@transaction.atomic
def accept_all(
    invitation: Invitation, shown: Sequence[int], *, seen: int | None = None
) -> Response:
    """Accept every demand, all of which were on the screen (by key), as of the revision ``seen``.

    Raises AnswersClosedError, DemandGoneError where others are asked by now, AnswerElsewhereError
    where something was answered on another device since.
    """
    response = lock_open(invitation)
    if seen is not None and response.revision != seen:
        raise AnswerElsewhereError
    demands = demands_asked(versions_of(response))
    if {demand.pk for demand in demands} != set(shown):
        raise DemandGoneError
    _write(response, demands, Choice.ACCEPT, "")
    return response


def _write(response: Response, demands: Sequence[Demand], choice: str, comment: str) -> None:
    response.revision += 1
    response.save(update_fields=["revision"])
    for demand in demands:
        DemandAnswer.objects.update_or_create(
            response=response,
            demand=demand,
            defaults={
                "choice": choice,
                "comment": comment or None,
                "answered_at": timezone.now(),
                "revision": response.revision,
            },
        )


@transaction.atomic
def adopt_new_versions(invitation: Invitation) -> list[Demand]:
    """Go on with the texts that are in force; the demands that are to be answered anew.

    What reads the same keeps its answer, and so does all of a small correction. The answers to the
    old wording stay tied to it.
    """
    response = lock_open(invitation)
    before, after = versions_of(response), current_versions(invitation.respondent)
    if [row.pk for row in before] == [row.pk for row in after]:
        return []
    old, new = demands_asked(before), demands_asked(after)
    answers = answers_by_demand(response)
    kept = {row.key: answers[row.pk] for row in old if row.pk in answers}
    words = {row.key: row for row in old}
    small = {row.pk for row in after if row.is_minor}
    for demand in new:
        stays = demand.key in words and (
            demand.version_id in small or says_the_same(words[demand.key], demand)
        )
        if stays and demand.key in kept and demand.pk not in answers:
            _write(response, [demand], kept[demand.key].choice, kept[demand.key].comment or "")
    response.versions.set(after)
    changes = changed_demands(old, new)
    return [
        change.after for change in changes if change.after and change.after.version_id not in small
    ]


def has_new_versions(response: Response) -> bool:
    """Whether a text was published since this response began."""
    asked = {version.pk for version in versions_of(response)}
    return asked != {version.pk for version in current_versions(response.respondent)}


def versions_of(response: Response) -> list[DemandSetVersion]:
    """The texts the response answers: the common one, then those of larger regions first."""
    rows = response.versions.select_related("demand_set__region")
    return sorted(
        rows,
        key=lambda row: (
            row.demand_set.region_id is not None,
            bool(row.demand_set.region and row.demand_set.region.parent_id),
            row.demand_set_id,
        ),
    )


def answers_by_demand(response: Response) -> dict[int, DemandAnswer]:
    return {answer.demand_id: answer for answer in response.answers.all()}


def unanswered(response: Response) -> list[Demand]:
    """The demands that still wait for an answer, in their order."""
    answers = answers_by_demand(response)
    return [row for row in demands_asked(versions_of(response)) if row.pk not in answers]


@transaction.atomic
def submit_answers(
    invitation: Invitation, *, may_publish: bool = False, seen: int | None = None
) -> Response:
    """Hand the answers in; public only with this consent (개인정보 보호법 art. 23: an opinion).

    ``seen`` is the revision that was on the screen. Raises AnswersClosedError,
    AnswersIncompleteError, TextChangedError where another device has changed an answer since.
    """
    response = lock_open(invitation)
    if seen is not None and response.revision != seen:
        raise TextChangedError
    close_answers(invitation, response)
    if may_publish:
        agree_to_publication(response)
    return response


def close_answers(invitation: Invitation, response: Response) -> None:
    """The locked response is handed in, unless it was."""
    if response.state == State.SUBMITTED:
        return
    if unanswered(response):
        raise AnswersIncompleteError
    response.state, response.submitted_at = State.SUBMITTED, timezone.now()
    response.statement = None
    response.save(update_fields=["state", "submitted_at", "statement"])
    respondent = invitation.respondent
    record_step_of(respondent, "answers_submitted", RESPONDENT, {"revision": response.revision})
    if not _in_force(respondent):
        move_standing(respondent, Respondent.Standing.ANSWERED, actor=RESPONDENT)
    _move(invitation, Invitation.State.ANSWERED)


@transaction.atomic
def decline_all(invitation: Invitation, statement: str) -> Response:
    """Sign no agreements, on principle; the statement is public with the answer.

    Whoever says so after their answers were opened again withdraws the agreement in force.

    Raises AnswersClosedError.
    """
    response = lock_open(invitation)
    response.state, response.submitted_at = State.DECLINED, timezone.now()
    response.statement = statement or None
    response.save(update_fields=["state", "submitted_at", "statement"])
    for agreement in _in_force(invitation.respondent):
        withdraw_agreement(agreement, statement or str(WITHDRAWN_WORDS))
    record_step_of(invitation.respondent, "declines_all", RESPONDENT)
    move_standing(invitation.respondent, Respondent.Standing.SIGNS_NONE, actor=RESPONDENT)
    _move(invitation, Invitation.State.DECLINED)
    return response


def _in_force(respondent: Respondent) -> list[PledgeAgreement]:
    """The agreement that holds while answers are open again: the label stays with it."""
    rows = PledgeAgreement.objects.filter(respondent=respondent)
    return list(rows.filter(state=PledgeAgreement.State.COUNTERSIGNED))


def lock_open(invitation: Invitation) -> Response:
    """The locked response that can still be changed. Raises AnswersClosedError."""
    rows = Response.objects.select_for_update(of=("self",)).select_related("respondent")
    response = rows.filter(respondent=invitation.respondent_id).first()
    if response is None or response.state not in Response.OPEN:
        raise AnswersClosedError
    refuse_left(response.respondent)
    refuse_late(invitation)
    response.respondent = invitation.respondent
    return response


def _move(invitation: Invitation, state: str, *, before: Sequence[str] = ()) -> None:
    rows = Invitation.objects.filter(pk=invitation.pk).exclude(state__in=Invitation.DEAD)
    if before:
        rows = rows.filter(state__in=before)
    if rows.update(state=state):
        invitation.state = state
