"""Letters to the participants of one forum: written, looked at, tried, sent; and what became of it.

No name of a participant stands on these screens, so nothing is written into the access log.
"""

from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from .. import services
from ..exceptions import LetterSentError, NobodyToWriteToError
from ..forms import LetterForm
from ..models import ForumSession, Letter
from ..policies import forum_for, is_within_reach
from ..presenters import office_of

VIEW, ADD = "forums.view_letter", "forums.add_letter"


def _letter(request, pk, key, right=ADD):
    forum_for(request.user, pk, right)
    letters = Letter.objects.select_related("forum", "session", "written_by", "sent_by")
    return get_object_or_404(letters, pk=key, forum_id=pk)


def list_letters(request, pk):
    forum = forum_for(request.user, pk, VIEW)
    letters = Letter.objects.filter(forum=forum).select_related("session", "written_by", "sent_by")
    context = {
        "drafts": letters.filter(sent_at=None).order_by("-changed_at"),
        "sent": letters.sent().order_by("-sent_at"),
        **_around(request, forum),
    }
    return TemplateResponse(request, "forums/admin/letters.html", context)


def write(request, pk, key=None):
    """A new letter, or a draft once more."""
    forum = forum_for(request.user, pk, ADD)
    letter = _letter(request, pk, key) if key else None
    form = LetterForm(
        request.POST or None,
        sizes=services.audience_sizes(forum),
        sessions=ForumSession.objects.filter(forum=forum).order_by("starts_at"),
        letter=letter,
    )
    if request.method == "POST" and form.is_valid():
        return _keep(request, forum, letter, form.cleaned_data)
    context = {"letter": letter, "form": form, **_around(request, forum)}
    status = 422 if form.is_bound else 200
    return TemplateResponse(request, "forums/admin/letter_form.html", context, status=status)


def _keep(request, forum, letter, said):
    words = services.Words(said["audience"], said["session"], said["subject"], said["body"])
    if letter is None:
        key, user = said["form_key"], request.user
        letter = services.write_letter(forum, words, form_key=key, user=user)
    else:
        try:
            services.change_letter(letter, words, user=request.user)
        except LetterSentError:
            messages.error(request, _went_out())
    return redirect("forum_letter", forum.pk, letter.pk)


def show_letter(request, pk, key):
    """Before it is sent what it will look like; afterwards what became of it."""
    letter = _letter(request, pk, key, VIEW)
    context = {
        "letter": letter,
        "number": letter.recipient_count or len(services.recipients_of(letter)),
        "progress": services.progress_of(letter) if letter.sent_at else None,
        **_around(request, letter.forum),
    }
    return TemplateResponse(request, "forums/admin/letter.html", context)


@require_POST
def try_letter(request, pk, key):
    services.try_letter(_letter(request, pk, key), user=request.user)
    told = _("A test mail goes to %(address)s within a minute.")
    messages.success(request, told % {"address": request.user.email})
    return redirect("forum_letter", pk, key)


@require_POST
def send_letter(request, pk, key):
    letter = _letter(request, pk, key)
    try:
        letter = services.send_letter(letter, user=request.user)
    except NobodyToWriteToError:
        told = _("Nothing was sent: nobody of this group has an address that takes mail.")
        messages.error(request, told)
    else:
        told = ngettext(
            "%(count)d mail goes out.", "%(count)d mails go out.", letter.recipient_count
        )
        messages.success(request, told % {"count": letter.recipient_count})
    return redirect("forum_letter", pk, key)


@require_POST
def drop_letter(request, pk, key):
    try:
        services.drop_letter(_letter(request, pk, key))
    except LetterSentError:
        messages.error(request, _went_out())
        return redirect("forum_letter", pk, key)
    messages.success(request, _("The draft is gone."))
    return redirect("forum_letters", pk)


def _around(request, forum):
    return {
        "page": forum,
        "offers": office_of(request.user, forum),
        "can_add": is_within_reach(request.user, ADD, forum),
    }


def _went_out():
    return _("Nothing changed: this letter went out already.")
