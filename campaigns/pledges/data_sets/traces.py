"""What the office notes while it seeks and checks those who are asked."""

from django.utils.translation import gettext_lazy as _

from rights.registry import Basis, DataSet

from ..services import rules
from .contacts import PEOPLE

OUTREACH = DataSet(
    name=rules.OUTREACH,
    label=_("Attempts to reach candidates"),
    purpose=_("To show that all were sought with equal care"),
    items=_("Way, moment, result, note"),
    basis=Basis.LEGITIMATE_INTEREST,
    people=PEOPLE,
    source=_("The office"),
)
CHECKS = DataSet(
    name=rules.CHECKS,
    label=_("Codes by which candidates prove who they are"),
    purpose=_("To make sure that nobody answers or signs in another's name"),
    items=_("Digest of the code, digest of the browser's secret, moment, tries"),
    basis=Basis.LEGITIMATE_INTEREST,
    people=PEOPLE,
    source=_("The pages behind an invitation's link"),
)
