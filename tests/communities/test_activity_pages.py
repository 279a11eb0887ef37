"""The pages of activities: the calendar, an activity, what places and stories say of them."""

import datetime
import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import (
    HIDDEN,
    make_activity,
    make_article,
    make_community,
    make_district,
    make_kind,
    make_station,
)
from tests.reading import headlines, links, words

pytestmark = pytest.mark.django_db
CALENDAR = reverse("communities:activities")
D, T = datetime.date, datetime.time
MARCH = reverse("communities:month", args=[D(2026, 3, 1)])


@pytest.fixture(autouse=True)
def _on_tuesday(time_machine):
    """It is Tuesday, 3 March, noon."""
    time_machine.move_to(datetime.datetime(2026, 3, 3, 4, tzinfo=datetime.UTC))


@pytest.fixture
def street():
    return make_community("桥头街道", within=make_district(), level="subdistrict")


@pytest.fixture
def station(street):
    return make_station(
        community=street, kind=make_kind(), address="桂花路3号", longitude=117, latitude=31
    )


def read(client, address, **query):
    response = client.get(address, query)
    assert response.status_code == 200
    assert not response.cookies
    return response.content.decode()


def entries(html):
    """Return (day, title) of what a calendar shows."""
    days = re.split(r'<time datetime="', html.split('class="agenda')[1])[1:]
    return [
        (day[:10], title)
        for day in days
        for title in re.findall(r'class="what">.*?<span>(.*?)</span>', day)
    ]


def test_coming_weeks_begin_with_this_one(client, street):
    make_activity("昨天的", community=street, starts_on=D(2026, 3, 2))
    make_activity("上周的", community=street, starts_on=D(2026, 3, 1))
    make_activity(
        "每周的", community=street, starts_on=D(2026, 2, 5), repeats="weekly", weekdays="4"
    )
    make_activity("没公开", community=street, starts_on=D(2026, 3, 5), is_public=False)
    html = read(client, CALENDAR)
    assert entries(html) == [
        ("2026-03-02", "昨天的"),
        *((f"2026-03-{day:02}", "每周的") for day in (5, 12, 19, 26)),
        ("2026-04-02", "每周的"),
    ]
    assert "没公开" not in html


def test_month_has_its_days_and_leads_to_its_neighbours(client, street):
    make_activity("头一天", community=street, starts_on=D(2026, 3, 1))
    make_activity("末一天", community=street, starts_on=D(2026, 3, 31))
    make_activity("上个月", community=street, starts_on=D(2026, 2, 28))
    html = read(client, MARCH)
    assert entries(html) == [("2026-03-01", "头一天"), ("2026-03-31", "末一天")]
    assert 'class="from-7 ' in html  # 1 March 2026 is a Sunday
    assert [link for link in links(html) if re.fullmatch(r"/activities/\d{4}-\d{2}/", link)] == [
        *("/activities/2026-02/", "/activities/2026-03/", "/activities/2026-04/")
    ]


@pytest.mark.parametrize(
    "address",
    [
        *("/activities/2026-01/", "/activities/2027-04/", "/activities/2026-13/"),
        *("/activities/0000-01/", "/activities/9999-12/", "/activities/99999/"),
        *("/activities/?kind=none", "/activities/?community=none", "/activities/?community=%00"),
    ],
)
def test_month_place_or_kind_that_is_not_there_is_not_found(address, client, street):
    make_activity(community=street, starts_on=D(2026, 2, 28))
    assert client.get(address).status_code == 404


def test_place_and_kind_are_chosen_and_carried_on(client, street, station):
    other = make_community("河西街道", within=street.parent, level="subdistrict")
    make_activity("站里义诊", station=station, starts_on=D(2026, 3, 4))
    make_activity("街道讲座", community=street, kind="lecture", starts_on=D(2026, 3, 5))
    make_activity("别处义诊", community=other, starts_on=D(2026, 3, 6))
    assert entries(read(client, CALENDAR, community=street.slug)) == [
        ("2026-03-04", "站里义诊"),
        ("2026-03-05", "街道讲座"),
    ]
    html = read(client, MARCH, community=street.slug, kind="clinic")
    assert entries(html) == [("2026-03-04", "站里义诊")]
    assert "/activities/?community=qiao-tou-jie-dao&amp;kind=clinic" in html
    assert "/communities/qiao-tou-jie-dao/activities.ics" in html
    # The form sends what was left empty, too.
    assert entries(read(client, CALENDAR, community="", kind="lecture"))[0][1] == "街道讲座"


def test_calendar_says_what_is_cancelled_or_moved_and_keeps_long_days_short(client, street):
    weekly = make_activity(
        "量血压", community=street, starts_on=D(2026, 3, 4), repeats="weekly", weekdays="3"
    )
    weekly.changed_dates.create(on=D(2026, 3, 4))
    weekly.changed_dates.create(on=D(2026, 3, 11), moved_to=D(2026, 3, 12))
    make_activity(
        "整个取消",
        community=street,
        starts_on=D(2026, 3, 5),
        repeats="daily",
        is_cancelled=True,
        cancellation_notice="修路",
    )
    for number in range(6):
        make_activity(f"周六{number}", community=street, starts_on=D(2026, 3, 7))
    html = read(client, MARCH)
    assert "9:00–11:30 已取消 量血压" in words(html)
    assert "9:00–11:30 时间有变 量血压" in words(html)
    assert html.count("整个取消") == 1
    assert "还有2项" in words(html)


def test_nothing_announced_says_so(client, street):
    assert "这些天还没有活动预告" in read(client, CALENDAR)
    make_activity(community=street, starts_on=D(2026, 3, 5))
    assert "这些天没有这样的活动预告" in read(client, CALENDAR, kind="meeting")


