"""Stations are kept true: who may say so, what is put on record, what the public is told."""

import datetime

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from communities import checking
from communities.models import StationCheck
from tests.factories import SHANGHAI, make_community, make_district, make_kind, make_station
from tests.newsroom import as_shown, client_of, make_login
from tests.reading import words

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2026, 3, 3, 0, 30, tzinfo=SHANGHAI)
LIST = reverse("admin:communities_servicestation_checking")


@pytest.fixture
def street():
    return make_community("桥头街道", within=make_district(), level="subdistrict")


@pytest.fixture
def station(street):
    return make_station(community=street, kind=make_kind())


@pytest.fixture
def keeper(street):
    login = make_login("community_manager", last_name="宋", first_name="玉芬")
    street.managers.add(login)
    return login


def tap(station):
    return reverse("admin:communities_servicestation_confirm", args=[station.pk])


def test_confirming_is_on_record_and_outlives_the_login(station, keeper):
    checking.confirm(station, by=keeper, at=NOW)
    station.refresh_from_db()
    # Half past midnight in the newsroom is still the day before in UTC.
    assert (station.checked_on, station.checked_by) == (datetime.date(2026, 3, 3), keeper)
    User.objects.get(pk=keeper.pk).delete()
    check = StationCheck.objects.get()
    assert (check.station, check.by, check.at) == (station, None, NOW)
    assert check.name


def test_nobody_confirms_what_they_do_not_keep(station, keeper):
    stranger = make_login("community_manager", "stranger")
    with pytest.raises(ValidationError) as refused:
        checking.confirm(station, by=stranger)
    assert refused.value.code == "not_kept"
    # A correspondent sees every place and keeps none.
    with pytest.raises(ValidationError):
        checking.confirm(station, by=make_login("correspondent"))
    assert not StationCheck.objects.exists()


@pytest.mark.parametrize(
    ("checked_on", "stale"),
    [(None, True), ("2025-09-01", True), ("2025-09-02", False), ("2026-03-03", False)],
)
def test_row_and_database_agree_on_what_is_stale(checked_on, stale, station):
    station.checked_on = checked_on and datetime.date.fromisoformat(checked_on)
    station.save()
    today = NOW.date()
    assert station.is_stale(today) is stale
    assert type(station).objects.stale(today).exists() is stale


def test_one_tap_takes_a_station_off_the_list(station, keeper):
    client, today = client_of(keeper), timezone.localdate()
    shown = client.get(LIST).content.decode()
    assert "桂花驿站" in shown
    assert f'action="{tap(station)}"' in shown
    answer = client.post(tap(station), follow=True)
    said = words(answer.content.decode())
    assert "已记下：桂花驿站的数据" in said
    assert "没有待核对的站点" in said
    station.refresh_from_db()
    assert today <= station.checked_on <= timezone.localdate()


def test_list_holds_what_somebody_keeps_alone(station, keeper):
    elsewhere = make_community("河西街道", within=station.community.parent, level="subdistrict")
    other = make_station("河西驿站", community=elsewhere, kind=station.kind)
    client = client_of(keeper)
    assert "河西驿站" not in client.get(LIST).content.decode()
    assert client.post(tap(other)).status_code == 404
    assert not StationCheck.objects.exists()


@pytest.mark.parametrize("role", ["correspondent", "issue_editor", None])
def test_others_are_not_let_in(role, station):
    client = client_of(make_login(role))
    assert client.get(LIST).status_code == 403
    assert client.post(tap(station)).status_code in (403, 404)
    assert not StationCheck.objects.exists()


def test_stranger_is_led_to_the_login_and_a_look_changes_nothing(station, keeper):
    assert Client().post(tap(station)).status_code == 302
    assert client_of(keeper).get(tap(station)).status_code == 405
    assert not StationCheck.objects.exists()


def test_saving_a_change_can_confirm_it(station, keeper):
    client = client_of(keeper)
    address = reverse("admin:communities_servicestation_change", args=[station.pk])
    sent = as_shown(client.get(address)) | {"phone": "0000-1"}
    assert client.post(address, sent | {"_save": "1"}).status_code == 302
    assert not StationCheck.objects.exists()
    assert client.post(address, sent | {"_confirm": "1"}).status_code == 302
    assert StationCheck.objects.get().by == keeper


@pytest.mark.parametrize("count", [1, 3, 30])
def test_queries_of_the_list_do_not_grow(count, station, keeper):
    for number in range(count - 1):
        make_station(f"第{number}驿站", community=station.community, kind=station.kind)
    client = client_of(keeper)
    client.get(LIST)
    with CaptureQueriesContext(connection) as queries:
        client.get(LIST)
    assert len(queries) == 6


def test_public_is_told_when_the_data_was_checked(station, client, time_machine):
    time_machine.move_to(NOW)
    address = station.get_absolute_url()
    assert "还没有人核对过" in words(client.get(address).content.decode())
    for checked_on, stale in (("2026-01-05", False), ("2025-01-05", True)):
        station.checked_on = datetime.date.fromisoformat(checked_on)
        station.save()
        html = client.get(address).content.decode()
        assert f"数据核对于 {checked_on[:4]}年1月5日" in words(html)
        assert ("情况可能有变化" in html) is stale
