"""Activities: who sees which, where and when they take place, what a change of a date does."""

import datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from communities.models import Activity
from communities.models.repetition import FOREVER
from tests.factories import (
    SHANGHAI,
    make_activity,
    make_community,
    make_district,
    make_kind,
    make_station,
)
from tests.newsroom import make_login

pytestmark = pytest.mark.django_db
D, T = datetime.date, datetime.time
MARCH = D(2026, 3, 1), D(2026, 3, 31)


@pytest.fixture
def street():
    return make_community("桥头街道", within=make_district(), level="subdistrict")


@pytest.fixture
def weekly(street):
    """Tuesdays in March from nine to half past eleven."""
    return make_activity(
        community=street,
        starts_on=D(2026, 3, 3),
        repeats="weekly",
        weekdays="2",
        until=D(2026, 3, 31),
    )


def told(occurrences):
    """Each occurrence as a line: the day, the hours, what is unusual."""
    return [
        f"{one.day:%m-%d} {one.hours}"
        + " cancelled" * one.is_cancelled
        + f" for {one.on:%m-%d}" * one.is_moved
        for one in occurrences
    ]


def test_dates_are_cancelled_moved_and_given_other_hours(weekly):
    weekly.changed_dates.create(on=D(2026, 3, 10), note="停一次")
    weekly.changed_dates.create(on=D(2026, 3, 17), moved_to=D(2026, 3, 19))
    weekly.changed_dates.create(on=D(2026, 3, 24), moved_to=D(2026, 3, 24), starts_at=T(14))
    # Of a date it does not fall on, a change says nothing.
    weekly.changed_dates.create(on=D(2026, 3, 11), moved_to=D(2026, 3, 12))
    assert told(weekly.occurrences(*MARCH)) == [
        "03-03 9:00–11:30",
        "03-10 9:00–11:30 cancelled",
        "03-19 9:00–11:30 for 03-17",
        "03-24 14:00 for 03-24",
        "03-31 9:00–11:30",
    ]
    # A window that holds the day it was moved to, and not the one it was moved from.
    assert told(weekly.occurrences(D(2026, 3, 18), D(2026, 3, 23))) == [
        "03-19 9:00–11:30 for 03-17"
    ]
    assert told(weekly.occurrences(D(2026, 3, 17), D(2026, 3, 18))) == []


def test_a_date_moved_beyond_the_last_is_found_there(weekly):
    weekly.changed_dates.create(on=D(2026, 3, 31), moved_to=D(2026, 4, 2))
    weekly.changed_dates.create(on=D(2026, 3, 3), moved_to=D(2026, 2, 27))
    weekly.save()
    assert (weekly.first_on, weekly.last_on) == (D(2026, 2, 27), D(2026, 4, 2))
    found = Activity.objects.occurrences(D(2026, 4, 1), D(2026, 4, 30))
    assert told(found) == ["04-02 9:00–11:30 for 03-31"]


def test_hours_are_those_of_the_newsrooms_clocks(street):
    night = make_activity(community=street, starts_at=T(22), ends_at=T(0))
    (one,) = night.occurrences(night.starts_on, night.starts_on)
    assert one.hours == "22:00–24:00"
    assert one.begins.astimezone(datetime.UTC).hour == 14
    assert one.ends - one.begins == datetime.timedelta(hours=2)
    assert not one.is_over(one.ends - datetime.timedelta(minutes=1))
    assert one.is_over(one.ends)


def test_every_activity_of_a_window_is_found_and_no_other(street):
    rows = {
        "before": {"starts_on": D(2026, 2, 28)},
        "first day": {"starts_on": D(2026, 3, 1)},
        "last day": {"starts_on": D(2026, 3, 31)},
        "after": {"starts_on": D(2026, 4, 1)},
        "ended": {"starts_on": D(2026, 1, 1), "repeats": "daily", "until": D(2026, 2, 28)},
        "lasting": {"starts_on": D(2026, 1, 1), "repeats": "daily", "until": D(2026, 3, 1)},
        "for ever": {"starts_on": D(2020, 1, 1), "repeats": "monthly_on_day", "month_day": 5},
    }
    for title, fields in rows.items():
        make_activity(title, community=street, **fields)
    found = Activity.objects.between(*MARCH)
    assert {row.title for row in found} == {"first day", "last day", "lasting", "for ever"}
    at = datetime.datetime(2026, 3, 31, 23, 59, tzinfo=SHANGHAI)
    assert [row.title for row in Activity.objects.coming(at)] == ["for ever", "last day", "after"]
    assert {row.title for row in Activity.objects.past(at)} == {
        *("before", "first day", "ended", "lasting")
    }
    assert Activity.objects.get(title="for ever").last_on == FOREVER


