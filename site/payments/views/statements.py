"""The bank's files: sent in, read by the worker, with what it could not read."""

from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin.auth import permission_required

from ..forms import StatementForm
from ..models import BankAccount, Deposit, StatementImport
from ..presenters import gap_lines, problem_lines
from ..services.imports import request_import
from ..tasks import read_statement
from .frame import UPLOAD, VIEW_STATEMENTS, page_of, show

SECONDS_TO_REFRESH = "3"
UNDER_WAY = (StatementImport.State.WAITING, StatementImport.State.RUNNING)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(VIEW_STATEMENTS)
def statements(request):
    may_upload = request.user.has_perm(UPLOAD)
    form = StatementForm()
    if request.method == "POST" and may_upload:
        form = StatementForm(request.POST, request.FILES)
        if form.is_valid():
            return redirect("payments_statement", _take_in(request.user, form).public_id)
    rows = StatementImport.objects.defer("content").select_related("account", "asked_by")
    return show(
        request,
        "statements",
        _("Bank statements"),
        status=422 if form.errors else 200,
        page=page_of(request, rows.order_by("-asked_at")),
        form=form if may_upload and BankAccount.objects.exists() else None,
        may_upload=may_upload,
    )


@transaction.atomic
def _take_in(user, form):
    """The worker hears of the file in the same transaction, or there is none."""
    file = form.cleaned_data["file"]
    job = request_import(
        form.cleaned_data["account"], content=file.read(), file_name=file.name, user=user
    )
    transaction.on_commit(lambda: read_statement.enqueue(str(job.public_id)))
    return job


@require_safe
@permission_required(VIEW_STATEMENTS)
def statement(request, public_id):
    rows = StatementImport.objects.defer("content").select_related("account", "asked_by")
    job = get_object_or_404(rows, public_id=public_id)
    deposits = Deposit.objects.filter(statement=job)
    response = show(
        request,
        "statement",
        _("Bank statement"),
        job=job,
        is_under_way=job.state in UNDER_WAY,
        problems=problem_lines(job),
        gaps=gap_lines(job),
        matched=deposits.filter(state=Deposit.State.MATCHED).count(),
        waiting=Deposit.objects.filter(state=Deposit.State.OPEN).count(),
    )
    if job.state in UNDER_WAY:  # Needs no script.
        response["Refresh"] = SECONDS_TO_REFRESH
    return response