def test_activity_says_all_a_resident_asks(client, station):
    row = make_activity(
        "手机小课",
        kind="lecture",
        station=station,
        spot="二楼",
        starts_on=D(2026, 3, 3),
        repeats="weekly",
        weekdays="2",
        count=4,
        description="第一行。\n\n第二行。",
        for_whom="60岁以上",
        places=10,
        sign_up="前台登记",
        phone="0000-5550101",
        organiser="桥头街道",
    )
    row.changed_dates.create(on=D(2026, 3, 10), note="停一次")
    row.changed_dates.create(on=D(2026, 3, 17), moved_to=D(2026, 3, 18), note="改到周三")
    html = read(client, row.get_absolute_url())
    text = words(html)
    # At noon today's is over, and next week's is cancelled.
    assert "下一次： 2026年3月18日 周三 9:00–11:30" in text
    for said in (
        *("第一行。", "每周二，共4次 9:00–11:30", "桂花驿站 二楼", "桂花路3号", "60岁以上"),
        *("名额 10", "前台登记", "费用 免费", "主办 桥头街道", "停一次", "原定3月17日", "改到周三"),
    ):
        assert said in text, said
    assert {"tel:0000-5550101", f"/activities/{row.pk}.ics", station.get_absolute_url()} <= set(
        links(html)
    )
    assert "uri.amap.com" in html


def test_activity_is_told_to_machines_whatever_stands_in_it(client, station):
    row = make_activity(
        '</script><b>"义诊"&',
        station=station,
        starts_on=D(2026, 3, 5),
        organiser="桥头街道",
        places=30,
        cost="5元",
    )
    html = read(client, row.get_absolute_url())
    assert "<b>" not in html
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    (event,) = [one for one in map(json.loads, blocks) if one["@type"] == "Event"]
    assert event == {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": '</script><b>"义诊"&',
        "url": f"http://testserver/activities/{row.pk}/",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "eventStatus": "https://schema.org/EventScheduled",
        "startDate": "2026-03-05T09:00+08:00",
        "endDate": "2026-03-05T11:30+08:00",
        "isAccessibleForFree": False,
        "maximumAttendeeCapacity": 30,
        "organizer": {"@type": "Organization", "name": "桥头街道"},
        "location": {
            "@type": "Place",
            "name": "桂花驿站",
            "address": {
                "@type": "PostalAddress",
                "streetAddress": "桂花路3号",
                "addressLocality": "桥头街道",
                "addressRegion": "青禾区",
                "addressCountry": "CN",
            },
        },
    }


@pytest.mark.parametrize(
    ("fields", "said", "status"),
    [
        (
            {"is_cancelled": True, "cancellation_notice": "下大雨"},
            "已取消 下大雨",
            "EventCancelled",
        ),
        ({"starts_on": D(2026, 2, 24)}, "已经结束： 2026年2月24日 周二", "EventScheduled"),
    ],
)
def test_activity_that_is_off_or_over_says_so(fields, said, status, client, street):
    row = make_activity(community=street, **{"starts_on": D(2026, 3, 5), **fields})
    html = read(client, row.get_absolute_url())
    assert said in words(html)
    assert status in html
    assert f"/activities/{row.pk}.ics" not in links(html)


def test_activity_that_is_not_public_is_not_found(client, street):
    row = make_activity(community=street, is_public=False)
    assert client.get(row.get_absolute_url()).status_code == 404


def test_past_activity_shows_its_stories_and_they_lead_to_it(client, street):
    row = make_activity("演练", community=street, starts_on=D(2024, 3, 1))
    hidden = make_activity("没公开的活动", community=street, is_public=False)
    story = make_article("一栋楼练一回")
    story.activities.add(row, hidden)
    make_article("别的稿子")
    for why, fields in HIDDEN.items():
        make_article(f"不该登的{why}", **fields).activities.add(row)
    assert headlines(read(client, row.get_absolute_url())) == ["一栋楼练一回"]
    html = read(client, story.get_absolute_url())
    assert row.get_absolute_url() in links(html)
    assert "没公开的活动" not in html


def test_places_show_what_is_next_at_them(client, street, station):
    inner = make_community("桂花社区", within=street)
    make_activity("站里的", station=station, starts_on=D(2026, 3, 6))
    make_activity("里面的", community=inner, starts_on=D(2026, 3, 5))
    make_activity("没公开的", community=inner, starts_on=D(2026, 3, 5), is_public=False)
    html = read(client, street.get_absolute_url())
    assert re.findall(r"里面的|站里的|没公开的", html.split('class="occurrences"')[1]) == [
        *("里面的", "站里的")
    ]
    assert "3月5日 周四 9:00–11:30" in words(html)
    html = read(client, station.get_absolute_url())
    assert "站里的" in html
    assert "里面的" not in html
    assert f"webcal://testserver/stations/{station.slug}/activities.ics" in links(html)


def test_queries_do_not_grow_with_activities(client, street, station):
    def counts():
        found = []
        for address in (
            *(CALENDAR, MARCH, one.get_absolute_url()),
            *(street.get_absolute_url(), station.get_absolute_url()),
        ):
            with CaptureQueriesContext(connection) as queries:
                read(client, address)
            found.append(len(queries))
        return found

    one = make_activity(station=station, starts_on=D(2026, 3, 5), repeats="weekly", weekdays="4")
    make_article().activities.add(one)
    few = counts()
    assert few[:3] == [5, 5, 5]
    for number in range(30):
        place = {"station": station} if number % 2 else {"community": street}
        row = make_activity(
            f"第{number}项", **place, starts_on=D(2026, 3, 4), repeats="weekly", weekdays="36"
        )
        row.changed_dates.create(on=D(2026, 3, 7))
        make_article(f"稿{number}").activities.add(one)
    assert counts() == few
