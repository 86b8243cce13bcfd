"""The screen behind the link in an approver's mail, and the editors' guide."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.models import TaskState

from .. import services
from ..admin_forms import ReviewForm
from ..exceptions import NotReviewerError, NotWaitingError, TextChangedError
from ..presenters import review_of


@require_http_methods(["GET", "POST"])
def review_text(request, task_state_id):
    """Show a text that waits for approval; its buttons approve or return it."""
    review = review_of(get_object_or_404(TaskState, pk=task_state_id))
    if review is None:
        raise Http404
    if not review.state.task.specific.get_actions(review.page, request.user):
        raise PermissionDenied
    form = ReviewForm(request.POST or None, initial={"revision": review.revision_id})
    if request.method == "POST" and form.is_valid():
        return _decide(request, review, **form.cleaned_data)
    context = {"review": review, "form": form, "page_title": _("Review")}
    return TemplateResponse(request, "accounts/review.html", context)


def _decide(request, review, **decision):
    try:
        services.decide(review.state.pk, user=request.user, **decision)
    except NotReviewerError as error:
        raise PermissionDenied from error
    except NotWaitingError:
        return _once_more(request, _("Somebody decided on this text before you."))
    except TextChangedError:
        return _once_more(request, _("The text changed while you read it. Please read it again."))
    review.page.refresh_from_db()
    outcome = _outcome(review.page, decision["decision"])
    messages.success(request, outcome % {"title": review.title}, buttons=_ways_on(review.page))
    return redirect("wagtailadmin_home")


def _once_more(request, why):
    messages.warning(request, why)
    return redirect(request.path)


def _outcome(page, decision):
    if decision == "reject":
        return _("“%(title)s” went back to its author with your comment.")
    if page.live and not page.scheduled_revision:
        return _("“%(title)s” is approved and public.")
    return _("“%(title)s” is approved and waits for its time.")


def _ways_on(page):
    if page.live:
        return [messages.button(page.url, _("See the public page"))]
    return [messages.button(reverse("wagtailadmin_pages:edit", args=[page.pk]), _("See the text"))]


@require_http_methods(["GET"])
def show_guide(request):
    """The first steps, in the admin itself."""
    return TemplateResponse(request, "accounts/guide.html", {"page_title": _("Guide for editors")})
