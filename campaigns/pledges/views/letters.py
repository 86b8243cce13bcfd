"""Letters to those who have no address: of one respondent, or of all who are shown."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from privacy.models import AccessAction

from ..exceptions import AnswersClosedError, TooManyLettersError
from ..forms.outreach import NarrowForm
from ..models import Election, Respondent
from ..policies import rows_for
from ..services.letters import MOST, print_letters, without_address
from .access import log_access_of
from .frame import found, needs

RIGHT = "pledges.add_outreachentry"
CONTACTS = "pledges.contacts"
OF_RESPONDENT = ("election", "candidacy__contest__post__region__parent", "region")


def _respondents(user):
    return rows_for(user, Respondent).select_related(*OF_RESPONDENT)


@require_POST
@needs(RIGHT)
def print_one(request, public_id):
    """Whatever is known of the respondent: staff may hand a letter over, too."""
    respondent = found(_respondents(request.user), public_id=public_id)
    back = ("pledges_respondent", public_id)
    return _print(request, respondent.election, [respondent], back)


@require_POST
@needs(RIGHT)
def print_all(request, pk):
    """All of a contest or region, or of the election, who cannot be reached by mail."""
    election = get_object_or_404(Election, pk=pk)
    rows = _respondents(request.user).filter(election=election)
    narrowed = NarrowForm(request.POST, election=election).narrow(rows)
    letters = without_address(narrowed).order_by("candidacy__contest", "candidacy__name", "pk")
    return _print(request, election, list(letters[: MOST + 1]), ("pledges_outreach", pk))


def _print(request, election, respondents, back):
    try:
        content = print_letters(election, respondents)
    except AnswersClosedError:
        told = _("There is nobody to write to, or nobody is asked at the moment.")
        messages.error(request, told)
        return redirect(*back)
    except TooManyLettersError:
        told = _("At most %(most)d letters at once. Choose a contest or a region.")
        messages.error(request, told % {"most": MOST})
        return redirect(*back)
    log_access_of(request, AccessAction.PRINT, CONTACTS, respondents, _("Letters"))
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="letters.pdf"'
    response["Cache-Control"] = "no-store"
    return response
