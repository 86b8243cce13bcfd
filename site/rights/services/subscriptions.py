"""Who gets news: what is held on an address, and how its owner ends it."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from messaging.models import NewsChoice, Subscriber
from messaging.services import stop_news, unsubscribe
from privacy.addresses import canonical_email
from privacy.blind_index import blind_index

from ..registry import Basis, DataSet, Fact, Holding, NotTheirsError, Withdrawal


def find(address: str) -> list[Holding]:
    """The subscription of an address, with the results of its choices that were mailed lately."""
    index = _index(address)
    row = Subscriber.objects.filter(email_index=index).first()
    return [_holding(row, index)] if row else []


def _holding(row: Subscriber, index: bytes) -> Holding:
    results = NewsChoice.objects.filter(email_index=index).values_list("pk", flat=True)
    return Holding(
        key=str(row.pk),
        title=_("News by e-mail"),
        since=row.agreed_at,
        facts=[Fact("email", _("E-mail"), row.email)],
        kept_until=_("until you stop it"),
        mail_keys=(str(row.pk), *map(str, results)),
        withdrawal=Withdrawal(_("Stop news"), (_("We send no more news to this address."),)),
    )


def withdraw(address: str, key: str) -> None:
    """Stop news for good; the result is mailed."""
    stop_news(_own(address, key))


def erase(address: str, key: str) -> None:
    """Forget the subscription and remember no refusal either; the result is mailed."""
    unsubscribe(_own(address, key))


def _own(address: str, key: str) -> bytes:
    index = _index(address)
    mine = Subscriber.objects.filter(email_index=index).values_list("pk", flat=True)
    if key not in map(str, mine):
        raise NotTheirsError
    return index


def _index(address: str) -> bytes:
    return blind_index("email", canonical_email(address))


NEWS = DataSet(
    name="news",
    label=gettext_lazy("News by e-mail"),
    purpose=gettext_lazy("Sending news of campaigns and events to those who agreed"),
    items=gettext_lazy("E-mail address, day of the consent; for 30 days the result of a choice"),
    basis=Basis.CONSENT,
    people=gettext_lazy("Subscribers"),
    source=gettext_lazy("The consent to news on a form"),
    find=find,
    withdraw=withdraw,
    erase=erase,
)
