"""What other rooms tell this one: their mails, who sends them, who listens to an unsubscription."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from django.conf import settings

from .exceptions import UnknownPurposeError


@dataclass(frozen=True)
class Attachment:
    name: str
    content: bytes
    mimetype: str


@dataclass(frozen=True)
class Email:
    """One mail, ready but for the headers that are the same for all."""

    to: str
    subject: str
    text: str
    html: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    attachments: Sequence[Attachment] = ()


@dataclass(frozen=True)
class Sender:
    """Who signs every mail and letter: the organisation's name and office.

    ``officer`` is the privacy officer, with the ways to reach them.
    """

    name: str
    address: str = ""
    phone: str = ""
    email: str = ""
    officer: str = ""


# Called with the blind index of an address; says the address where the room holds it.
AddressFinder = Callable[[bytes], str | None]
Builder = Callable[[str], Email | None]
# Called with the blind index of the address, and whether it wants news from now on.
NewsListener = Callable[[bytes, bool], object]


@dataclass(frozen=True)
class Purpose:
    """A kind of mail. ``build`` returns None when there is nothing to tell any more."""

    name: str
    build: Builder
    bulk: bool
    label: object


purposes: dict[str, Purpose] = {}
news_listeners: list[NewsListener] = []
address_finders: list[AddressFinder] = []
_sender: list[Callable[[], Sender]] = []


def register(purpose: str, builder: Builder, bulk: bool = False, label: object = "") -> None:
    """Have ``builder`` make the mails of ``purpose``; ``label`` names it in the staff's list."""
    purposes[purpose] = Purpose(purpose, builder, bulk, label or purpose)


def purpose_named(name: str) -> Purpose:
    """The registered purpose. Raises UnknownPurposeError."""
    try:
        return purposes[name]
    except KeyError as error:
        raise UnknownPurposeError(name) from error


def set_sender(provider: Callable[[], Sender]) -> None:
    """Have ``provider`` say who sends; asked anew for each mail."""
    _sender[:] = [provider]


def current_sender() -> Sender:
    """Who sends mail at this moment; the site's own name until an organisation is entered."""
    sender = _sender[0]() if _sender else Sender(name="")
    return sender if sender.name else Sender(settings.WAGTAIL_SITE_NAME, email=sender.email)


def listen_to_news_choices(listener: NewsListener) -> None:
    """Call ``listener`` in the transaction in which an address stops or resumes news."""
    news_listeners.append(listener)


def find_addresses(finder: AddressFinder) -> None:
    """Have ``finder`` asked for the address behind a blind index."""
    address_finders.append(finder)


def known_address(email_index: bytes) -> str | None:
    """The address behind a blind index, if some room holds it."""
    found = (finder(email_index) for finder in address_finders)
    return next((address for address in found if address), None)
