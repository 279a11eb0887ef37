"""When stations are open: one table of moments, asked of the rows and of the database."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from communities import hours_text, opening
from communities.models import Holiday, OpeningHours, ServiceStation, SpecialDay
from communities.templatetags.hours import unbroken
from tests.factories import make_community, make_district, make_kind, make_station
from tests.newsroom import as_shown, client_of, errors_of, make_login, with_row
from tests.reading import tight, words

pytestmark = pytest.mark.django_db

ZONE = ZoneInfo("Asia/Shanghai")
# 2026-03-02 is a Monday.
MONDAY = datetime.date(2026, 3, 2)
THIS_WEEK = ("2026-03-02", "2026-03-08")


def at(text: str) -> datetime.datetime:
    """Read "3-02 8:30" as a moment of 2026."""
    day, _blank, time = text.partition(" ")
    month, date = day.split("-")
    hour, minute = time.split(":")
    return datetime.datetime(2026, int(month), int(date), int(hour), int(minute), tzinfo=ZONE)


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


@pytest.fixture
def street():
    return make_community("桥头街道", within=make_district(), level="subdistrict")


def make_open(street, text="Mo-Fr 08:30-12:00,14:00-17:30", name="桂花驿站", **fields):
    kind = fields.pop("kind", None) or make_kind(f"{name}类")
    station = make_station(name, community=street, kind=kind, **fields)
    for row in hours_text.read(text).rows(station):
        row.save()
    return station


def special(station, first, last="", span="", note=""):
    opens, _dash, closes = span.partition("-")
    return SpecialDay.objects.create(
        station=station,
        first_on=day(first),
        last_on=day(last or first),
        opens_at=opens or None,
        closes_at=closes or None,
        note=note,
    )


def holiday(name, first, last="", **fields):
    return Holiday.objects.create(
        name=name, first_on=day(first), last_on=day(last or first), **fields
    )


# Moments, and whether the station is open then.
PLAIN = {
    "3-02 8:29": False,
    "3-02 8:30": True,
    "3-02 11:59": True,
    "3-02 12:00": False,
    "3-02 13:00": False,
    "3-02 14:00": True,
    "3-02 17:30": False,
    "3-07 9:00": False,
}
CASES = {
    "a week with a break": (lambda s: None, PLAIN),
    "closed on a special day": (
        lambda s: special(s, "2026-03-03"),
        {"3-02 9:00": True, "3-03 9:00": False, "3-04 9:00": True},
    ),
    "other hours on a special day": (
        lambda s: special(s, "2026-03-03", "2026-03-04", "13:00-15:00"),
        {"3-03 9:00": False, "3-03 13:30": True, "3-04 13:30": True, "3-04 15:00": False},
    ),
    "closed for days but for one": (
        lambda s: [
            special(s, "2026-03-02", "2026-03-06"),
            special(s, "2026-03-04", span="9:00-10:00"),
        ],
        {"3-03 9:30": False, "3-04 9:30": True, "3-04 14:30": False},
    ),
    "open on a Saturday for once": (
        lambda s: special(s, "2026-03-07", span="9:00-0:00"),
        {"3-07 8:59": False, "3-07 23:59": True, "3-08 0:00": False},
    ),
    "closed on holidays": (
        lambda s: holiday("节", "2026-03-03", "2026-03-04"),
        {"3-02 9:00": True, "3-03 9:00": False, "3-04 9:00": False, "3-05 9:00": True},
    ),
    "holidays as any day": (
        lambda s: [
            ServiceStation.objects.filter(pk=s.pk).update(on_holidays="usual"),
            holiday("节", "2026-03-03"),
        ],
        {"3-03 9:00": True, "3-03 13:00": False},
    ),
    "own hours on holidays": (
        lambda s: [
            OpeningHours.objects.create(station=s, weekday=7, opens_at="10:00", closes_at="11:00"),
            holiday("节", "2026-03-03"),
        ],
        {"3-03 9:00": False, "3-03 10:30": True, "3-04 9:00": True},
    ),
    "a Saturday worked in exchange": (
        lambda s: holiday("节", "2026-03-07", is_worked=True),
        {"3-07 9:00": True, "3-07 13:00": False, "3-08 9:00": False},
    ),
    "a special day on a holiday": (
        lambda s: [holiday("节", "2026-03-03"), special(s, "2026-03-03", span="9:00-10:00")],
        {"3-03 9:30": True, "3-03 10:30": False},
    ),
    "closed for repair": (
        lambda s: ServiceStation.objects.filter(pk=s.pk).update(
            closed_from=day("2026-03-03"), closed_until=day("2026-03-04")
        ),
        {"3-02 9:00": True, "3-03 9:00": False, "3-04 9:00": False, "3-05 9:00": True},
    ),
    "closed until further notice, whatever a special day says": (
        lambda s: [
            ServiceStation.objects.filter(pk=s.pk).update(closed_from=day("2026-03-03")),
            special(s, "2026-03-05", span="9:00-10:00"),
        ],
        {"3-02 9:00": True, "3-05 9:30": False},
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_rows_and_database_agree_on_what_is_open(case, street):
    station = make_open(street)
    prepare, moments = CASES[case]
    prepare(station)
    station = ServiceStation.objects.with_details(MONDAY).get()
    calendar = Holiday.objects.calendar(MONDAY, MONDAY + datetime.timedelta(days=14))
    for text, expected in moments.items():
        moment = at(text)
        asked = ServiceStation.objects.open_at(moment).exists()
        standing = opening.standing(station, moment, calendar)
        assert (asked, opening.is_open(station, moment, calendar), standing.is_open) == (
            expected,
            expected,
            expected,
        ), text


def test_open_all_day_and_night(street):
    make_open(street, "24/7", on_holidays="usual")
    for text in ("3-02 0:00", "3-02 23:59", "3-08 3:00"):
        assert ServiceStation.objects.open_at(at(text)).exists()


def test_moment_counts_by_the_newsrooms_clocks(street):
    make_open(street)
    in_utc = at("3-02 9:00").astimezone(datetime.UTC)
    assert in_utc.hour == 1
    assert ServiceStation.objects.open_at(in_utc).exists()


@pytest.mark.parametrize("count", [1, 3, 30])
def test_what_is_open_takes_two_queries_and_telling_so_one(count, street):
    kind = make_kind()
    for n in range(count):
        make_open(street, name=f"第{n}驿站", kind=kind)
    with CaptureQueriesContext(connection) as queries:
        stations = list(ServiceStation.objects.open_at(at("3-02 9:00")))
    assert (len(stations), len(queries)) == (count, 2)
    stations = list(ServiceStation.objects.with_details(MONDAY))
    with CaptureQueriesContext(connection) as queries:
        opening.tell(stations, at("3-02 9:00"))
    assert len(queries) == 1
    assert {station.standing.words for station in stations} == {"开放中，12:00关门"}


WEEK = "Mo-Fr 08:30-12:00,14:00-17:30"
SAID = [
    (WEEK, {}, "3-02 9:00", "开放中，12:00关门"),
    (WEEK, {}, "3-02 7:00", "8:30开门"),
    (WEEK, {}, "3-02 12:30", "14:00开门"),
    (WEEK, {}, "3-02 18:00", "今天已关门，明天8:30开门"),
    (WEEK, {}, "3-06 18:00", "今天已关门，周一8:30开门"),
    (WEEK, {}, "3-07 9:00", "今天不开放，周一8:30开门"),
    (WEEK, {"closed_from": MONDAY}, "3-03 9:00", "维修关闭"),
    ("24/7", {"on_holidays": "usual"}, "3-02 9:00", "昼夜开放"),
    ("Mo-Su 18:00-24:00", {}, "3-02 19:00", "开放中，24:00关门"),
    ("Mo 18:00-24:00; Tu 00:00-02:00", {}, "3-02 19:00", "开放中，明天2:00关门"),
    ("2026 Mar 20 09:00-10:00", {}, "3-02 19:00", None),
    ("2026 Mar 2 09:00-10:00", {}, "3-02 19:00", "今天已关门"),
    (f'{WEEK}; 2026 Mar 3-9 off "盘点"', {}, "3-03 9:00", "今天不开放（盘点），3月10日8:30开门"),
]


@pytest.mark.parametrize(("text", "fields", "moment", "said"), SAID)
def test_standing_in_words(text, fields, moment, said, street):
    make_open(street, text, **fields)
    stations = opening.tell(ServiceStation.objects.with_details(MONDAY), at(moment))
    with translation.override("zh-hans"):
        assert (stations[0].standing and stations[0].standing.words) == said


def test_holiday_is_named_as_the_reason(street):
    make_open(street)
    holiday("国庆节", "2026-03-02", "2026-03-03")
    station = opening.tell(ServiceStation.objects.with_details(MONDAY), at("3-02 9:00"))[0]
    assert station.standing.words == "今天不开放（国庆节），周三8:30开门"


def test_page_of_a_station_shows_its_week_and_what_differs(street, client, time_machine):
    time_machine.move_to(at("3-03 9:00"))
    station = make_open(street, f"{WEEK}; PH off")
    special(station, "2026-03-05", span="9:00-10:00", note="年终盘点")
    special(station, "2026-02-05", note="早过去了")
    ServiceStation.objects.update(closed_from=day("2026-03-10"), closure_notice="去对面的驿站")
    html = client.get(station.get_absolute_url()).content.decode()
    shown = words(html)
    assert "开放中，12:00关门" in shown
    assert '<tr class="today" aria-current="date">' in html
    assert "周二今天8:30–12:00、14:00–17:30" in tight(html)
    assert "节假日 不开放" in shown
    assert "2026年3月5日 9:00–10:00 年终盘点" in shown
    assert "早过去了" not in shown
    assert "维修关闭 2026年3月10日 至另行通知 去对面的驿站" in shown


# The standard syntax


@pytest.mark.parametrize(
    "text",
    [
        "Mo-Fr 08:30-12:00,14:00-17:30; Sa 09:00-12:00; PH off",
        "Mo,We,Fr 08:30-12:00; Tu,Th 08:30-20:30",
        "Mo-Su 00:00-24:00",
        "Tu-Su 09:00-11:30; PH 10:00-12:00",
        'Mo 09:00-10:00; 2026 Mar 03 off "盘点"; 2026 Mar 05-2026 Mar 07 09:00-10:00,11:00-12:00',
        "2026 Dec 30-2027 Jan 02 off",
        "",
    ],
)
def test_standard_text_is_written_as_it_was_read(text, street):
    closed = hours_text.read(text).closed_on_holidays
    station = make_open(street, text, on_holidays="closed" if closed else "usual")
    assert hours_text.written(station) == text


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("24/7", "Mo-Su 00:00-24:00"),
        ("08:30-12:00", "Mo-Su 08:30-12:00"),
        ("Mo - Fr  8:30 - 12:00 , 14:00-17:30", "Mo-Fr 08:30-12:00,14:00-17:30"),
        ("Sa-Mo 09:00-10:00", "Mo,Sa-Su 09:00-10:00"),
        ("Mo-Fr 08:00-12:00; We closed", "Mo-Tu,Th-Fr 08:00-12:00"),
        ("2026 Mar 3-5: off", "2026 Mar 03-2026 Mar 05 off"),
        (
            'Mo 09:00-10:00; 2026 Mar 3 off "甲；乙;丙"',
            'Mo 09:00-10:00; 2026 Mar 03 off "甲；乙;丙"',
        ),
    ],
)
def test_other_ways_of_writing_are_understood(text, same, street):
    station = make_open(street, text, on_holidays="usual")
    assert hours_text.written(station) == same


@pytest.mark.parametrize(
    "text",
    [
        "Mo-Fr sunrise-sunset",
        "Mo[1] 09:00-10:00",
        "week 1-10 Mo 09:00-10:00",
        "Mo-Fr 08:30+",
        "Mo-Fr 25:00-26:00",
        "Mo-Fr 20:00-02:00",
        "Mo-PH 08:00-09:00",
        "Xx 08:00-09:00",
        "2026 Feb 30 off",
        "2026 Mar 9-3 off",
        "周一到周五",
    ],
)
def test_what_a_station_cannot_keep_is_refused_with_its_place(text):
    with pytest.raises(ValidationError) as refused:
        hours_text.read(f"Sa 09:00-10:00; {text}")
    assert refused.value.code == "opening_hours"
    assert refused.value.params["rule"] == text


def test_closure_is_written_too(street):
    fields = {"closed_from": day("2026-03-10"), "closure_notice": "维修", "on_holidays": "usual"}
    station = make_open(street, "Mo 09:00-10:00", **fields)
    assert hours_text.written(station) == 'Mo 09:00-10:00; 2026 Mar 10+ off "维修"'
    station.closed_until = day("2026-03-12")
    assert hours_text.written(station).endswith('; 2026 Mar 10-2026 Mar 12 off "维修"')


# In the newsroom

ADD = reverse("admin:communities_servicestation_add")


@pytest.fixture
def sent(street):
    client = client_of(make_login("administrator"))
    fields = {"name": "渡口驿站", "kind": make_kind().pk, "community": street.pk}
    return client, as_shown(client.get(ADD)) | fields


def test_special_days_are_entered_with_the_station(sent):
    client, form = sent
    form = with_row(form, "special_days", first_on="2026-03-05", note="盘点")
    form = with_row(
        form,
        "special_days",
        first_on="2026-03-06",
        last_on="2026-03-08",
        opens_at="09:00",
        closes_at="12:00",
    )
    response = client.post(ADD, form)
    assert response.status_code == 302, errors_of(response)
    station = ServiceStation.objects.get()
    assert [str(row) for row in station.special_days.all()] == [
        "2026-03-05 不开放",
        "2026-03-06 9:00–12:00",
    ]
    assert station.special_days.first().last_on == day("2026-03-05")


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ({"first_on": "2026-03-05", "last_on": "2026-03-04"}, "last_on"),
        ({"first_on": "2026-03-05", "opens_at": "09:00"}, "closes_at"),
        ({"first_on": "2026-03-05", "opens_at": "09:00", "closes_at": "08:00"}, "closes_at"),
        ({"note": "盘点"}, "first_on"),
    ],
)
def test_wrong_special_days_are_refused_at_the_field(row, field, sent):
    client, form = sent
    page = client.post(ADD, with_row(form, "special_days", **row))
    assert list(errors_of(page)) == [f"special_days-0-{field}"]
    assert not ServiceStation.objects.exists()


def test_hours_that_run_at_once_are_refused_at_the_later(sent):
    client, form = sent
    for opens, closes in (("14:00", "17:00"), ("08:00", "14:30")):
        form = with_row(form, "hours", weekday=0, opens_at=opens, closes_at=closes)
    page = client.post(ADD, form)
    assert errors_of(page) == {"hours-0-opens_at": ["这之前的时段到14:30才结束。"]}


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"closed_from": "2026-03-05", "closed_until": "2026-03-04"}, "closed_until"),
        ({"closed_until": "2026-03-04"}, "closed_from"),
        ({"closure_notice": "维修"}, "closed_from"),
    ],
)
def test_wrong_closures_are_refused_at_the_field(fields, field, sent):
    client, form = sent
    page = client.post(ADD, form | fields)
    assert list(errors_of(page)) == [field]


def test_holidays_do_not_overlap():
    client = client_of(make_login("administrator"))
    add = reverse("admin:communities_holiday_add")
    holiday("国庆节", "2026-10-01", "2026-10-08")
    form = as_shown(client.get(add)) | {"name": "中秋节", "first_on": "2026-10-08"}
    page = client.post(add, form | {"last_on": "2026-10-09"})
    assert errors_of(page) == {"first_on": ["这几天已经是国庆节。"]}
    assert (
        client.post(add, form | {"first_on": "2026-10-09", "last_on": "2026-10-10"}).status_code
        == 302
    )


@pytest.mark.parametrize("week", [THIS_WEEK])
def test_calendar_holds_every_day_of_a_holiday_within_its_bounds(week):
    row = holiday("节", "2026-03-07", "2026-03-10")
    assert Holiday.objects.calendar(*map(day, week)) == {
        day("2026-03-07"): row,
        day("2026-03-08"): row,
    }


def test_hours_break_between_spans_and_are_escaped():
    assert unbroken("8:30–12:00、14:00–17:30") == (
        '<span class="span">8:30–12:00</span>、<span class="span">14:00–17:30</span>'
    )
    assert unbroken("<b>") == "&lt;b&gt;"
