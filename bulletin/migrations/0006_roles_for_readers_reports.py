from django.db import migrations

from bulletin.roles import grant


def grant_again(apps, schema_editor):
    grant(schema_editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [
        ("bulletin", "0005_roles_for_activities"),
        ("articles", "0005_mistake_reports"),
    ]

    operations = [migrations.RunPython(grant_again, migrations.RunPython.noop)]
