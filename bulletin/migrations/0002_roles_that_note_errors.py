from django.db import migrations

from bulletin.roles import grant


def make_roles(apps, schema_editor):
    grant(schema_editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [
        ("bulletin", "0001_roles"),
        ("issues", "0003_proof_errors"),
    ]

    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
