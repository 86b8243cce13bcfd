"""Parameters of a call, held against the types that the installed stripe-python ships."""

import re
from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any

KEY = re.compile(r"\[([^\]]*)\]")
NESTED = re.compile(r"[A-Z]\w+Params\w+")
INTEGER = re.compile(r"NotRequired\[int\]")
LITERALS = re.compile(r"Literal\[([^\]]*)\]")
TYPES = {
    "checkout.sessions.create": (
        "stripe.params.checkout._session_create_params",
        "SessionCreateParams",
    ),
    "checkout.sessions.retrieve": (
        "stripe.params.checkout._session_retrieve_params",
        "SessionRetrieveParams",
    ),
    "checkout.sessions.expire": (
        "stripe.params.checkout._session_expire_params",
        "SessionExpireParams",
    ),
    "payment_intents.retrieve": (
        "stripe.params._payment_intent_retrieve_params",
        "PaymentIntentRetrieveParams",
    ),
    "refunds.create": ("stripe.params._refund_create_params", "RefundCreateParams"),
    "refunds.retrieve": ("stripe.params._refund_retrieve_params", "RefundRetrieveParams"),
    "disputes.retrieve": ("stripe.params._dispute_retrieve_params", "DisputeRetrieveParams"),
    "events.list": ("stripe.params._event_list_params", "EventListParams"),
    "refunds.list": ("stripe.params._refund_list_params", "RefundListParams"),
    "balance_transactions.list": (
        "stripe.params._balance_transaction_list_params",
        "BalanceTransactionListParams",
    ),
    "balance.retrieve": ("stripe.params._balance_retrieve_params", "BalanceRetrieveParams"),
}


class UnknownParameterError(Exception):
    """A parameter, or a value, that this version of Stripe's interface does not know."""


def decode(pairs: list[tuple[str, str]]) -> dict[str, Any]:
    """``a[b][0][c]=1`` as nested dictionaries and lists; every leaf is text."""
    tree: dict[str, Any] = {}
    for name, value in pairs:
        head, _, rest = name.partition("[")
        keys = [head, *KEY.findall(f"[{rest}" if rest else "")]
        place = tree
        for key in keys[:-1]:
            place = place.setdefault(key, {})
        place[keys[-1]] = value
    return {key: _lists(value) for key, value in tree.items()}


def _lists(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if value and all(key.isdigit() for key in value):
        return [_lists(value[key]) for key in sorted(value, key=int)]
    return {key: _lists(one) for key, one in value.items()}


def check(call: str, params: Mapping[str, Any]) -> None:
    """Raises UnknownParameterError with the path of what is not known."""
    module_name, class_name = TYPES[call]
    module = import_module(module_name)
    for fault in _faults(module, class_name, params, ""):
        raise UnknownParameterError(fault)


def _faults(module: Any, class_name: str, params: Mapping[str, Any], path: str) -> Iterator[str]:
    known = getattr(module, class_name).__annotations__
    for name, value in params.items():
        here = f"{path}[{name}]" if path else name
        if name not in known:
            yield f"Received unknown parameter: {here}"
            continue
        written = str(known[name])
        if "Dict[str, str]" in written or not isinstance(value, dict | list):
            yield from _wrong_value(written, value, here)
            continue
        yield from _inside(module, written, value, here)


def _inside(module: Any, written: str, value: Any, here: str) -> Iterator[str]:
    nested = NESTED.search(written)
    for place, one in _items(value):
        where = f"{here}[{place}]" if place != "" else here
        if nested and isinstance(one, dict):
            yield from _faults(module, nested[0], one, where)
        elif isinstance(one, dict):
            yield f"Invalid object: {where}"
        else:
            yield from _wrong_value(written, one, where)


def _items(value: Any) -> list[tuple[Any, Any]]:
    return list(enumerate(value)) if isinstance(value, list) else [("", value)]


def _wrong_value(written: str, value: Any, here: str) -> Iterator[str]:
    """Where the types list the values, one that is not among them."""
    literal = LITERALS.search(written)
    if literal and isinstance(value, str):
        known = re.findall(r"'([^']*)'", literal[1])
        if value not in known:
            yield f"Invalid {here}: must be one of {', '.join(known[:5])} …"
    elif INTEGER.search(written) and not str(value).lstrip("-").isdigit():
        yield f"Invalid integer: {here}"
