"""Countersigning, paper and what ends an agreement; signed texts and notes stand still."""

import django.db.models.deletion
import privacy.fields
import uuid
from django.conf import settings
from django.db import migrations, models


from evidence.append_only import RefuseUnless

AGREEMENTS, NOTES = "pledges_pledgeagreement", "pledges_publicnote"
SIGNED = (
    *("id", "public_id", "number", "respondent_id", "response_id", "form", "text", "text_sha256"),
    *("supersedes_id", "signed_at"),
)
NOTED = (
    *("id", "public_id", "respondent_id", "agreement_id", "kind", "reason", "noted_on"),
    *("made_by_id", "made_at"),
)


def _same(names):
    """The words of a row that both sides, or everybody, have read."""
    return {
        vendor: " AND ".join(f"NEW.{name} {same} OLD.{name}" for name in names)
        for vendor, same in (("postgresql", "IS NOT DISTINCT FROM"), ("sqlite", "IS"))
    }


class Migration(migrations.Migration):
    dependencies = [
        ("pledges", "0007_legal_guards"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CountersignBatch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("signer_title", models.CharField(max_length=80, verbose_name="function")),
                ("made_at", models.DateTimeField()),
                ("proved_at", models.DateTimeField(null=True)),
                ("done_at", models.DateTimeField(null=True)),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="PaperAgreement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "To be compared"),
                            ("taken", "Registered"),
                            ("refused", "Not registered"),
                        ],
                        default="waiting",
                        max_length=7,
                        verbose_name="state",
                    ),
                ),
                ("answers", privacy.fields.EncryptedTextField()),
                ("side", models.CharField(max_length=9)),
                (
                    "signer_name",
                    privacy.fields.EncryptedTextField(
                        max_length=80, verbose_name="who signed for the candidate"
                    ),
                ),
                (
                    "representative",
                    models.CharField(max_length=80, verbose_name="who signed for the coalition"),
                ),
                ("representative_title", models.CharField(max_length=80, verbose_name="function")),
                ("signed_on", models.DateField(verbose_name="signed on")),
                ("scan", models.BinaryField()),
                ("scan_sha256", models.CharField(max_length=64)),
                ("entered_at", models.DateTimeField(verbose_name="entered")),
                ("checked_at", models.DateTimeField(null=True, verbose_name="compared")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="why not")),
            ],
            options={
                "verbose_name": "paper agreement",
                "verbose_name_plural": "paper agreements",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="VoidProposal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("wrong_person", "Somebody else signed"),
                            ("candidacy", "The candidacy is invalid"),
                            ("error", "A proven error"),
                        ],
                        max_length=12,
                        verbose_name="cause",
                    ),
                ),
                ("reason", models.CharField(max_length=500, verbose_name="reason")),
                ("asked_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
                ("is_accepted", models.BooleanField(null=True)),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.RemoveConstraint(
            model_name="pledgeagreement",
            name="pledges_one_living_agreement",
        ),
        migrations.AddField(
            model_name="pledgeagreement",
            name="copy_sent_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name="publicnote",
            name="kind",
            field=models.CharField(
                choices=[
                    ("withdrawal", "Withdrawal"),
                    ("correction", "Correction"),
                    ("amendment", "Amended agreement"),
                    ("refusal", "Not countersigned"),
                    ("void", "Declared void"),
                    ("reopened", "Opened again to answer"),
                    ("takedown", "Taken down"),
                ],
                max_length=10,
                verbose_name="kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="pledgeagreement",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "countersigned")),
                fields=("respondent",),
                name="pledges_one_agreement_in_force",
            ),
        ),
        migrations.AddConstraint(
            model_name="pledgeagreement",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "signed")),
                fields=("respondent",),
                name="pledges_one_agreement_waiting",
            ),
        ),
        migrations.AddField(
            model_name="countersignbatch",
            name="agreements",
            field=models.ManyToManyField(related_name="batches", to="pledges.pledgeagreement"),
        ),
        migrations.AddField(
            model_name="countersignbatch",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="agreementsignature",
            name="batch",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="signatures",
                to="pledges.countersignbatch",
            ),
        ),
        migrations.AddField(
            model_name="paperagreement",
            name="agreement",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="paper",
                to="pledges.pledgeagreement",
            ),
        ),
        migrations.AddField(
            model_name="paperagreement",
            name="checked_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="paperagreement",
            name="entered_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="paperagreement",
            name="respondent",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="paper_agreements",
                to="pledges.respondent",
            ),
        ),
        migrations.AddField(
            model_name="paperagreement",
            name="versions",
            field=models.ManyToManyField(related_name="+", to="pledges.demandsetversion"),
        ),
        migrations.AddField(
            model_name="voidproposal",
            name="agreement",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="void_proposals",
                to="pledges.pledgeagreement",
            ),
        ),
        migrations.AddField(
            model_name="voidproposal",
            name="asked_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="voidproposal",
            name="decided_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="countersignbatch",
            constraint=models.UniqueConstraint(
                fields=("user", "proved_at"), name="pledges_proof_used_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="countersignbatch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("proved_at", None), ("proved_at__gt", models.F("made_at")), _connector="OR"
                ),
                name="pledges_batch_proof_is_younger",
            ),
        ),
        migrations.AddConstraint(
            model_name="countersignbatch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("done_at", None), ("proved_at__isnull", False), _connector="OR"
                ),
                name="pledges_batch_done_with_proof",
            ),
        ),
        migrations.AddConstraint(
            model_name="paperagreement",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "waiting")),
                fields=("respondent",),
                name="pledges_one_paper_waiting",
            ),
        ),
        migrations.AddConstraint(
            model_name="paperagreement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("agreement", None), ("checked_at", None), ("state", "waiting")),
                    models.Q(
                        ("agreement__isnull", False),
                        ("checked_at__isnull", False),
                        ("state", "taken"),
                    ),
                    models.Q(
                        ("agreement", None), ("checked_at__isnull", False), ("state", "refused")
                    ),
                    _connector="OR",
                ),
                name="pledges_paper_state_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="paperagreement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "taken"), _negated=True),
                    models.Q(("checked_by", models.F("entered_by")), _negated=True),
                    _connector="OR",
                ),
                name="pledges_paper_two_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="paperagreement",
            constraint=models.CheckConstraint(
                condition=models.Q(("side__in", ["candidate", "delegate"])),
                name="pledges_paper_side",
            ),
        ),
        migrations.AddConstraint(
            model_name="voidproposal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("decided_at", None)),
                fields=("agreement",),
                name="pledges_one_open_void_proposal",
            ),
        ),
        migrations.AddConstraint(
            model_name="voidproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at", None), ("decided_by", None), ("is_accepted", None)),
                    models.Q(
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                        ("is_accepted__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="pledges_void_decided_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="voidproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("is_accepted", True), _negated=True),
                    models.Q(("decided_by", models.F("asked_by")), _negated=True),
                    _connector="OR",
                ),
                name="pledges_void_two_people",
            ),
        ),
        RefuseUnless(AGREEMENTS, "UPDATE", _same(SIGNED)),
        RefuseUnless(NOTES, "UPDATE", _same(NOTED)),
    ]
