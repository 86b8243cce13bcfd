"""Who comes to a forum and who waits, for the office: as files of the one export job."""

from .participants import PARTICIPANTS, ParticipantChoice
from .waiting import WAITING_LIST, WaitingChoice

SOURCES = (PARTICIPANTS, WAITING_LIST)

__all__ = ["PARTICIPANTS", "SOURCES", "WAITING_LIST", "ParticipantChoice", "WaitingChoice"]
