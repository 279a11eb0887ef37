from django.db import migrations

from bulletin.roles import grant


def grant_again(apps, schema_editor):
    grant(schema_editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [
        ("bulletin", "0004_roles_for_places"),
        ("communities", "0007_activities"),
    ]

    operations = [migrations.RunPython(grant_again, migrations.RunPython.noop)]
