from django.db import migrations


def backfill(apps, _schema_editor):
    """What the text said that a signer read; where that is not known, what the page says."""
    signatures = apps.get_model("petitions", "Signature").objects
    pages = apps.get_model("petitions", "PetitionPage").objects
    revisions = apps.get_model("wagtailcore", "Revision").objects
    for petition_id, months in pages.values_list("pk", "retention_months"):
        signed = signatures.filter(petition_id=petition_id)
        told = {}
        for revision_id in signed.order_by().values_list("revision_id", flat=True).distinct():
            revision = revisions.filter(pk=revision_id).first() if revision_id else None
            content = revision.content if revision else {}
            told.setdefault(content.get("retention_months") or months, []).append(revision_id)
        for number, revision_ids in told.items():
            known = [pk for pk in revision_ids if pk is not None]
            signed.filter(revision_id__in=known).update(retention_months=number)
            if None in revision_ids:
                signed.filter(revision_id=None).update(retention_months=number)


class Migration(migrations.Migration):
    dependencies = [
        ("petitions", "0004_add_told_retention"),
        ("wagtailcore", "0095_groupsitepermission"),
    ]

    # Going back drops the column itself.
    operations = [migrations.RunPython(backfill, migrations.RunPython.noop)]
