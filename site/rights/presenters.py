"""What is held, as its owner reads it: on the page, in a file, in a file for programs."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from messaging.registry import current_sender, purposes
from privacy.models.consents import TEXT_FIELDS

from .registry import Fact, Step, data_set_named
from .services import Everything, Held, ShownConsent

DONE = {
    "corrected": gettext_lazy("We have put it right."),
    "unchanged": gettext_lazy("Nothing was different, so nothing has changed."),
    "undone": gettext_lazy("It is as it was before."),
    "no-undo": gettext_lazy("There is nothing to undo any more."),
    "consent-given": gettext_lazy("You agree now. You can take it back at any time."),
    "consent-withdrawn": gettext_lazy("You do not agree any more. It holds from now on."),
    "withdrawn": gettext_lazy("It is withdrawn, and the personal data is destroyed."),
    "erased": gettext_lazy("It is erased."),
    "erased-all": gettext_lazy("All that was held here is erased."),
    "erased-kept": gettext_lazy(
        "What no law wants kept is erased. The rest goes by itself when its time is up."
    ),
    "erased-but": gettext_lazy(
        "What nothing needs any more is erased. About the rest we answer within ten days."
    ),
    "news-stopped": gettext_lazy("You get no more news."),
    "news-resumed": gettext_lazy("You get our news again."),
    "move-asked": gettext_lazy(
        "We sent a mail to the new address. The address changes when you press its button."
    ),
    "move-limit": gettext_lazy("You can ask for another address five times a day."),
    "moved": gettext_lazy("Your address is changed."),
    "lodged": gettext_lazy(
        "We have your request. Its number comes by mail, and an answer within ten days."
    ),
}

OFFICE = pgettext_lazy("role", "Office")
ADMINISTRATOR = pgettext_lazy("role", "Administrator")


@dataclass(frozen=True)
class ShownAccess:
    """Who looked: a role, never a person."""

    role: str
    action: str
    what: str
    at: datetime


@dataclass(frozen=True)
class ShownMail:
    what: str
    state: str
    at: datetime


def shown_accesses(everything: Everything) -> list[ShownAccess]:
    return [
        ShownAccess(
            _role(entry.user), entry.get_action_display(), _what(entry.data_set), entry.accessed_at
        )
        for entry in everything.accesses
    ]


def _role(user) -> str:
    if user.is_superuser:
        return str(ADMINISTRATOR)
    return ", ".join(group.name for group in user.groups.all()) or str(OFFICE)


def _what(name: str) -> str:
    try:
        return str(data_set_named(name).label)
    except KeyError:
        return name


def shown_mails(everything: Everything) -> list[ShownMail]:
    return [
        ShownMail(_mail_label(mail.purpose), mail.get_state_display(), mail.sent_at)
        for mail in everything.mails
    ]


def _mail_label(name: str) -> str:
    return str(purposes[name].label) if name in purposes else name


def as_document(everything: Everything) -> dict[str, Any]:
    """All of it as plain values: both files are written from this, so they say the same."""
    return {
        "site": current_sender().name,
        "address": everything.address,
        "as_of": timezone.localtime(everything.as_of),
        "rows": [_row(held) for held in everything.held],
        "mails": [vars(mail) for mail in shown_mails(everything)],
        "stopped_mail": [
            {
                "what": stop.get_scope_display(),
                "reason": stop.get_reason_display(),
                "since": stop.created_at,
                "until": stop.expires_at,
            }
            for stop in everything.stops
        ],
        "seen_by_staff": [vars(access) for access in shown_accesses(everything)],
    }


def _row(held: Held) -> dict[str, Any]:
    data_set, holding = held.data_set, held.holding
    return {
        "data_set": data_set.name,
        "label": str(data_set.label),
        "purpose": str(data_set.purpose),
        "items": str(data_set.items),
        "basis": str(data_set.basis.label),
        "source": str(data_set.source),
        "key": holding.key,
        "title": holding.title,
        "url": holding.url,
        "since": holding.since,
        "kept_until": holding.kept_until,
        "kept_by_law": _law(held),
        "facts": _facts(holding.facts),
        "consents": [_consent(consent) for consent in held.consents],
        "steps": _steps(holding.steps),
    }


def _law(held: Held) -> dict[str, object] | None:
    law = held.law
    if law is None:
        return None
    return {
        "law": str(law.law),
        "records": str(law.records),
        "period": law.period,
        "until": held.law_until,
        "kept_apart": held.holding.is_apart,
    }


def _facts(facts: Sequence[Fact]) -> list[Mapping[str, str]]:
    return [{"name": fact.name, "label": str(fact.label), "value": fact.value} for fact in facts]


def _steps(steps: Sequence[Step]) -> list[Mapping[str, object]]:
    return [
        {"what": step.what, "who": step.who, "reason": step.reason, "at": step.at} for step in steps
    ]


def _consent(consent: ShownConsent) -> dict[str, object]:
    record = consent.record
    return {
        "name": record.slug,
        "title": consent.text.title,
        "text": {name: getattr(consent.text, name) for name in TEXT_FIELDS},
        "is_exact_text": consent.is_exact,
        "text_sha256": record.text_hash,
        "version": record.version.number,
        "choice": _("Agreed") if record.choice else _("Not agreed"),
        "given_at": record.given_at,
        "channel": record.get_channel_display(),
        "withdrawn_at": record.withdrawn_at,
    }


def as_json(document: Mapping[str, Any]) -> str:
    """The document for programs; times as ISO 8601 with their zone."""
    return json.dumps(document, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
