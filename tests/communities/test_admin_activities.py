"""Activities in the admin: who keeps which, and what the form says to bad input."""

import datetime

import pytest
from django.urls import reverse

from communities.models import Activity
from tests.factories import make_activity, make_community, make_district, make_kind, make_station
from tests.newsroom import as_shown, client_of, errors_of, make_login, with_row

pytestmark = pytest.mark.django_db
ADD = reverse("admin:communities_activity_add")
LIST = reverse("admin:communities_activity_changelist")
D = datetime.date


@pytest.fixture
def street():
    return make_community("桥头街道", within=make_district(), level="subdistrict")


@pytest.fixture
def station(street):
    return make_station(community=street, kind=make_kind())


@pytest.fixture
def keeper(street):
    login = make_login("community_manager")
    street.managers.add(login)
    return login


@pytest.fixture
def newsroom(keeper):
    return client_of(keeper)


def change(row):
    return reverse("admin:communities_activity_change", args=[row.pk])


def filled(client, **values):
    """Return the form for a new activity, filled in."""
    sent = as_shown(client.get(ADD))
    usual = {
        "title": "家门口的义诊",
        "kind": "clinic",
        "starts_on": "2026-03-03",
        "starts_at": "09:00",
        "ends_at": "11:30",
    }
    return sent | usual | values


def test_keeper_files_an_activity_with_a_date_that_is_cancelled(newsroom, keeper, station):
    sent = filled(
        newsroom,
        station=station.pk,
        repeats="weekly",
        weekdays=["2", "4"],
        every="",
        until="2026-03-31",
    )
    sent = with_row(sent, "changed_dates", on="2026-03-10", note="停一次")
    sent = with_row(sent, "changed_dates", on="2026-03-31", moved_to="2026-04-02")
    response = newsroom.post(ADD, sent)
    assert response.status_code == 302, errors_of(response)
    row = Activity.objects.get()
    assert (row.weekdays, row.every, row.filed_by) == ("24", 1, keeper)
    assert (row.first_on, row.last_on) == (D(2026, 3, 3), D(2026, 4, 2))
    assert row.changed_dates.count() == 2
    # Saved as it is shown, it stays what it is.
    again = newsroom.post(change(row), as_shown(newsroom.get(change(row))))
    assert again.status_code == 302, errors_of(again)
    row.refresh_from_db()
    assert (row.weekdays, row.until, row.last_on) == ("24", D(2026, 3, 31), D(2026, 4, 2))


BAD = {
    "nowhere": ({}, {"station": ["请填在哪个站点或哪个社区。"]}),
    "end before start": ({"ends_at": "08:59"}, {"ends_at": ["结束时间要晚于开始时间。"]}),
    "no weekday": ({"repeats": "weekly"}, {"weekdays": ["请选星期几。"]}),
    "no such weekday": (
        {"repeats": "weekly", "weekdays": ["8"]},
        {"weekdays": ["选择一个有效的选项。 8 不在可用的选项中。"]},
    ),
    "count and until": (
        {"repeats": "daily", "count": "3", "until": "2026-04-01"},
        {"count": ["截止日期和次数，只填一个。"]},
    ),
    "until before start": (
        {"repeats": "daily", "until": "2026-03-02"},
        {"until": ["结束日期早于开始日期。"]},
    ),
    "never": (
        {"repeats": "weekly", "weekdays": ["1"], "until": "2026-03-04"},
        {"until": ["这样填，活动一次也办不成。请核对日子和截止日期。"]},
    ),
    "several at once": (
        {"ends_at": "08:00", "repeats": "monthly_on_weekday", "weekdays": ["2"]},
        {"ends_at": None, "nth": ["请选每月第几个。"]},
    ),
    "year typed wrongly": ({"starts_on": "0206-03-03"}, {"starts_on": None}),
    "no hour": ({"starts_at": ""}, {"starts_at": None}),
    "every zero": ({"repeats": "daily", "every": "0"}, {"every": None}),
    "places below one": ({"places": "0"}, {"places": None}),
    "places beyond counting": ({"places": "9" * 20}, {"places": None}),
    "cancelled without a word": (
        {"is_cancelled": "on"},
        {"cancellation_notice": ["请写明取消的原因。"]},
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_answered_at_its_field_and_comes_back(name, newsroom, station):
    values, expected = BAD[name]
    place = {} if name == "nowhere" else {"station": station.pk}
    sent = filled(newsroom, **place, **values)
    page = newsroom.post(ADD, sent)
    assert page.status_code == 200
    found = errors_of(page)
    assert set(found) == set(expected)
    for field, messages in expected.items():
        assert messages in (None, found[field])
    typed = as_shown(page)
    for field in ("title", "starts_on", "ends_at", *values):
        shown = typed.get(field, "")
        assert (shown[0] if shown == [sent[field]] else shown) == sent[field], field
    assert Activity.objects.count() == 0


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (
            {"on": "2026-03-11"},
            {"changed_dates-0-on": ["活动本来就不在这一天；最近的一次是3月10日。"]},
        ),
        ({"on": "2026-03-10", "starts_at": "10:00"}, {"changed_dates-0-moved_to": None}),
        (
            {"on": "2026-03-10", "moved_to": "2026-03-11", "ends_at": "10:00"},
            {"changed_dates-0-starts_at": ["开始时间也要填。"]},
        ),
        (
            {
                "on": "2026-03-10",
                "moved_to": "2026-03-11",
                "starts_at": "10:00",
                "ends_at": "09:00",
            },
            {"changed_dates-0-ends_at": ["结束时间要晚于开始时间。"]},
        ),
        ({"on": "10.3."}, {"changed_dates-0-on": None}),
    ],
)
def test_change_of_a_date_is_checked_at_its_field(row, expected, newsroom, station):
    sent = filled(newsroom, station=station.pk, repeats="weekly", weekdays=["2"])
    page = newsroom.post(ADD, with_row(sent, "changed_dates", **row))
    found = errors_of(page)
    assert list(found) == list(expected)
    for field, messages in expected.items():
        assert messages in (None, found[field])


