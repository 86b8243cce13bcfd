from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("rights", "0006_carry_over_how_requests_came"),
    ]

    operations = [
        migrations.RemoveField(
            model_name="request",
            name="is_proven",
        ),
    ]
