from django.db import migrations

# Until here editors and campaigners published by themselves, and campaigners wrote everywhere.
# `sync_roles` only adds, so what they lose is taken once, here. Staff may give it back by hand.
TAKEN = {
    "편집자": ["publish_page"],
    "캠페인 담당": ["publish_page", "add_page", "change_page"],
}


def take_rights(apps, _schema_editor):
    page_rights = apps.get_model("wagtailcore", "GroupPagePermission")
    for role, codenames in TAKEN.items():
        page_rights.objects.filter(
            group__name=role, page__depth=1, permission__codename__in=codenames
        ).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("wagtailcore", "0095_groupsitepermission"),
    ]

    # The rights that are gone can't be told from those that were never given.
    operations = [migrations.RunPython(take_rights, migrations.RunPython.noop)]
