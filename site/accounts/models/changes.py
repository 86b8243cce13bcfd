from django.db import models
from django.utils.translation import gettext_lazy as _

from evidence.models import Event

RIGHTS_SUBJECT = "permissions"


class RightsChangeManager(models.Manager):
    def get_queryset(self):
        return super().get_queryset().filter(subject_type=RIGHTS_SUBJECT)


class RightsChange(Event):
    """A change of who may do what, on the chain of the account or role that it is about."""

    objects = RightsChangeManager()

    class Meta:
        proxy = True
        verbose_name = _("change of rights")
        verbose_name_plural = _("changes of rights")
        default_permissions = ("view",)
        permissions = [("review_rights", _("Can sign off who has which role"))]
