"""Lists fetched together are what Django would have fetched one by one."""

import datetime
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import (
    BigIntegerField,
    BooleanField,
    CharField,
    DateField,
    DateTimeField,
    DecimalField,
    F,
    FloatField,
    JSONField,
    OuterRef,
    Prefetch,
    TextField,
    TimeField,
    Value,
)
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.models import Article, Byline, Correction, Photo, Section, gate
from communities.models import Activity, Community, ServiceStation
from communities.together import Given, GivenKeys, KeysOf, Prepared, fetch, give, hand_out, hang
from tests.factories import (
    MORNING,
    make_activity,
    make_article,
    make_community,
    make_contributor,
    make_district,
    make_kind,
    make_photo,
    make_section,
    make_station,
)

pytestmark = pytest.mark.django_db

# Neither database takes these in a text; surrogates are no characters.
TEXTS = st.text(st.characters(exclude_characters="\x00", exclude_categories=("Cs",)), max_size=60)
FIRST, LAST = datetime.date(1000, 1, 2), datetime.date(9990, 1, 1)
MOMENTS = st.builds(
    datetime.datetime.combine, st.dates(FIRST, LAST), st.times(timezones=st.just(datetime.UTC))
)
PLAIN = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | TEXTS
KINDS = {
    "moment": (DateTimeField(), MOMENTS),
    "day": (DateField(), st.dates(FIRST, LAST)),
    "time": (TimeField(), st.times()),
    "decimal": (
        DecimalField(max_digits=12, decimal_places=6),
        st.decimals(-99999, 99999, places=6).map(lambda number: number + Decimal(0)),
    ),
    "float": (FloatField(), st.floats(allow_nan=False, allow_infinity=False, width=64)),
    "number": (BigIntegerField(), st.integers(-(2**63), 2**63 - 1)),
    "flag": (BooleanField(), st.booleans()),
    "text": (TextField(), TEXTS),
    "data": (
        JSONField(),
        st.recursive(PLAIN, lambda one: st.lists(one) | st.dictionaries(TEXTS, one), max_leaves=8),
    ),
}
ROWS = st.fixed_dictionaries({name: st.none() | some for name, (_field, some) in KINDS.items()})
QUICK = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.fixture
def section():
    return make_section("要闻")


def of_values(values):
    """Rows whose columns hold these values, each in a column of its own type."""
    return Section.objects.annotate(
        **{name: Value(value, KINDS[name][0]) for name, value in values.items()}
    )


@QUICK
@given(rows=st.lists(ROWS, min_size=1, max_size=3))
def test_every_type_of_column_comes_through(section, rows):
    """The lists have their columns in different orders, so that no type is lent to another."""
    lists = []
    for number, values in enumerate(rows):
        names = [*values][number:] + [*values][:number]
        lists += [
            of_values(values).values_list(*names),
            of_values(values).values_list(names[0], flat=True),
            of_values(values),
        ]
    with CaptureQueriesContext(connection) as queries:
        fetch(*lists)
    assert len(queries) == 1
    for rows_together in lists:
        alone = list(rows_together.all())
        if rows_together._fields is None:
            shown = [[getattr(row, name) for name in (*KINDS, "name")] for row in rows_together]
            assert shown == [[getattr(row, name) for name in (*KINDS, "name")] for row in alone]
        else:
            assert repr(list(rows_together)) == repr(alone)


COMPARED = {name: one for name, one in KINDS.items() if name != "data"}


@QUICK
@given(values=st.fixed_dictionaries({name: some for name, (_field, some) in COMPARED.items()}))
def test_values_that_are_given_later_are_written_for_the_database(section, values):
    for name, value in values.items():
        rows = of_values({name: value}).filter(**{name: Given("value", KINDS[name][0])})
        assert Prepared(lambda rows=rows: {"found": rows}).fetch(value=value)["found"] == [section]


def town():
    """Make stories with belongings of all kinds, some with many and some with none."""
    section = make_section("要闻")
    district, kind = make_district(), make_kind()
    places = [make_community(f"{n}社区", within=district) for n in range(3)]
    stations = [make_station(f"{n}站", community=places[0], kind=kind) for n in range(2)]
    activity = make_activity(station=stations[0])
    person = make_contributor()
    for number in range(5):
        story = make_article(f"第{number}篇", section=section)
        with gate.opened():
            for position in range(number % 3):
                Byline.objects.create(
                    article=story,
                    contributor=person,
                    name="甲",
                    role=f"{position}",
                    position=position + 1,
                )
        for _ in range(number % 2):
            make_photo(story)
        story.communities.set(places[: number % 4])
        story.stations.set(stations[: number % 3])
        story.activities.set([activity][: number % 2])
        story.tags.set(["路灯", "议事"][: number % 3])


LOOKUPS = ("bylines", "photos", "communities", "stations")


