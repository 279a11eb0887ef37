from django.db import migrations

# Texts and grams stand aside however short they are, so that the rows that lead from a gram to a
# story's key lie on few pages: a common word's twelve thousand were on as many before. Rows that
# are there are moved as they are written again (`manage.py reindex`).
ASIDE = "ALTER TABLE articles_searchentry SET (toast_tuple_target = 128)"
BACK = "ALTER TABLE articles_searchentry RESET (toast_tuple_target)"


def put_aside(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(ASIDE)


def put_back(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(BACK)


class Migration(migrations.Migration):

    dependencies = [
        ("articles", "0008_withdrawn_by_hour"),
    ]

    operations = [
        migrations.RunPython(put_aside, put_back),
    ]
