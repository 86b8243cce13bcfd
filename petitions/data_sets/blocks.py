"""Addresses whose owner said "I did not sign this"."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from home.dates import korean_moment
from privacy.blind_index import address_index
from rights.registry import Basis, DataSet, Fact, Holding, NotTheirsError

from .. import services
from ..exceptions import NotBlockedError
from ..models import BlockedAddress
from ..services.correct import OWNER


def find(address: str) -> list[Holding]:
    blocks = BlockedAddress.objects.filter(email_index=address_index(address))
    return [
        Holding(
            key=str(block.pk),
            title=_("This address can't be used to sign"),
            since=block.blocked_at,
            facts=[
                Fact("blocked_at", pgettext("address", "Blocked"), korean_moment(block.blocked_at)),
                Fact(
                    "email_index",
                    pgettext("address", "Kept as"),
                    _("a fingerprint of the address, from which it can't be read"),
                ),
            ],
            kept_until=_("until you lift the block"),
        )
        for block in blocks
    ]


def lift(address: str, key: str) -> None:
    index = address_index(address)
    if not BlockedAddress.objects.filter(email_index=index, pk=key).exists():
        raise NotTheirsError
    try:
        services.lift_block(index, actor=OWNER, reason=_("At the word of the address's owner"))
    except NotBlockedError as error:
        raise NotTheirsError from error


BLOCKED_ADDRESSES = DataSet(
    name="petitions.blocked_addresses",
    label=gettext_lazy("Addresses that can't be used to sign"),
    purpose=gettext_lazy("Nobody signs in the name of somebody who does not want it"),
    items=gettext_lazy("A fingerprint of the e-mail address (not the address)"),
    basis=Basis.LEGITIMATE_INTEREST,
    people=gettext_lazy("People who told us that they had not signed"),
    source=gettext_lazy("The link “I did not sign this” in a mail"),
    find=find,
    erase=lift,
)