def told(story, *names):
    return {
        name: [
            (row.pk, str(row), row.__dict__.keys() & {"name"}) for row in getattr(story, name).all()
        ]
        for name in names
    }


def test_belongings_are_those_that_django_prefetches():
    town()
    with CaptureQueriesContext(connection) as queries:
        stories = list(Article.objects.order_by("pk"))
        give(stories, *LOOKUPS, Prefetch("activities", Activity.objects.public()))
        mine = [told(story, *LOOKUPS, "activities") for story in stories]
    assert len(queries) == 2
    usual = Article.objects.order_by("pk").prefetch_related(*LOOKUPS, "activities")
    assert mine == [told(story, *LOOKUPS, "activities") for story in usual]
    assert any(one["communities"] for one in mine)
    # What belongs to a story knows it without asking.
    with CaptureQueriesContext(connection) as queries:
        assert {line.article for story in stories for line in story.bylines.all()} <= {*stories}
    assert len(queries) == 0


def test_query_sets_keep_order_slices_and_what_they_fetch_along():
    town()
    lists = [
        Article.objects.order_by("-pk").along("bylines", "photos")[1:4],
        Article.objects.order_by("headline").select_related("section").along("photos"),
        Community.objects.order_by("-name")[:2],
        Community.objects.filter(pk__in=[]),
        Article.objects.values_list("pk", flat=True).order_by("pk"),
        ServiceStation.objects.annotate(where=F("community__name")).order_by("pk"),
    ]
    with CaptureQueriesContext(connection) as queries:
        fetch(*lists)
        shown = [[repr(row) for row in rows] for rows in lists]
        shown.append([told(story, "bylines", "photos") for story in lists[0]])
        shown.append([str(story.section) for story in lists[1]])
        shown.append([station.where for station in lists[5]])
    assert len(queries) == 2
    usual = [rows.all() for rows in lists]
    expected = [[repr(row) for row in rows] for rows in usual]
    expected.append([told(story, "bylines", "photos") for story in usual[0]])
    expected.append(["要闻"] * 5)
    expected.append(["0社区", "0社区"])
    assert shown == expected


def test_rows_know_what_their_relation_knows():
    town()
    story = Article.objects.get(headline="第2篇")
    lines = story.bylines.all()
    fetch(lines, Section.objects.all())
    with CaptureQueriesContext(connection) as queries:
        assert [line.article for line in lines] == [story, story]
    assert len(queries) == 0


def test_nothing_is_asked_where_nothing_can_be_found():
    with CaptureQueriesContext(connection) as queries:
        fetch(Article.objects.none(), Section.objects.filter(pk__in=[]))
        give([], "bylines")
        fetch()
    assert len(queries) == 0


@pytest.mark.parametrize("plans", [True, False])
def test_prepared_query_is_asked_again_with_other_values(plans, settings):
    settings.DATABASE_PREPARED = plans
    town()
    keys = list(Article.objects.order_by("pk").values_list("pk", flat=True))
    prepared = Prepared(
        lambda: {
            "named": Article.objects.filter(headline=Given("headline", CharField())),
            "some": Article.objects.filter(GivenKeys("pk", "keys")).order_by("-pk"),
            "photos": Photo.objects.filter(GivenKeys("article", "keys")),
            "public": Article.objects.published(Given("at", DateTimeField())),
            "text": Correction.objects.filter(text="100% '\\n' %s"),
        }
    )
    for headline, some, at in (
        ("第1篇", keys[:3], MORNING),
        ("100%s", [], MORNING),
        ("'", keys, None),
    ):
        at = at or MORNING - datetime.timedelta(days=1)
        with CaptureQueriesContext(connection) as queries:
            found = prepared.fetch(headline=headline, keys=some, at=at)
        assert len(queries) == 1
        assert found == {
            "named": list(Article.objects.filter(headline=headline)),
            "some": list(Article.objects.filter(pk__in=some).order_by("-pk")),
            "photos": list(Photo.objects.filter(article__in=some)),
            "public": list(Article.objects.published(at)),
            "text": [],
        }


def test_what_cannot_be_read_says_so():
    with pytest.raises(TypeError, match="ValuesIterable"):
        fetch(Article.objects.values("pk"))
    town()
    with pytest.raises(TypeError, match="head"):
        give(list(Article.objects.all()), "head")


@pytest.mark.parametrize("count", [1, 3, 9])
def test_keys_of_a_few_rows_come_in_their_order_beside_another_row(count):
    town()
    empty = make_section("民生")
    newest = Article.objects.order_by("-headline")
    mine = newest.filter(section=OuterRef("pk"))[:count]
    rows = Section.objects.annotate(keys=KeysOf(mine)).order_by("pk")
    expected = list(newest.values_list("pk", flat=True)[:count])
    given = Prepared(lambda: {"sections": rows})
    for sections in (list(rows), given.fetch()["sections"]):
        assert [section.keys for section in sections] == [expected, []]
        assert sections[1] == empty


