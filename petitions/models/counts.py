from django.db import models
from django.db.models import Q

from .pages import PetitionPage
from .signatures import Signature


class CountDelta(models.Model):
    """A change of a petition's count that has not been folded into its tally yet."""

    petition = models.ForeignKey(
        PetitionPage, on_delete=models.CASCADE, related_name="count_deltas"
    )
    signature = models.ForeignKey(Signature, on_delete=models.CASCADE, related_name="+")
    change = models.SmallIntegerField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(change__in=(-1, 1)), name="petitions_delta_is_one_step"
            )
        ]


class Tally(models.Model):
    """The folded count of a petition. Only the folding job writes it."""

    petition = models.OneToOneField(
        PetitionPage, primary_key=True, on_delete=models.CASCADE, related_name="tally"
    )
    online = models.PositiveIntegerField(default=0)
    paper = models.PositiveIntegerField(default=0)
    folded_at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    @property
    def confirmed(self):
        return self.online + self.paper
