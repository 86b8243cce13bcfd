"""Signatures, as their owners see and change them."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from home.dates import korean_moment
from privacy.blind_index import address_index
from privacy.models import ConsentDefinition, ConsentVersion
from rights.registry import (
    Basis,
    DataSet,
    Fact,
    Holding,
    MoveRefusedError,
    NotTheirsError,
    Step,
    Withdrawal,
)

from .. import services
from ..emails import attempt_subject
from ..exceptions import AddressBlockedError, AddressTakenError, SignatureGoneError
from ..forms import CorrectionForm
from ..models import Signature
from ..presenters import kept_until
from ..services.retention import Plan, read_plans
from .steps import steps_of
from .words import Words, words_of_page, words_when_signed


def find(address: str) -> list[Holding]:
    """The signatures under an address, newest first, in seven queries however many there are."""
    rows = list(_of(address).order_by("-created_at"))
    if not rows:
        return []
    steps, words = steps_of(rows), words_when_signed(rows)
    plans = read_plans({row.petition_id for row in rows})
    return [
        _holding(
            row,
            steps.get(str(row.public_id), []),
            words.get(row.revision_id),
            plans[row.petition_id],
        )
        for row in rows
    ]


def _of(address: str):
    rows = Signature.objects.select_related("petition", "region")
    return rows.filter(email_index=address_index(address), anonymised_at=None)


def _one(address: str, key: str) -> Signature:
    try:
        row = _of(address).filter(public_id=uuid.UUID(key)).first()
    except ValueError as error:
        raise NotTheirsError from error
    if row is None:
        raise NotTheirsError
    return row


def _holding(row: Signature, steps: list[Step], words: Words | None, plan: Plan) -> Holding:
    words_now = words_of_page(row.petition)
    index = bytes(row.email_index or b"")
    return Holding(
        key=str(row.public_id),
        title=row.petition.title,
        since=row.created_at,
        facts=_facts(row),
        kept_until=kept_until(row, plan),
        url=(row.petition.url or "") if row.petition.live else "",
        subject=row.public_id,
        words_then=words or words_now,
        words_now=words_now,
        mail_keys=(str(row.public_id), attempt_subject(row.petition_id, index)),
        access_keys=(str(row.public_id),),
        steps=steps,
        can_correct=True,
        withdrawal=Withdrawal(
            _("Withdraw my signature"),
            (
                _("Your signature leaves the count and the roll at once."),
                _("Your name, e-mail address and comment are destroyed and can't be restored."),
                _("It cannot be taken out of a roll that has been handed over."),
                _("You can sign again later with the same address."),
            ),
        ),
    )


def _facts(row: Signature) -> list[Fact]:
    """Everything the row says; a test compares it with the model's fields."""
    facts = [
        ("name", _("Name"), row.name),
        ("name_display", _("Showing your name"), row.get_name_display_display()),
        ("email", _("E-mail"), row.email),
        ("region", _("Where you live"), row.region.name),
        ("comment", _("Your word"), row.comment),
        (
            "comment_status",
            pgettext("a signer's word", "Published?"),
            row.get_comment_status_display(),
        ),
        ("status", _("Status"), row.get_status_display()),
        ("number", pgettext("signature", "Number"), row.number),
        ("reference", _("Reference"), row.reference),
        ("created_at", _("Signed on"), korean_moment(row.created_at)),
        ("confirmed_at", pgettext("moment", "Confirmed"), _moment(row.confirmed_at)),
        ("status_changed_at", _("Status changed on"), korean_moment(row.status_changed_at)),
        ("revision_id", _("Version of the petition's text"), row.revision_id),
        ("retention_months", _("Months kept after the hand-over, as told"), row.retention_months),
    ]
    return [Fact(name, label, "" if value is None else str(value)) for name, label, value in facts]


def _moment(value) -> str:
    return korean_moment(value) if value else ""


def correction_form(address: str, key: str, data: Mapping[str, str] | None) -> CorrectionForm:
    row = _one(address, key)
    state = services.state_of(row.petition)
    regions = dict(state.regions)
    regions.setdefault(row.region.code, row.region.name)
    initial = {
        "name": row.name,
        "region": row.region.code,
        "comment": row.comment or "",
        "name_display": row.name_display,
    }
    display = _display_consent(state)
    return CorrectionForm(
        data,
        initial=initial,
        regions=list(regions.items()),
        display=display and display[1],
    )


def _display_consent(state):
    """(version id, text) of the consent to show the name, if the petition asks for one."""
    kind = ConsentDefinition.Kind.DISPLAY
    return next((pair for pair in state.consents if pair[1].kind == kind), None)


def correct(address: str, key: str, values: Mapping[str, Any]) -> None:
    row = _one(address, key)
    state = services.state_of(row.petition)
    wanted = {
        "name": values["name"],
        "comment": values["comment"],
        "region_id": state.region_ids.get(values["region"], row.region_id),
        "name_display": values.get("name_display", row.name_display),
    }
    try:
        services.correct_signature(row.public_id, wanted, _asked_display(state))
    except SignatureGoneError as error:
        raise NotTheirsError from error


def _asked_display(state) -> services.DisplayConsent | None:
    found = _display_consent(state)
    if found is None:
        return None
    version = ConsentVersion.objects.select_related("definition").get(pk=found[0])
    return services.DisplayConsent(version, found[1].text_hash)


def withdraw(address: str, key: str) -> None:
    row = _one(address, key)
    services.withdraw_signature(row.public_id)
    services.fold_petition(row.petition_id)


def move(address: str, key: str, new_address: str) -> None:
    row = _one(address, key)
    try:
        services.move_signature(row.public_id, new_address)
    except SignatureGoneError as error:
        raise NotTheirsError from error
    except AddressBlockedError as error:
        raise MoveRefusedError(
            _("The owner of the new address said that it must not be used to sign.")
        ) from error
    except AddressTakenError as error:
        raise MoveRefusedError(_("The new address has signed this petition itself.")) from error


def members(after: str, limit: int) -> list[str]:
    rows = Signature.objects.filter(anonymised_at=None, pk__gt=int(after or 0)).order_by("pk")
    return [str(pk) for pk in rows.values_list("pk", flat=True)[:limit]]


def address_of(key: str) -> str | None:
    row = Signature.objects.filter(pk=int(key)).first()
    return row.email if row else None


SIGNATURES = DataSet(
    name="petitions.signatures",
    label=gettext_lazy("Signatures"),
    purpose=gettext_lazy("To take signatures, to count each person once, to make the roll"),
    items=gettext_lazy("Name, e-mail address, region, comment (if any), day of signing"),
    basis=Basis.CONSENT,
    people=gettext_lazy("Signers"),
    source=gettext_lazy("The form of a petition"),
    sensitive=True,
    find=find,
    correction_form=correction_form,
    correct=correct,
    withdraw=withdraw,
    erase=withdraw,
    move=move,
    members=members,
    address_of=address_of,
)
