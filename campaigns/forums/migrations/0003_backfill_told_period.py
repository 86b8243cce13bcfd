from django.db import migrations


def backfill(apps, _schema_editor):
    """What the page of each forum says today: nothing tells what it said before."""
    orders = apps.get_model("forums", "Order").objects
    pages = apps.get_model("forums", "ForumPage").objects
    for forum_id, months in pages.values_list("pk", "retention_months"):
        orders.filter(forum_id=forum_id).update(retention_months=months)


class Migration(migrations.Migration):
    dependencies = [("forums", "0002_add_told_period_and_record_mark")]

    # Going back drops the column itself.
    operations = [migrations.RunPython(backfill, migrations.RunPython.noop)]
