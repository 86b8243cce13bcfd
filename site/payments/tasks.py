"""What the worker does for a bank statement."""

import uuid

from django_tasks import task

from .services.imports import run_import


@task()
def read_statement(public_id):
    run_import(uuid.UUID(public_id))
