import django.db.models.deletion
import home.fields
import modelcluster.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0001_initial"),
        ("home", "0002_add_newsroom"),
        ("network", "0002_add_organisations"),
    ]

    operations = [
        migrations.CreateModel(
            name="HandOver",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                ("recipient", models.CharField(max_length=120, verbose_name="handed to")),
                ("handed_over_on", models.DateField(verbose_name="handed over on")),
                (
                    "precision",
                    models.CharField(
                        choices=[("day", "Day"), ("month", "Month"), ("year", "Year")],
                        default="day",
                        max_length=5,
                        verbose_name="what is known of the date",
                    ),
                ),
                (
                    "what",
                    models.CharField(
                        help_text="For example: 12,345 signatures.",
                        max_length=160,
                        verbose_name="what was handed over",
                    ),
                ),
            ],
            options={
                "verbose_name": "hand-over",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Outcome",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                ("demand", models.CharField(max_length=80, verbose_name="demand")),
                (
                    "progress",
                    models.CharField(
                        choices=[
                            ("adopted", "Adopted"),
                            ("partly", "Partly adopted"),
                            ("under_review", "Under review"),
                            ("not_adopted", "Not adopted"),
                        ],
                        max_length=16,
                        verbose_name="result",
                    ),
                ),
                ("so_far", models.CharField(blank=True, max_length=160, verbose_name="so far")),
                ("checked_on", models.DateField(verbose_name="as of")),
                ("source", models.CharField(max_length=120, verbose_name="source")),
                (
                    "source_url",
                    models.URLField(
                        blank=True, max_length=500, verbose_name="address of the source"
                    ),
                ),
            ],
            options={
                "verbose_name": "outcome",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="campaignpage",
            name="contact",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="home.contact",
                verbose_name="contact",
            ),
        ),
        migrations.AddField(
            model_name="campaignpage",
            name="ends_on",
            field=models.DateField(blank=True, null=True, verbose_name="ended on"),
        ),
        migrations.AddField(
            model_name="campaignpage",
            name="milestones",
            field=home.fields.StreamField(
                blank=True,
                help_text="News, statements and reports of this campaign join the timeline themselves.",
                verbose_name="milestones",
            ),
        ),
        migrations.AddField(
            model_name="campaignpage",
            name="more_organisations",
            field=models.TextField(
                blank=True,
                help_text="One organisation per line.",
                verbose_name="further organisations",
            ),
        ),
        migrations.AddField(
            model_name="campaignpage",
            name="organisations",
            field=modelcluster.fields.ParentalManyToManyField(
                blank=True,
                related_name="campaigns",
                to="network.organisation",
                verbose_name="participating organisations",
            ),
        ),
        migrations.AddField(
            model_name="campaignpage",
            name="questions",
            field=home.fields.StreamField(blank=True, verbose_name="questions and answers"),
        ),
        migrations.AddField(
            model_name="campaignpage",
            name="starts_on",
            field=models.DateField(blank=True, null=True, verbose_name="began on"),
        ),
        migrations.AddField(
            model_name="campaignpage",
            name="toolkit",
            field=home.fields.StreamField(blank=True, verbose_name="toolkit"),
        ),
        migrations.AlterField(
            model_name="campaignpage",
            name="asks",
            field=home.fields.StreamField(blank=True, verbose_name="what we ask for"),
        ),
        migrations.AlterField(
            model_name="campaignpage",
            name="body",
            field=home.fields.StreamField(blank=True, verbose_name="body"),
        ),
        migrations.AddField(
            model_name="handover",
            name="page",
            field=modelcluster.fields.ParentalKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="hand_overs",
                to="campaigns.campaignpage",
            ),
        ),
        migrations.AddField(
            model_name="handover",
            name="picture",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="home.siteimage",
                verbose_name="picture",
            ),
        ),
        migrations.AddField(
            model_name="handover",
            name="receipt",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="home.sitedocument",
                verbose_name="receipt",
            ),
        ),
        migrations.AddField(
            model_name="outcome",
            name="page",
            field=modelcluster.fields.ParentalKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="outcomes",
                to="campaigns.campaignpage",
            ),
        ),
    ]
