from django.db import models
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _


class BackupRunQuerySet(models.QuerySet):
    def latest_first(self):
        return self.order_by("-finished_at", "-pk")

    def successful(self):
        return self.filter(error="")


class BackupRun(models.Model):
    """A backup that was made, or failed: told to the administrator on the first screen."""

    finished_at = models.DateTimeField(_("Time"))
    file_name = models.CharField(_("File"), max_length=80, blank=True)
    size = models.BigIntegerField(_("Size"), default=0)
    error = models.CharField(_("What failed"), max_length=300, blank=True)

    objects = BackupRunQuerySet.as_manager()

    class Meta:
        default_permissions = ("view",)
        verbose_name = _("Backup")
        verbose_name_plural = _("Backups")
        constraints = [
            models.CheckConstraint(
                name="backup_run_has_file_or_error",
                condition=models.Q(error="", size__gt=0) & ~models.Q(file_name="")
                | ~models.Q(error=""),
            )
        ]

    def __str__(self):
        return self.file_name or self.error

    @property
    def size_in_words(self):
        return filesizeformat(self.size) if self.size else "–"