def test_what_was_found_elsewhere_is_handed_out_to_its_rows():
    town()
    stories = list(Article.objects.order_by("pk"))
    usual = [told(story, "bylines") for story in Article.objects.order_by("pk")]
    lines = list(Byline.objects.all())
    with CaptureQueriesContext(connection) as queries:
        hand_out(stories, "bylines", lines)
        hand_out([], "bylines", lines)
        assert [told(story, "bylines") for story in stories] == usual
        assert all(line.article is stories[n] for n in (1, 2) for line in stories[n].bylines.all())
    assert len(queries) == 0


def test_list_that_is_here_can_be_asked_for_less_without_changing_another():
    town()
    stories = list(Article.objects.order_by("pk").along("bylines"))
    first, second = stories[1], stories[2]
    assert [line.role for line in second.bylines.filter(role="1")] == ["1"]
    assert [line.role for line in second.bylines.order_by("-position")] == ["1", "0"]
    assert [line.role for line in first.bylines.all()] == ["0"]
    assert second.bylines.filter(role="0").count() == second.bylines.exclude(role="0").count() == 1
    assert [line.role for line in second.bylines.all()] == ["0", "1"]
    # As a part of another query it is found empty, and not full of everybody's.
    assert not Article.objects.filter(bylines__in=second.bylines.all())


def test_asking_for_less_of_what_was_fetched_along_stays_within_what_it_was_fetched_from():
    town()
    hidden = make_activity("内部活动", station=ServiceStation.objects.first(), is_public=False)
    story = Article.objects.get(headline="第3篇")
    story.activities.add(hidden)
    story.tags.set(["路灯", "议事"])
    [story] = Article.objects.filter(pk=story.pk).along(
        "communities", Prefetch("activities", Activity.objects.public())
    )
    hang(story, "tags", list(story.tags.all()))
    shown = list(story.activities.all())
    assert hidden not in shown
    assert list(story.activities.order_by("-pk")) == shown
    assert [place.name for place in story.communities.filter(name="1社区")] == ["1社区"]
    assert story.communities.exclude(name="1社区").count() == 2
    assert [tag.name for tag in story.tags.exclude(name="路灯")] == ["议事"]
    assert {tag.name for tag in story.tags.all()} == {"路灯", "议事"}


@pytest.mark.django_db(transaction=True)
def test_what_was_prepared_outlives_transactions_and_is_prepared_again_on_a_new_connection():
    section = make_section("要闻")
    prepared = Prepared(lambda: {"found": Section.objects.filter(slug=Given("slug", CharField()))})
    with transaction.atomic():
        assert prepared.fetch(slug=section.slug) == {"found": [section]}
        transaction.set_rollback(True)
    for slug, found in ((section.slug, [section]), ("none", [])):
        assert prepared.fetch(slug=slug) == {"found": found}
    connection.close()
    for _time in range(9):
        # PostgreSQL changes to a plan for all values after the fifth.
        assert prepared.fetch(slug=section.slug) == {"found": [section]}


def test_two_of_the_same_share_a_statement():
    town()
    twice = Prepared(lambda: {name: Section.objects.all() for name in ("one", "other")})
    again = Prepared(lambda: {"third": Section.objects.all()})
    expected = list(Section.objects.all())
    assert twice.fetch() == {"one": expected, "other": expected}
    assert again.fetch() == {"third": expected}


@pytest.mark.django_db(transaction=True)
def test_statement_that_could_not_be_prepared_keeps_none_from_being_asked_later():
    section = make_section("要闻")
    lists = {name: Section.objects.filter(slug=Given("slug", CharField())) for name in "ab"}
    lists["b"] = lists["b"].order_by("-pk")
    table = Section._meta.db_table
    broken = Prepared(lambda: lists)
    Prepared(lambda: {"a": Section.objects.all()}).fetch()
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} RENAME COLUMN position TO elsewhere")
        try:
            with pytest.raises(DatabaseError):
                broken.fetch(slug=section.slug)
        finally:
            cursor.execute(f"ALTER TABLE {table} RENAME COLUMN elsewhere TO position")
    assert broken.fetch(slug=section.slug) == {"a": [section], "b": [section]}


@pytest.mark.django_db(transaction=True)
def test_column_of_another_type_is_read_after_it_was_changed_beside_the_server():
    section = make_section("要闻")
    prepared = Prepared(lambda: {"found": Section.objects.filter(slug=Given("slug", CharField()))})
    assert prepared.fetch(slug=section.slug) == {"found": [section]}
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE articles_section ALTER name TYPE varchar(41)")
            assert prepared.fetch(slug=section.slug) == {"found": [section]}
            cursor.execute("ALTER TABLE articles_section ALTER name TYPE varchar(40)")
    assert prepared.fetch(slug=section.slug) == {"found": [section]}
