from django.db import migrations

from bulletin.roles import grant


def bring_roles_up_to_date(apps, schema_editor):
    grant(schema_editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [
        ("bulletin", "0002_roles_that_note_errors"),
        ("issues", "0004_standing_patterns"),
    ]

    operations = [migrations.RunPython(bring_roles_up_to_date, migrations.RunPython.noop)]
