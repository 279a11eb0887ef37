"""Calendars that phones subscribe to, read back as a calendar program reads them."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from icalendar import Calendar

from tests.factories import make_activity, make_community, make_district, make_kind, make_station

pytestmark = pytest.mark.django_db
SHANGHAI = ZoneInfo("Asia/Shanghai")
D = datetime.date


@pytest.fixture(autouse=True)
def _in_march(time_machine):
    time_machine.move_to(datetime.datetime(2026, 3, 1, 4, tzinfo=datetime.UTC))


@pytest.fixture
def street():
    return make_community("桥头街道", within=make_district(), level="subdistrict")


def read(client, address):
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert max(len(line) for line in response.content.split(b"\r\n")) <= 75
    return Calendar.from_ical(response.content)


def titles(client, name, *args):
    return {
        str(one["SUMMARY"])
        for one in read(client, reverse(f"communities:{name}", args=args)).events
    }


def at(day, hour, minute=0):
    return datetime.datetime(day.year, day.month, day.day, hour, minute, tzinfo=SHANGHAI)


def test_activity_with_its_repetition_and_changes(client, street):
    station = make_station(community=street, kind=make_kind(), address="桂花路3号")
    row = make_activity(
        "量血压; 测血糖, 都来",
        station=station,
        spot="二楼",
        # The Saturday before: the first Tuesday comes after it.
        starts_on=D(2026, 2, 28),
        repeats="weekly",
        weekdays="24",
        every=2,
        until=D(2026, 4, 30),
        description="空腹来。\n带上小本子。",
        for_whom="老人",
        phone="0000-5550101",
    )
    days = row.dates(D(2026, 1, 1), D(2026, 12, 31))
    row.changed_dates.create(on=days[1], note="停一次")
    row.changed_dates.create(on=days[2], moved_to=days[2], starts_at=datetime.time(14))
    row.save()
    calendar = read(client, reverse("communities:activity_calendar", args=[row.pk]))
    master, moved = calendar.events
    assert str(master["SUMMARY"]) == "量血压; 测血糖, 都来"
    assert master.decoded("dtstart") == at(days[0], 9)
    assert master.decoded("dtend") == at(days[0], 11, 30)
    assert master["DTSTART"].params["TZID"] == "Asia/Shanghai"
    assert master["RRULE"]["BYDAY"] == ["TU", "TH"]
    assert (master["RRULE"]["FREQ"], master["RRULE"]["INTERVAL"]) == (["WEEKLY"], [2])
    assert master["RRULE"]["UNTIL"] == [at(D(2026, 4, 30), 9).astimezone(datetime.UTC)]
    assert [one.dt for one in master["EXDATE"].dts] == [at(days[1], 9)]
    assert moved.decoded("recurrence-id") == at(days[2], 9)
    assert moved.decoded("dtstart") == at(days[2], 14)
    assert moved["UID"] == master["UID"]
    assert master["LOCATION"] == "桂花驿站 二楼（桂花路3号）"
    assert str(master["DESCRIPTION"]).splitlines() == [
        *("空腹来。", "带上小本子。", "面向：老人", "费用：免费")
    ]
    assert master["URL"] == f"http://testserver{row.get_absolute_url()}"
    assert (master["STATUS"], master["SEQUENCE"], "GEO" in master) == ("CONFIRMED", 1, False)
    assert master.decoded("last-modified") == row.updated_at.replace(microsecond=0)
    (zone,) = calendar.timezones
    assert zone.tz_name == "Asia/Shanghai"
    (standard,) = zone.standard
    assert datetime.timedelta(hours=8) == standard.TZOFFSETTO
    assert calendar["REFRESH-INTERVAL"].params["VALUE"] == "DURATION"


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"repeats": "daily", "count": 5}, "FREQ=DAILY;COUNT=5;WKST=MO"),
        (
            {"repeats": "monthly_on_weekday", "weekdays": "5", "nth": -1},
            "FREQ=MONTHLY;BYDAY=-1FR;WKST=MO",
        ),
        (
            {"repeats": "monthly_on_day", "month_day": -1, "every": 3},
            "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1;WKST=MO",
        ),
    ],
)
def test_rules_are_those_the_days_were_reckoned_by(fields, rule, client, street):
    row = make_activity(community=street, starts_on=D(2026, 3, 3), **fields)
    (event,) = read(client, reverse("communities:activity_calendar", args=[row.pk])).events
    assert event["RRULE"].to_ical().decode() == rule
    assert event.decoded("dtstart") == at(row.first_on, 9)


def test_activity_that_is_cancelled_says_so_and_stays_the_same(client, street):
    row = make_activity(community=street, starts_on=D(2026, 3, 3))
    address = reverse("communities:activity_calendar", args=[row.pk])
    (before,) = read(client, address).events
    row.is_cancelled, row.cancellation_notice = True, "下大雨"
    row.save()
    (after,) = read(client, address).events
    assert (after["STATUS"], after["UID"]) == ("CANCELLED", before["UID"])
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert "下大雨" in after["DESCRIPTION"]


def test_calendars_hold_their_place_and_three_months_of_what_is_past(client, street):
    inner = make_community("桂花社区", within=street)
    station = make_station(community=inner, kind=make_kind())
    make_activity("街道的", community=street, starts_on=D(2026, 3, 8))
    make_activity("社区的", community=inner, starts_on=D(2026, 12, 30))
    make_activity("站里的", station=station, starts_on=D(2025, 12, 1))
    make_activity("太久以前的", station=station, starts_on=D(2025, 11, 28))
    make_activity("还没公开的", station=station, starts_on=D(2026, 3, 8), is_public=False)
    assert titles(client, "calendar") == {"街道的", "社区的", "站里的"}
    assert titles(client, "community_calendar", street.slug) == {"街道的", "社区的", "站里的"}
    assert titles(client, "community_calendar", inner.slug) == {"社区的", "站里的"}
    assert titles(client, "station_calendar", station.slug) == {"站里的"}


def test_calendar_asked_again_says_when_nothing_has_changed(
    client, street, django_assert_num_queries
):
    rows = [make_activity(f"第{n}项", community=street, starts_on=D(2026, 3, 9)) for n in range(5)]
    address = reverse("communities:calendar")
    with django_assert_num_queries(3):
        etag = client.get(address)["ETag"]
    with django_assert_num_queries(1):
        assert client.get(address, headers={"If-None-Match": etag}).status_code == 304
    for change in (
        lambda: rows[0].changed_dates.create(on=D(2026, 3, 9)) and rows[0].save(),
        lambda: rows[1].delete(),
        lambda: type(street).objects.update(name="改了名的街道"),
    ):
        change()
        fresh = client.get(address, headers={"If-None-Match": etag})
        assert fresh.status_code == 200
        assert fresh["ETag"] != etag
        etag = fresh["ETag"]


def test_calendar_of_nothing_is_a_calendar_and_of_no_place_is_not_found(client, street):
    assert read(client, reverse("communities:calendar")).events == []
    hidden = make_activity(community=street, is_public=False)
    for name, key in (
        ("community_calendar", "none"),
        ("station_calendar", "none"),
        ("activity_calendar", 99999),
        ("activity_calendar", hidden.pk),
    ):
        assert client.get(reverse(f"communities:{name}", args=[key])).status_code == 404
