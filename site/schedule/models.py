from django.db import models


class Job(models.Model):
    """When a periodic job is due, and who is at it."""

    name = models.CharField(primary_key=True, max_length=80)
    # While the job runs this is the end of its lease: then another worker may take it.
    next_run_at = models.DateTimeField()
    claimed_by = models.CharField(max_length=64, blank=True)
    last_started_at = models.DateTimeField(null=True)
    last_finished_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=80, blank=True)

    class Meta:
        default_permissions = ("view",)

    def __str__(self):
        return self.name


class WorkerHeartbeat(models.Model):
    """The last sign of life of each worker process."""

    worker = models.CharField(primary_key=True, max_length=64)
    beat_at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self):
        return self.worker
