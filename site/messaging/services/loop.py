import logging

from schedule.registry import stopping

from ..exceptions import MailServerDownError
from .delivery import deliver_due

logger = logging.getLogger(__name__)

IDLE_SECONDS = 1.0
PAUSES = (1.0, 2.0, 5.0, 10.0, 20.0, 40.0, 60.0)


class DeliveryLoop:
    """The worker's mail loop: goes on while there is mail, waits while the server is down."""

    def __init__(self) -> None:
        self.failures = 0

    def step(self) -> float:
        """Send one batch; returns how many seconds to wait before the next."""
        try:
            done = deliver_due()
        except MailServerDownError as error:
            pause = PAUSES[min(self.failures, len(PAUSES) - 1)]
            self.failures += 1
            logger.warning("No mail server (%s); next try in %s s", error, pause)
            return pause
        self.failures = 0
        return 0.0 if done and not stopping.is_set() else IDLE_SECONDS
