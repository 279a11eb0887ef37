"""Guessing passwords, and who is kept out by it."""

import datetime

import pytest
import time_machine
from axes.models import AccessAttempt, AccessLog
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.factories import make_article

pytestmark = pytest.mark.django_db

LOGIN = reverse("admin:login")
PASSWORD = "渡口添了十二盏灯"
MORNING = datetime.datetime(2026, 11, 30, 1, 0, tzinfo=datetime.UTC)  # nine o'clock in Shanghai


@pytest.fixture(autouse=True)
def _limits(settings):
    settings.AXES_FAILURE_LIMIT = 3
    settings.AXES_COOLOFF_TIME = datetime.timedelta(minutes=15)


@pytest.fixture(autouse=True)
def login():
    return User.objects.create_user("ruan", password=PASSWORD, is_staff=True)


@pytest.fixture
def clock():
    with time_machine.travel(MORNING, tick=False) as clock:
        yield clock


def attempt(typed="wrong", username="ruan", **how):
    return Client().post(LOGIN, {"username": username, "password": typed}, **how)


def closed(response):
    """Whether a login page says that the account is closed; whatever it says, it lets nobody in."""
    assert response.status_code in (200, 429)
    return response.status_code == 429


def test_page_says_when_to_try_again_and_whom_to_ask(clock, settings):
    assert [closed(attempt()) for _ in range(3)] == [False, False, True]
    right = attempt(PASSWORD)
    assert closed(right)
    page = right.content.decode()
    assert "09:16" in page
    assert "管理员" in page
    settings.LOGIN_HELP = "请打信息科电话 0000-5550199。"
    assert "0000-5550199" in attempt(PASSWORD).content.decode()


def test_account_opens_at_the_hour_that_was_named(clock):
    for _ in range(3):
        attempt()
    clock.shift(datetime.timedelta(minutes=10))
    # Trying too early moves nothing.
    assert "09:16" in attempt(PASSWORD).content.decode()
    clock.move_to(MORNING + datetime.timedelta(minutes=16))
    assert attempt(PASSWORD).status_code == 302


def test_an_account_that_does_not_exist_is_closed_the_same(clock):
    for name in ("ruan", "nobody.here"):
        found = [attempt(username=name) for _ in range(4)]
        assert [closed(response) for response in found] == [False, False, True, True]


def test_colleagues_behind_the_same_address_and_the_owner_elsewhere_come_in(login):
    User.objects.create_user("lu", password=PASSWORD, is_staff=True)
    for _ in range(4):
        attempt()
    assert attempt(PASSWORD, "lu").status_code == 302
    assert attempt(PASSWORD, REMOTE_ADDR="192.0.2.9").status_code == 302
    assert closed(attempt(PASSWORD))


def test_right_password_begins_to_count_anew():
    for _ in range(3):
        assert [closed(attempt()) for _ in range(2)] == [False, False]
        assert attempt(PASSWORD).status_code == 302


@pytest.mark.parametrize("address", ["192.0.2.7", "2001:db8:1:2::7"])
def test_address_behind_a_proxy_cannot_be_forged(settings, address):
    settings.BEHIND_PROXY = True
    found = [
        attempt(headers={"x-forwarded-for": f"203.0.113.{n}, {address}"}, REMOTE_ADDR="127.0.0.1")
        for n in range(3)
    ]
    assert closed(found[-1])
    # The whole of a household's share of IPv6 counts as one.
    neighbour = "2001:db8:1:2::99" if ":" in address else address
    assert closed(attempt(PASSWORD, headers={"x-forwarded-for": neighbour}))
    assert attempt(PASSWORD, headers={"x-forwarded-for": "198.51.100.5"}).status_code == 302


def test_header_counts_for_nothing_without_a_proxy_and_nonsense_breaks_nothing(settings):
    settings.BEHIND_PROXY = False
    found = [attempt(headers={"x-forwarded-for": f"192.0.2.{n}"}) for n in range(3)]
    assert closed(found[-1])
    settings.BEHIND_PROXY = True
    for _ in range(2):
        assert not closed(attempt(headers={"x-forwarded-for": "no address"}))


@pytest.mark.parametrize("command", [["axes_reset"], ["axes_reset_username", "ruan"]])
def test_operator_opens_an_account(command, capsys):
    for _ in range(3):
        attempt()
    call_command(*command)
    assert attempt(PASSWORD).status_code == 302


def test_no_more_is_kept_than_account_address_and_time_and_that_not_for_long(clock):
    attempt("hunter2-secret", HTTP_USER_AGENT="Rare Browser 7", HTTP_ACCEPT="text/rare")
    attempt("hunter2-secret", HTTP_USER_AGENT="Rare Browser 7", HTTP_ACCEPT="text/rare")
    kept = AccessAttempt.objects.get()
    assert (kept.username, kept.ip_address, kept.failures_since_start) == ("ruan", "127.0.0.1", 2)
    rest = (kept.user_agent, kept.http_accept, kept.get_data, kept.post_data)
    assert rest == ("", "", "", "")
    call_command("forget_login_failures")
    assert AccessAttempt.objects.exists()
    clock.shift(datetime.timedelta(minutes=16))
    call_command("forget_login_failures")
    assert not AccessAttempt.objects.exists()
    assert attempt(PASSWORD).status_code == 302
    assert not AccessLog.objects.exists()


def test_log_tells_of_a_failure_and_of_nobody(caplog):
    for _ in range(3):
        attempt(username="ruan.somebody", HTTP_USER_AGENT="Rare Browser 7", REMOTE_ADDR="192.0.2.7")
    said = caplog.text
    assert "Locking out" in said
    for word in ("ruan.somebody", "Rare Browser", "192.0.2.7"):
        assert word not in said


def test_public_pages_ask_nothing_of_it(client, django_assert_num_queries):
    story = make_article("灯亮了", publish_at=timezone.now())
    with django_assert_num_queries(0):
        client.get("/robots.txt")
    client.get(story.get_absolute_url())
    assert not AccessAttempt.objects.exists()
