"""What the law on elections wants today, on the first screen of the admin."""

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component

from accounts.services import holds_somewhere
from desk.panels import TodoItem

from .models import (
    Approval,
    CommissionInquiry,
    ContactPoint,
    Delegation,
    DemandSetVersion,
    PaperAgreement,
    PledgeAgreement,
    SealJob,
    Takedown,
    VoidProposal,
)
from .policies import rows_for
from .presenters.guards import warnings
from .services.key_care import first_end


class ElectionLawPanel(Component):
    """The banner of the 120 days, for everybody who writes here; empty outside of them."""

    name = "election_law"
    template_name = "pledges/admin/law_panel.html"
    order = 5

    def get_context_data(self, parent_context):
        user = parent_context["request"].user
        sees_law = user.has_perm("pledges.view_commissioninquiry")
        return {"warnings": warnings(), "sees_law": sees_law}


def law_items(user) -> list[TodoItem]:
    """Approvals to decide, authors to tell, objections to answer, answers to enter."""
    lists = (
        (
            "pledges.decide_approval",
            Approval.objects.filter(state=Approval.State.WAITING),
            _("Election law: approvals to decide"),
        ),
        (
            "pledges.change_takedown",
            Takedown.objects.filter(told_at=None),
            _("Taken down: authors to be told"),
        ),
        (
            "pledges.change_takedown",
            Takedown.objects.filter(outcome=Takedown.Outcome.OBJECTED),
            _("Taken down: objections to decide"),
        ),
        (
            "pledges.change_commissioninquiry",
            CommissionInquiry.objects.filter(state=CommissionInquiry.State.SENT),
            _("Election commission: answers to come"),
        ),
    )
    found = []
    for right, rows, label in lists:
        if user.has_perm(right) and (keys := list(rows.values_list("election", flat=True))):
            found.append(TodoItem(label, reverse("pledges_law_of", args=[keys[0]]), len(keys)))
    return found


def demand_items(user) -> list[TodoItem]:
    """Demands that were resolved, in the regions too, and wait for who publishes them."""
    if not holds_somewhere(user, "pledges.publish_demandsetversion"):
        return []
    rows = rows_for(user, DemandSetVersion, "publish").filter(state=DemandSetVersion.State.APPROVED)
    keys = list(rows.values_list("demand_set", flat=True))
    if not keys:
        return []
    one = len(keys) == 1
    url = reverse("pledges_demands", args=keys) if one else reverse("demand-sets:index")
    return [TodoItem(_("Policy demands to publish"), url, len(keys))]


def agreement_items(user) -> list[TodoItem]:
    """What waits for the coalition's signature, or for a second person's look."""
    others = {
        "pledges.countersign_pledgeagreement": (
            (
                _("Pledge agreements to countersign"),
                "pledges_countersign",
                PledgeAgreement.objects.filter(state=PledgeAgreement.State.SIGNED),
            ),
        ),
        "pledges.change_pledgeagreement": (
            (
                _("Paper agreements to compare"),
                "pledges_papers",
                PaperAgreement.objects.filter(state=PaperAgreement.State.WAITING).exclude(
                    entered_by=user
                ),
            ),
            (
                _("Agreements that somebody wants declared void"),
                "agreements:index",
                VoidProposal.objects.filter(decided_at=None).exclude(asked_by=user),
            ),
        ),
        "pledges.change_delegation": (
            (
                _("Powers of attorney to check"),
                "delegations:index",
                Delegation.objects.filter(proof="document", second_check_by=None)
                .exclude(document_sha256="")
                .exclude(first_check_by=user),
            ),
        ),
    }
    found = [line for right, lines in others.items() if user.has_perm(right) for line in lines]
    return [
        TodoItem(label, reverse(screen), count)
        for label, screen, rows in found
        if (count := rows.count())
    ]


def contact_items(user) -> list[TodoItem]:
    """Contacts that camps entered themselves: somebody has to call back."""
    if not holds_somewhere(user, "pledges.change_contactpoint"):
        return []
    rows = rows_for(user, ContactPoint, "change").filter(state=ContactPoint.State.WAITING)
    rows = rows.exclude(proposed_by=user)
    keys = list(rows.order_by("entered_at").values_list("respondent__public_id", flat=True))
    if not keys:
        return []
    url = reverse("pledges_respondent", args=keys[:1])
    return [TodoItem(_("Contacts of camps: call back"), url, len(keys))]


def seal_items(user) -> list[TodoItem]:
    """Certificates that end and were not renewed, files that could not be sealed."""
    if not user.is_superuser:
        return []
    found = []
    if (end := first_end()) is not None:
        label = _("Seal of the pledge agreements: renew its certificates on the server")
        found.append(TodoItem(label, reverse("pledges:explain-seal") + "#root", due_at=end))
    if count := SealJob.objects.filter(state=SealJob.State.FAILED).count():
        label = _("Pledge agreements that could not be sealed")
        found.append(TodoItem(label, reverse("agreements:index"), count))
    return found
