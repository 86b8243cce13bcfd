import uuid
from datetime import date

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from privacy.fields import EncryptedTextField

from .mail import Suppression


class SubscriberQuerySet(models.QuerySet):
    def to_be_asked(self, until: date):
        """Those whose consent is to be confirmed by ``until`` and who can be reached."""
        stopped = Suppression.objects.in_force(timezone.now())
        unreachable = stopped.filter(email_index=OuterRef("email_index"))
        return self.filter(confirm_by__lte=until).exclude(Exists(unreachable))


class Subscriber(models.Model):
    """Who agreed to news, once per mailbox however many petitions asked.

    Kept until its owner refuses, as the consent says: longer than a signature.
    """

    email_index = models.BinaryField(max_length=32, unique=True)
    email = EncryptedTextField(_("e-mail"), max_length=254)
    subject = models.UUIDField(db_index=True)  # under which the consent is recorded
    agreed_at = models.DateTimeField(_("agreed"))
    # Every two years the fact of the consent is told again: decree to art. 50(8), 62-3.
    confirm_by = models.DateField(_("to be confirmed by"), db_index=True)
    asked_at = models.DateTimeField(_("asked last"), null=True)

    objects = SubscriberQuerySet.as_manager()

    class Meta:
        verbose_name = _("subscriber")
        verbose_name_plural = _("subscribers")
        default_permissions = ("view",)


class NewsChoice(models.Model):
    """Somebody agreed to news or refused them; the result is mailed to them: decree, 62-2.

    Holds the address, for by then it may be nowhere else; goes after a month.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email_index = models.BinaryField(max_length=32, db_index=True)
    email = EncryptedTextField(max_length=254)
    wants = models.BooleanField()
    chosen_at = models.DateTimeField(db_index=True)

    class Meta:
        default_permissions = ()
