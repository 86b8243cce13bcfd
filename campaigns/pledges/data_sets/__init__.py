"""What is kept about those who are asked, for /my/, retention and the privacy policy."""

from .answers import AGREEMENTS, ANSWERS, DELEGATIONS
from .contacts import CONTACTS
from .traces import CHECKS, OUTREACH

ALL = (CONTACTS, OUTREACH, DELEGATIONS, CHECKS, ANSWERS, AGREEMENTS)

__all__ = ["AGREEMENTS", "ALL", "ANSWERS", "CHECKS", "CONTACTS", "DELEGATIONS", "OUTREACH"]
