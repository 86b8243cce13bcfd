"""What the worker does for an export."""

import uuid

from django_tasks import task

from . import services


@task()
def run_export(public_id):
    services.run_export(uuid.UUID(public_id))
