"""What anybody can check: the daily heads, and the script that recomputes them."""

from functools import wraps
from pathlib import Path

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from . import verifier
from .models import DayHead
from .registry import file_checks, find_proof
from .services import as_noted

NUMBER_LENGTH = 40
PUBLIC = "public, max-age=0, s-maxage=60, stale-if-error=300"


def for_everybody(view):
    """The same bytes for all: caches may keep them for a minute."""

    @require_safe
    @wraps(view)
    def shared(request, **kwargs):
        response = view(request, **kwargs)
        response["Cache-Control"] = PUBLIC
        return response

    return shared


@require_safe
def show_ways(request):
    """The ways to check, for everybody; with the number of a paper, what that paper says."""
    number = request.GET.get("number", "").strip()[:NUMBER_LENGTH]
    context = {"last": DayHead.objects.last(), "number": number, "file_checks": file_checks()}
    if not number:
        response = render(request, "evidence/ways.html", context)
        response["Cache-Control"] = PUBLIC
        return response
    proof = find_proof(number)
    response = render(
        request, "evidence/ways.html", {**context, "proof": proof}, status=200 if proof else 404
    )
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


@for_everybody
def show_heads(request, year=None):
    """The heads of a year, newest first; without one those of the latest."""
    years = [day.year for day in DayHead.objects.dates("date", "year", order="DESC")]
    if year is not None and year not in years:
        raise Http404
    chosen = years[0] if years and year is None else year
    heads = DayHead.objects.filter(date__year=chosen) if years else DayHead.objects.none()
    context = {"years": years, "year": chosen, "heads": heads.order_by("-date")}
    return render(request, "evidence/heads.html", context)


@for_everybody
def download_json(_request):
    heads = [as_noted(head)._asdict() for head in DayHead.objects.all()]
    return _as_file(JsonResponse({"heads": heads}), "heads.json")


@for_everybody
def download_text(_request):
    """A line per day: day, number of events, Merkle root, head."""
    lines = [
        f"{head.date} {head.count} {head.root} {head.hash}\n" for head in DayHead.objects.all()
    ]
    return _as_file(HttpResponse(lines, content_type="text/plain; charset=utf-8"), "heads.txt")


@for_everybody
def download_verifier(_request):
    script = Path(verifier.__file__).read_bytes()
    answer = HttpResponse(script, content_type="text/x-python; charset=utf-8")
    return _as_file(answer, "verifier.py")


def _as_file(response, name):
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response
