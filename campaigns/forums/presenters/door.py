"""What stands on the phone at the door."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from .. import services
from ..models import Door, Order, Ticket
from .fees import won
from .incidents import IncidentLine, incident_lines

Answer = services.Answer

TITLES = {
    Answer.WELCOME: gettext_lazy("Welcome"),
    Answer.ALREADY: gettext_lazy("Has come in already"),
    Answer.UNKNOWN: gettext_lazy("No ticket has this code"),
    Answer.OTHER_FORUM: gettext_lazy("This ticket is for another forum"),
    Answer.CANCELLED: gettext_lazy("This registration is cancelled"),
    Answer.UNPAID: gettext_lazy("Not paid yet"),
    Answer.OTHER_SESSION: gettext_lazy("Not registered for this session"),
}
TEXTS = {
    Answer.UNKNOWN: gettext_lazy("Please type it once more, or look for the name."),
    Answer.OTHER_FORUM: gettext_lazy("Please look for the name: perhaps there is another ticket."),
    Answer.CANCELLED: gettext_lazy("Please send them to the office's desk."),
    Answer.UNPAID: gettext_lazy("Please send them to the office's desk to pay."),
    Answer.OTHER_SESSION: gettext_lazy("Choose the session above if it is another one."),
}
# The phone says these by itself, of the list that it keeps.
OFFLINE_LOOKS = {
    **dict.fromkeys((Answer.UNKNOWN, Answer.CANCELLED, Answer.OTHER_SESSION), "danger"),
    **{Answer.WELCOME: "success", Answer.ALREADY: "info", Answer.UNPAID: "danger"},
}
OFFLINE_TEXTS = {
    **TEXTS,
    Answer.WELCOME: gettext_lazy("Saved on this phone. It is sent when there is a network again."),
    Answer.ALREADY: gettext_lazy(
        "Came in at {moment}: {gate}. Please do not let in a second person."
    ),
    Answer.UNKNOWN: gettext_lazy(
        "It is not on the list as of {asOf}. Please type it once more, or look for the name."
    ),
}
WALK_IN_TITLES = {
    Answer.WELCOME: gettext_lazy("Registered and let in"),
    Answer.OTHER_SESSION: gettext_lazy("Registered, for another session"),
}
WALK_IN_TEXTS = {
    Answer.OTHER_SESSION: gettext_lazy("They are not in yet. Later, look for the name here."),
}


class DoorPresenter:
    """``chosen`` is the id of the session as it was sent; ``scan`` or ``found`` the answer."""

    def __init__(
        self,
        door: Door,
        chosen: str,
        now: datetime,
        *,
        scan: services.Scan | None = None,
        found: Sequence[Ticket] | None = None,
        query: str = "",
        problem: str = "",
        is_walk_in: bool = False,
        is_shell: bool = False,
    ) -> None:
        self.door, self.scan, self.found, self.query = door, scan, found, query
        self.problem = problem
        self.titles = {**TITLES, **WALK_IN_TITLES} if is_walk_in else TITLES
        self.texts = {**TEXTS, **WALK_IN_TEXTS} if is_walk_in else TEXTS
        self.is_walk_in, self.is_shell = is_walk_in, is_shell
        self.sessions = services.sessions_with_counts(door.forum)
        named = [session for session in self.sessions if str(session.pk) == chosen]
        self.session = named[0] if named else services.session_now(self.sessions, now)

    @property
    def incidents(self) -> list[IncidentLine]:
        """None on the page that the phone keeps: it names nobody, not even masked."""
        return [] if self.is_shell else incident_lines(services.incidents_of(self.door.forum))

    @property
    def offline_words(self) -> str:
        """What the phone says by itself: the same on every page, so it is made once."""
        return _offline_words()

    @property
    def kind(self) -> str:
        """How the answer looks."""
        if self.scan is None:
            return ""
        looks = {Answer.WELCOME: "success", Answer.ALREADY: "info"}
        if self.is_walk_in:
            looks[Answer.OTHER_SESSION] = "info"
        return looks.get(self.scan.answer, "danger")

    @property
    def title(self) -> str:
        return str(self.titles[self.scan.answer]) if self.scan else ""

    @property
    def text(self) -> str:
        if self.scan is None:
            return ""
        if self.scan.at and self.scan.answer == Answer.ALREADY:
            moment = date_format(timezone.localtime(self.scan.at), "H:i")
            return _("Came in at %(moment)s. Please do not let in a second person.") % {
                "moment": moment
            }
        return str(self.texts.get(self.scan.answer, ""))

    @property
    def person(self) -> Ticket | None:
        """Of another forum nobody is shown."""
        if self.scan is None or self.scan.answer == Answer.OTHER_FORUM:
            return None
        return self.scan.ticket

    @property
    def parts(self) -> str:
        assert self.scan is not None
        return ", ".join(seat.session.part or seat.session.title for seat in self.scan.seats)

    @property
    def meals(self) -> str:
        """Empty where no meal is served."""
        assert self.scan is not None
        if not any(seat.session.meal for seat in self.scan.seats):
            return ""
        return ", ".join(self.scan.meals) or _("does not eat")

    @property
    def paid(self) -> str:
        if self.person is None:
            return ""
        order = self.person.order
        if self.is_walk_in and order.amount_krw:
            return _("%(amount)s taken here") % {"amount": won(order.amount_krw)}
        return paid_or_not(order)

    @property
    def people(self) -> list[tuple[Ticket, str]]:
        """Those who were found, each with the state of the money."""
        return [(ticket, paid_or_not(ticket.order)) for ticket in self.found or ()]


@cache
def _offline_words() -> str:
    answers = [
        (str(answer), look, str(TITLES[answer]), str(OFFLINE_TEXTS.get(answer, "")))
        for answer, look in OFFLINE_LOOKS.items()
    ]
    return render_to_string("forums/_door_words.html", {"offline_answers": answers})


def paid_or_not(order: Order) -> str:
    if not order.amount_krw:
        return _("nothing to pay")
    if order.status == Order.Status.CONFIRMED:
        return pgettext("door", "paid")
    return _("not paid: %(amount)s") % {"amount": won(order.amount_krw)}
