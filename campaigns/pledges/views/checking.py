"""Checking a file: it is read into memory, judged and forgotten."""

from django.core.exceptions import BadRequest
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from home.decorators import limits_own_body
from privacy.decorators import same_origin_post, throttles_itself
from privacy.requests import throttle

from ..exceptions import ExaminerBusyError
from ..presenters.verdicts import VerdictPresenter
from ..services.verdicts import MOST_BYTES, Finding, Verdict, clean_number, judge_file

CHECKS_PER_MINUTE = 12  # of one address; each costs a process of its own
MOST_BODY = MOST_BYTES + 64 * 1024  # with what a form puts around the file
# A browser that is still sending reads no answer: of a body of this size we read all.
PATIENCE = 56 * 1024 * 1024
PIECE = 256 * 1024
STATUS = {Finding.TOO_LARGE: 413, Finding.EMPTY: 422}


class MemoryOnlyUploadHandler(MemoryFileUploadHandler):
    """Never a file on the disk; the length of the whole body was looked at before."""

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None):  # noqa: N803 (the name is Django's)
        self.activated = True


@limits_own_body
@csrf_exempt
@throttles_itself
def check_file(request):
    """What a file is; nothing of it stays. Whoever comes back by the address finds the form."""
    if request.method in ("GET", "HEAD"):
        return HttpResponseRedirect(reverse("evidence:show-ways") + "#file")
    response = _take(request)
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


@same_origin_post
def _take(request):
    if throttle(request, "check-file", limit=CHECKS_PER_MINUTE, seconds=60):
        return _ask_to_wait(request, "429.html", 429)
    length = _length_of(request)
    if length > MOST_BODY:
        _read_away(request, length)
        return _show(request, Verdict(Finding.TOO_LARGE), 413)
    request.upload_handlers = [MemoryOnlyUploadHandler(request)]
    file = request.FILES.get("file")
    content = file.read() if file else b""
    named = clean_number(request.POST.get("number", "")) or clean_number(file.name if file else "")
    try:
        verdict = judge_file(content, named=named)
    except ExaminerBusyError:
        return _ask_to_wait(request, "503.html", 503)
    return _show(request, verdict, STATUS.get(verdict.finding, 200))


def _length_of(request):
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError as error:
        raise BadRequest("The length of the body is no number.") from error


def _read_away(request, length):
    if length <= PATIENCE:
        while request.read(PIECE):
            pass


def _ask_to_wait(request, template, status):
    response = render(request, template, status=status)
    response["Retry-After"] = "60"
    return response


def _show(request, verdict, status):
    context = {"shown": VerdictPresenter(verdict), "action": "pledges:check-file"}
    return render(request, "pledges/verdict.html", context, status=status)
