"""The code that opens an organisation's part, sent to whoever reads its mails."""

from django.utils.translation import gettext as _

from home.dates import korean_deadline
from messaging.emails import render_email
from messaging.registry import Email

from ..models import ForumSession, Invitation

INVITATION_SENT = "forums.invitation_sent"


def send_invitation(subject: str) -> Email | None:
    """``subject`` is the invitation's key. Nothing once it is revoked or has no address."""
    invitation = (
        Invitation.objects.select_related("forum", "organisation")
        .filter(pk=int(subject), revoked_at=None)
        .first()
    )
    if invitation is None or not invitation.email:
        return None
    forum = invitation.forum
    sessions = ForumSession.objects.filter(forum=forum).order_by("starts_at")
    closes = forum.registration_closes_at
    return render_email(
        "forums/emails/invitation_sent",
        to=invitation.email,
        context={
            "forum": forum,
            "whom": str(invitation),
            "code": invitation.code,
            "seats": invitation.seats,
            "sessions": [session for session in sessions if session.is_opened_by(invitation)],
            "closes": korean_deadline(closes) if closes else "",
            "apply_url": f"{forum.public_url}apply/",
        },
        reason=_("You get this mail because your organisation is invited to this meeting."),
    )
