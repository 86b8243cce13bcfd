"""What everybody may read of an election's answers; ``models.pages`` hands its requests here."""

from django.core.paginator import InvalidPage
from django.http import Http404, StreamingHttpResponse
from django.template.response import TemplateResponse

from ..presenters.board import (
    BoardPresenter,
    ContestPresenter,
    DemandsPresenter,
    LogPresenter,
    RespondentPresenter,
    as_csv,
    as_json,
    read_frame,
)


def show_board(request, page):
    """The board, narrowed by what the address says; without candidates until it is released."""
    try:
        board = BoardPresenter(page, request.GET.dict())
    except InvalidPage as error:
        raise Http404 from error
    return _answer(request, page, "pledges/pledge_board_page.html", board)


def show_respondent(request, page, public_id):
    shown = RespondentPresenter(page, public_id)
    return _answer(request, page, "pledges/board_respondent.html", shown)


def show_contest(request, page, key):
    return _answer(request, page, "pledges/board_contest.html", ContestPresenter(page, key))


def show_demands(request, page):
    return _answer(request, page, "pledges/board_demands.html", DemandsPresenter(page))


def show_log(request, page):
    number = request.GET.get("page", "1")
    try:
        shown = LogPresenter(page, number)
    except InvalidPage as error:
        raise Http404 from error
    return _answer(request, page, "pledges/board_log.html", shown)


def show_csv(_request, page):
    return _download(page, as_csv, "text/csv; charset=utf-8", "answers.csv")


def show_json(_request, page):
    return _download(page, as_json, "application/json", "answers.json")


def _answer(request, page, template, board):
    context = page.get_context(request)
    context["board"] = board
    return TemplateResponse(request, template, context)


def _download(page, write, content_type, name):
    if not read_frame.about(page.election, page.election.pk).is_released:
        raise Http404
    response = StreamingHttpResponse(write(page), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