def test_next_time_of_each_and_what_is_cancelled_before_it(weekly, street):
    weekly.changed_dates.create(on=D(2026, 3, 3))
    make_activity("讲座", community=street, starts_on=D(2026, 3, 5))
    make_activity(
        "已经办完", community=street, starts_on=D(2026, 3, 2), starts_at=T(8), ends_at=T(9)
    )
    at = datetime.datetime(2026, 3, 2, 12, tzinfo=SHANGHAI)
    found = Activity.objects.next_occurrences(5, at)
    assert [(one.activity.title, one.day.day, one.is_cancelled) for one in found] == [
        ("家门口的义诊", 3, True),
        ("讲座", 5, False),
        ("家门口的义诊", 10, False),
    ]


def test_next_time_after_a_long_pause_is_found(street):
    yearly = make_activity(
        community=street,
        starts_on=D(2026, 3, 3),
        repeats="monthly_on_day",
        month_day=3,
        every=12,
    )
    at = datetime.datetime(2026, 3, 4, tzinfo=SHANGHAI)
    assert [one.day for one in yearly.coming(at)] == [D(2027, 3, 3)]
    assert yearly.latest(at).day == D(2026, 3, 3)


def test_place_has_what_is_in_it_and_at_its_stations(street):
    inner = make_community("桂花社区", within=street)
    other = make_community("河西街道", within=street.parent, level="subdistrict")
    station = make_station(community=inner, kind=make_kind())
    rows = {
        "street": {"community": street},
        "inner": {"community": inner},
        "station": {"station": station},
        "other": {"community": other},
    }
    for title, place in rows.items():
        make_activity(title, **place)
    make_activity("hidden", community=street, is_public=False)

    def titles(activities):
        return {row.title for row in activities}

    assert titles(street.activities_within()) == {"street", "inner", "station"}
    assert titles(inner.activities_within()) == {"inner", "station"}
    assert titles(street.parent.activities_within()) == set(rows)
    assert titles(Activity.objects.at_station(station)) == {"station"}
    keeper = make_login("community_manager")
    inner.managers.add(keeper)
    assert titles(Activity.objects.managed_by(keeper)) == {"inner", "station"}
    assert titles(Activity.objects.seen_by(make_login("reporter"))) == {*rows, "hidden"}


def test_is_somewhere_and_in_one_place(street):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_activity()
    station = make_station(community=street, kind=make_kind())
    with pytest.raises(IntegrityError), transaction.atomic():
        make_activity(station=station, community=street)


def test_a_window_is_read_by_its_indexes(street):
    # PostgreSQL chooses by what there is: many that are over in a day, most of them later on.
    days = [MARCH[0] + datetime.timedelta(days=number) for number in range(600)]
    Activity.objects.bulk_create(
        Activity(
            title="义诊",
            community=street,
            starts_on=day,
            starts_at=T(9),
            ends_at=T(10),
            first_on=day,
            last_on=day,
        )
        for day in days
    )
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE communities_activity")
            # It would rather read so small a table whole.
            cursor.execute("SET LOCAL enable_seqscan = off")
    plan = Activity.objects.between(*MARCH).order_by().explain()
    assert "activity_by_day" in plan
    assert "activity_that_lasts" in plan
    assert "SCAN communities_activity" not in plan


def test_a_window_costs_two_queries_whatever_it_holds(street):
    for number in range(30):
        row = make_activity(f"第{number}项", community=street, repeats="weekly", weekdays="1")
        row.changed_dates.create(on=row.first_on)
    with CaptureQueriesContext(connection) as queries:
        found = Activity.objects.occurrences(D(2024, 3, 1), D(2024, 3, 31))
        assert {one.activity.where_in_words for one in found} == {"桥头街道"}
    assert len(found) == 30 * 4
    assert len(queries) == 2
