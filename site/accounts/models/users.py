from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models, transaction
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _


class StaffManager(UserManager):
    """Makes staff accounts named by their e-mail address."""

    def _create_user(self, email, _email, password, **extra_fields):
        user = self.model(email=self.normalize_email(email), **extra_fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_user(self, email, password=None, **extra_fields):
        return super().create_user(email, email, password, **extra_fields)

    def create_superuser(self, email, password=None, **extra_fields):
        return super().create_superuser(email, email, password, **extra_fields)


class User(AbstractUser):
    """A member of staff. Citizens have no accounts."""

    username = None
    email = models.EmailField(_("e-mail address"), unique=True)
    closed_at = models.DateTimeField(null=True, editable=False)
    closed_because = models.CharField(max_length=300, blank=True, editable=False)
    # Raised to end every log-in of this person at once.
    session_version = models.PositiveIntegerField(default=0, editable=False)

    objects = StaffManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        verbose_name = _("staff member")
        verbose_name_plural = _("staff members")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="accounts_user_email_lower_unique",
                violation_error_message=_("This address has an account already."),
            )
        ]

    def __str__(self):
        return self.get_full_name() or self.email

    def save(self, *args, **kwargs):
        """In one transaction with what is recorded about it."""
        with transaction.atomic():
            super().save(*args, **kwargs)

    def get_full_name(self):
        """The name as Koreans write it: family name first, no space between."""
        joiner = "" if self.last_name and ord(self.last_name[0]) >= 0x3130 else " "
        return f"{self.last_name}{joiner}{self.first_name}".strip()

    def _get_session_auth_hash(self, secret=None):
        """A log-in ends when the password changes, and when the version is raised."""
        value = f"{self.password}\x00{self.session_version}"
        digest = salted_hmac("accounts.User.session", value, secret=secret, algorithm="sha256")
        return digest.hexdigest()
