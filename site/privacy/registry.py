"""What other rooms tell this one: who listens to consents, what data sets are called."""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

# Called with the subject, the version of the text (a ConsentVersion), and whether they agreed.
ConsentListener = Callable[[uuid.UUID, Any, bool], object]

consent_listeners: list[ConsentListener] = []
_labels: dict[str, object] = {}


@dataclass(frozen=True)
class OtherCiphertexts:
    """Ciphertexts that stand in no encrypted column: inside JSON, say.

    ``read`` gives each with a handle; ``replace(handle, old, new)`` writes the new one if the old
    one still stands there.
    """

    purpose: str
    read: Callable[[], Iterable[tuple[Any, str]]]
    replace: Callable[[Any, str, str], object]


other_ciphertexts: list[OtherCiphertexts] = []


def register_ciphertexts(ciphertexts: OtherCiphertexts) -> None:
    """Have these rotated and asked for their keys like encrypted columns."""
    other_ciphertexts.append(ciphertexts)


def listen_to_consents(listener: ConsentListener) -> None:
    """Call ``listener`` in the transaction in which a person gives or takes back one consent."""
    consent_listeners.append(listener)


def name_data_set(name: str, label: object) -> None:
    """Have the access log call a data set by its label."""
    _labels[name] = label


def data_set_label(name: str) -> str:
    """In words, or as it was written down by a room that is gone."""
    return str(_labels.get(name, name))
