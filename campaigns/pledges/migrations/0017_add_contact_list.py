import django.db.models.deletion
import privacy.fields
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("pledges", "0016_add_drawn_signature"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ContactList",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("file_name", models.CharField(max_length=100, verbose_name="file")),
                ("content", privacy.fields.EncryptedTextField(null=True)),
                ("row_count", models.PositiveIntegerField(default=0, verbose_name="rows")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("preview", "To be looked at"),
                            ("applied", "Taken over"),
                            ("discarded", "Discarded"),
                            ("expired", "Not decided within a day"),
                        ],
                        default="preview",
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                ("entered", models.PositiveIntegerField(default=0, verbose_name="entered")),
                ("proposed", models.PositiveIntegerField(default=0, verbose_name="proposed")),
                ("asked_at", models.DateTimeField(verbose_name="uploaded")),
                ("decided_at", models.DateTimeField(null=True, verbose_name="decided")),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "election",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contact_lists",
                        to="pledges.election",
                        verbose_name="election",
                    ),
                ),
            ],
            options={
                "verbose_name": "list of contacts",
                "verbose_name_plural": "lists of contacts",
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("content__isnull", False),
                                ("decided_at", None),
                                ("state", "preview"),
                            ),
                            models.Q(
                                ("content__isnull", True),
                                ("decided_at__isnull", False),
                                ("state__in", ["applied", "discarded", "expired"]),
                            ),
                            _connector="OR",
                        ),
                        name="pledges_contact_list_decided_once",
                    )
                ],
            },
        ),
    ]
