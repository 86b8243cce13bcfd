"""Papers that organisations ask for: sent in by one person, given out once another approves."""

from io import BytesIO

from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin.auth import permission_required

from ..exceptions import OwnPaperError, PaperUnreadableError, PaperWaitsError, PaymentsError
from ..forms import PaperForm
from ..models import OfficePaper
from ..services.papers import all_papers, approve_paper, remove_paper, send_in_paper
from .frame import APPROVE, ASK, VIEW_ACCOUNTS, back, show


@require_safe
@permission_required(VIEW_ACCOUNTS)
def papers(request):
    return _show(request, PaperForm())


def _show(request, form, status=200):
    user = request.user
    return show(
        request,
        "papers",
        _("Papers for organisations"),
        status=status,
        rows=[(paper, paper.asked_by_id == user.pk) for paper in all_papers()],
        form=form if user.has_perm(ASK) else None,
        may_approve=user.has_perm(APPROVE),
        may_ask=user.has_perm(ASK),
    )


@require_POST
@permission_required(ASK)
def send_in(request):
    form = PaperForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, form, status=422)
    said = form.cleaned_data
    told = {"account": said["account"], "content": said["file"].read(), "user": request.user}
    try:
        send_in_paper(said["kind"], **told)
    except PaperUnreadableError:
        form.add_error("file", _(
            "This is neither a picture nor a PDF of nothing but pages. Scan it as PDF without a "
            "password, or send a photograph as JPG or PNG."
        ))  # fmt: skip
    except PaperWaitsError:
        form.add_error("kind", _("Such a paper waits for approval already."))
    else:
        return back(request, "payments_papers", _("Another person must approve it."))
    return _show(request, form, status=422)


@require_POST
@permission_required(APPROVE)
def approve(request, pk):
    try:
        approve_paper(get_object_or_404(OfficePaper, pk=pk), user=request.user)
    except OwnPaperError:
        told = _("You sent it in yourself: another person must approve it.")
        return back(request, "payments_papers", told, problem=True)
    except PaymentsError:
        return back(request, "payments_papers", _decided(), problem=True)
    return back(request, "payments_papers", _("Organisations can download it now."))


@require_POST
@permission_required(VIEW_ACCOUNTS)
def remove(request, pk):
    """Who may approve may, and who may send in: nothing false is given out by taking away."""
    if not (request.user.has_perm(APPROVE) or request.user.has_perm(ASK)):
        return back(request, "payments_papers", _("Another person decides about it."), problem=True)
    try:
        remove_paper(get_object_or_404(OfficePaper, pk=pk), user=request.user)
    except PaymentsError:
        return back(request, "payments_papers", _decided(), problem=True)
    return back(request, "payments_papers", _("The paper is not given out any more."))


@require_safe
@permission_required(VIEW_ACCOUNTS)
def download(request, pk):
    """What was sent in, to be compared with the original before it is approved."""
    paper = get_object_or_404(OfficePaper, pk=pk)
    response = FileResponse(
        BytesIO(bytes(paper.content)),
        as_attachment=True,
        filename=f"{paper.get_kind_display()}.pdf",
        content_type="application/pdf",
    )
    add_never_cache_headers(response)
    return response


def _decided():
    return _("Nothing changed: somebody decided about it already.")
