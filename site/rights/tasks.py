"""What the worker does for this room after staff have had the answer."""

from django_tasks import task

from . import services


@task()
def tell_people(case_id):
    services.tell_people(case_id)
