from django.db import migrations

# What search finds is put in order by hours. Asking the stories for them took three quarters of the
# time of a common word, so PostgreSQL keeps each beside the grams, by itself: no hour without
# approval, and none that is not the story's. (SQLite reads them from `article_hour`.)
#
# Texts and grams stand aside however short they are, so that the rows with keys and hours lie on few
# pages; and a page is left half empty, so that an issue that is scheduled moves all its hours in
# place, without a word to the index over the grams.
POSTGRESQL = (
    "ALTER TABLE articles_searchentry SET (toast_tuple_target = 128, fillfactor = 50)",
    "ALTER TABLE articles_searchentry ADD COLUMN hour timestamptz",
    """
    CREATE FUNCTION articles_search_hour() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        NEW.hour := (
            SELECT publish_at FROM articles_article
            WHERE id = NEW.article_id AND status = 'approved'
        );
        RETURN NEW;
    END $$
    """,
    "CREATE TRIGGER articles_search_hour BEFORE INSERT OR UPDATE ON articles_searchentry"
    " FOR EACH ROW EXECUTE FUNCTION articles_search_hour()",
    """
    CREATE FUNCTION articles_search_moved() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        UPDATE articles_searchentry SET hour = NULL WHERE article_id = NEW.id;
        RETURN NULL;
    END $$
    """,
    "CREATE TRIGGER articles_search_moved AFTER UPDATE OF status, publish_at ON articles_article"
    " FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status"
    " OR OLD.publish_at IS DISTINCT FROM NEW.publish_at)"
    " EXECUTE FUNCTION articles_search_moved()",
    "UPDATE articles_searchentry SET hour = NULL",
    "DROP FUNCTION articles_search_keys(tsquery, integer)",
    # Asks the index even where reading the whole table would look cheaper to the planner.
    """
    CREATE FUNCTION articles_search_newest(
        asked tsquery, since timestamptz, until timestamptz, among bigint[], most integer
    ) RETURNS SETOF bigint LANGUAGE sql STABLE SET enable_seqscan = off AS $$
        SELECT article_id FROM articles_searchentry
        WHERE grams @@ asked AND hour <= until
            AND (since IS NULL OR hour >= since)
            AND (among IS NULL OR article_id IN (SELECT unnest(among)))
        ORDER BY hour DESC, article_id DESC LIMIT most
    $$
    """,
)
BACK = (
    "DROP FUNCTION articles_search_newest(tsquery, timestamptz, timestamptz, bigint[], integer)",
    "CREATE FUNCTION articles_search_keys(asked tsquery, most integer) RETURNS SETOF bigint"
    " LANGUAGE sql STABLE SET enable_seqscan = off AS"
    " $$ SELECT article_id FROM articles_searchentry WHERE grams @@ asked LIMIT most $$",
    "DROP TRIGGER articles_search_moved ON articles_article",
    "DROP FUNCTION articles_search_moved()",
    "DROP TRIGGER articles_search_hour ON articles_searchentry",
    "DROP FUNCTION articles_search_hour()",
    "ALTER TABLE articles_searchentry DROP COLUMN hour",
    "ALTER TABLE articles_searchentry RESET (toast_tuple_target, fillfactor)",
)


def keep_hours(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for sql in POSTGRESQL:
            schema_editor.execute(sql)


def forget_hours(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for sql in BACK:
            schema_editor.execute(sql)


class Migration(migrations.Migration):

    dependencies = [
        ("articles", "0008_withdrawn_by_hour"),
    ]

    operations = [
        migrations.RunPython(keep_hours, forget_hours),
    ]
