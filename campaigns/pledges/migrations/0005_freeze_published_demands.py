"""What was published stands still in the database, too, and no number is given twice."""

from django.db import migrations, models
from django.db.models import Q

from evidence.append_only import RefuseUnless

VERSIONS, DEMANDS = "pledges_demandsetversion", "pledges_demand"
FROZEN = "('published', 'superseded')"
WORDED = (
    *("id", "demand_set_id", "number", "intro", "note", "is_minor", "resolved_by", "resolved_on"),
    *("text", "text_sha256", "published_at", "made_by_id", "made_at"),
)


def _only_superseded(same):
    kept = " AND ".join(f"NEW.{name} {same} OLD.{name}" for name in WORDED)
    moved = "(OLD.state = NEW.state OR (OLD.state = 'published' AND NEW.state = 'superseded'))"
    return f"OLD.state NOT IN {FROZEN} OR ({moved} AND {kept})"


def _is_open(row):
    of_version = f"frozen.id = {row}.version_id AND frozen.state IN {FROZEN}"
    return f"NOT EXISTS (SELECT 1 FROM {VERSIONS} frozen WHERE {of_version})"  # noqa: S608 (our own names)


# The press quotes numbers: one demand, one number, in all versions of a set.
KEEPS_NUMBERS = f"""NOT EXISTS (
    SELECT 1 FROM {DEMANDS} other
    JOIN {VERSIONS} published ON published.id = other.version_id
    JOIN {VERSIONS} mine ON mine.demand_set_id = published.demand_set_id
    WHERE mine.id = NEW.version_id AND published.state IN {FROZEN}
    AND (other.number = NEW.number) <> (other.key = NEW.key)
)"""  # noqa: S608 (our own names)


def _everywhere(condition):
    return {"postgresql": condition, "sqlite": condition}


class Migration(migrations.Migration):
    dependencies = [("pledges", "0004_round"), ("evidence", "0001_initial")]

    operations = [
        migrations.RemoveConstraint("demandsetversion", "pledges_version_frozen_with_hash"),
        migrations.AddField(
            "demandsetversion", "text", models.JSONField(editable=False, null=True)
        ),
        migrations.AddConstraint(
            "demandsetversion",
            models.CheckConstraint(
                condition=Q(
                    state__in=["draft", "review", "approved"],
                    published_at=None,
                    text__isnull=True,
                    text_sha256="",
                )
                | (
                    Q(
                        state__in=["published", "superseded"],
                        published_at__isnull=False,
                        text__isnull=False,
                    )
                    & ~Q(text_sha256="")
                ),
                name="pledges_version_frozen_with_hash",
            ),
        ),
        RefuseUnless(
            VERSIONS,
            "UPDATE",
            {
                "postgresql": _only_superseded("IS NOT DISTINCT FROM"),
                "sqlite": _only_superseded("IS"),
            },
        ),
        RefuseUnless(VERSIONS, "DELETE", _everywhere(f"OLD.state NOT IN {FROZEN}")),
        RefuseUnless(DEMANDS, "INSERT", _everywhere(f"{_is_open('NEW')} AND {KEEPS_NUMBERS}")),
        RefuseUnless(
            DEMANDS,
            "UPDATE",
            _everywhere(f"{_is_open('OLD')} AND {_is_open('NEW')} AND {KEEPS_NUMBERS}"),
        ),
        RefuseUnless(DEMANDS, "DELETE", _everywhere(_is_open("OLD"))),
    ]
