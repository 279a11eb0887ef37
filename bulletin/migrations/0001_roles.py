from django.db import migrations

from bulletin.roles import grant


def make_roles(apps, schema_editor):
    grant(schema_editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("communities", "0001_initial"),
        ("articles", "0001_initial"),
        ("issues", "0001_initial"),
    ]

    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
