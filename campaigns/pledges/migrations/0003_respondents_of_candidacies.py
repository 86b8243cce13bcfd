"""Whoever stood before respondents existed can be asked, too."""

from django.db import migrations


def add_respondents(apps, _schema_editor):
    candidacies = apps.get_model("pledges", "Candidacy")
    respondents = apps.get_model("pledges", "Respondent")
    standing = ("announced", "preliminary", "registered")
    rows = candidacies.objects.filter(respondent=None).select_related("contest")
    respondents.objects.bulk_create(
        (
            respondents(
                election_id=row.contest.election_id,
                kind="candidate",
                candidacy=row,
                standing="no_contact" if row.status in standing else "left",
                standing_on=row.status_on,
            )
            for row in rows.iterator(500)
        ),
        batch_size=500,
    )


class Migration(migrations.Migration):
    dependencies = [("pledges", "0002_agreements")]

    operations = [migrations.RunPython(add_respondents, migrations.RunPython.noop)]