def test_single_day_has_no_changed_dates_and_none_is_changed_twice(newsroom, station):
    sent = filled(newsroom, station=station.pk)
    page = newsroom.post(ADD, with_row(sent, "changed_dates", on="2026-03-03"))
    assert errors_of(page) == {"changed_dates-0-on": ["只办一次的活动，直接改上面的日期就行。"]}
    sent = filled(newsroom, station=station.pk, repeats="daily")
    for _number in range(2):
        sent = with_row(sent, "changed_dates", on="2026-03-10")
    page = newsroom.post(ADD, sent)
    assert errors_of(page) == {"changed_dates-1-on": ["这一天上面已经改过了。"]}


def test_station_decides_where_it_is(newsroom, station, street):
    other = make_community("桂花社区", within=street)
    page = newsroom.post(ADD, filled(newsroom, station=station.pk, community=other.pk))
    assert errors_of(page) == {"community": ["桂花驿站在桥头街道。站点和社区只留一个。"]}
    sent = filled(newsroom, station=station.pk, community=street.pk)
    assert newsroom.post(ADD, sent).status_code == 302
    assert Activity.objects.get().community is None


def test_keeper_sees_and_changes_the_activities_of_their_places_alone(newsroom, station, street):
    elsewhere = make_community("河西街道", within=street.parent, level="subdistrict")
    mine = make_activity("站里的", station=station)
    other = make_activity("别处的", community=elsewhere)
    shown = newsroom.get(LIST).content.decode()
    assert "站里的" in shown
    assert "别处的" not in shown
    for page in ("change", "delete", "history"):
        address = reverse(f"admin:communities_activity_{page}", args=[other.pk])
        assert newsroom.get(address).status_code in (302, 403), page
        assert newsroom.post(address, {"post": "yes"}).status_code in (302, 403), page
    picked = {"action": "delete_selected", "_selected_action": [mine.pk, other.pk], "post": "yes"}
    newsroom.post(LIST, picked)
    assert set(Activity.objects.all()) == {other}
    sent = filled(newsroom, community=elsewhere.pk)
    assert list(errors_of(newsroom.post(ADD, sent))) == ["community"]


def test_list_says_when_and_how_often(newsroom, station):
    make_activity(
        "量血压", station=station, starts_on=D(2026, 3, 3), repeats="weekly", weekdays="2"
    )
    make_activity("筹备中", station=station, starts_on=D(2026, 3, 3), is_public=False)
    shown = newsroom.get(LIST).content.decode()
    assert "2026-03-03 9:00–11:30，每周二" in shown
    assert "还不公开" in shown


def test_story_names_its_activities(station):
    row = make_activity("量血压", station=station)
    reporter = client_of(make_login("reporter"))
    names = {"app_label": "articles", "model_name": "article", "field_name": "activities"}
    found = reporter.get(reverse("admin:autocomplete"), {**names, "term": "血压"}).json()
    assert found["results"] == [{"id": str(row.pk), "text": "量血压（2024-03-04）"}]
    address = reverse("admin:articles_article_add")
    sent = as_shown(reporter.get(address))
    sent |= {"headline": "一条稿", "body": "正文。", "activities": [row.pk]}
    response = reporter.post(address, sent)
    assert response.status_code == 302, errors_of(response)
    story = row.articles.get()
    assert story.head.content["activities"] == [row.pk]
