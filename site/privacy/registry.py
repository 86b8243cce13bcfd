"""What other rooms tell this one: who listens when a person chooses anew."""

import uuid
from collections.abc import Callable
from typing import Any

# Called with the subject, the version of the text (a ConsentVersion), and whether they agreed.
ConsentListener = Callable[[uuid.UUID, Any, bool], object]

consent_listeners: list[ConsentListener] = []


def listen_to_consents(listener: ConsentListener) -> None:
    """Call ``listener`` in the transaction in which a person gives or takes back one consent."""
    consent_listeners.append(listener)
