from django.db import migrations

from bulletin.roles import grant


def grant_again(apps, schema_editor):
    grant(schema_editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [
        ("bulletin", "0003_roles_keep_patterns"),
        ("communities", "0005_people_and_former_addresses"),
    ]

    operations = [migrations.RunPython(grant_again, migrations.RunPython.noop)]
