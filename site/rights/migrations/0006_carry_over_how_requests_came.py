from django.db import migrations


def carry_over(apps, _schema_editor):
    requests = apps.get_model("rights", "Request").objects
    requests.filter(is_proven=True).update(channel="link", identity="mailbox")


def carry_back(apps, _schema_editor):
    requests = apps.get_model("rights", "Request").objects
    requests.filter(identity="mailbox").update(is_proven=True)


class Migration(migrations.Migration):
    dependencies = [
        ("rights", "0005_add_channels_to_requests"),
    ]

    operations = [migrations.RunPython(carry_over, carry_back)]
