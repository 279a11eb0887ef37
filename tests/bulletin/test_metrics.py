"""What Prometheus is told, and who may ask."""

import datetime
import ipaddress
import re

import pytest
from axes.models import AccessAttempt
from django.core.management import call_command
from django.db import OperationalError
from django.test import Client
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from articles.models import SearchWaiting
from bulletin import metrics
from bulletin.management.commands import serve
from tests.bulletin.test_settings import manage, production
from tests.factories import make_article, make_draft, make_issue, make_photo

pytestmark = pytest.mark.django_db

BEARER = {"authorization": "Bearer s3cret"}


@pytest.fixture
def on(settings):
    settings.METRICS, settings.METRICS_TOKEN = True, "s3cret"


def told(client):
    """Return the figures by name and labels."""
    response = client.get("/metrics", headers=BEARER)
    assert response["Content-Type"].startswith("text/plain")
    families = text_string_to_metric_families(response.content.decode())
    return {
        (sample.name, *sorted(sample.labels.items())): sample.value
        for family in families
        for sample in family.samples
    }


def requests(figures, route, status="200"):
    key = ("bulletin_requests_total", ("method", "GET"), ("route", route), ("status", status))
    return figures.get(key, 0)


@pytest.mark.usefixtures("on")
@pytest.mark.parametrize("authorization", ["", "Bearer ", "Bearer wrong", "Basic s3cret", "s3cret"])
def test_without_the_token_there_is_no_such_page(client, authorization):
    response = client.get("/metrics", headers={"authorization": authorization})
    assert response.status_code == 404
    assert b"bulletin_" not in response.content


def test_off_by_default(client):
    for headers in ({}, {"authorization": "Bearer "}, BEARER):
        assert client.get("/metrics", headers=headers).status_code == 404


@pytest.mark.parametrize(
    ("behind", "address", "header", "status"),
    [
        (False, "10.1.2.3", "", 200),
        (False, "192.0.2.1", "", 404),
        (False, "192.0.2.1", "10.1.2.3", 404),
        (True, "10.1.2.3", "192.0.2.1", 404),
        (True, "127.0.0.1", "10.1.2.3, 192.0.2.1", 404),
        (True, "127.0.0.1", "10.1.2.3", 200),
        (True, "10.1.2.3", "nonsense", 404),
    ],
)
def test_addresses_that_may_ask(client, settings, behind, address, header, status):
    settings.METRICS, settings.BEHIND_PROXY = True, behind
    settings.METRICS_FROM = [ipaddress.ip_network("10.0.0.0/8")]
    headers = {"x-forwarded-for": header} if header else {}
    assert client.get("/metrics", headers=headers, REMOTE_ADDR=address).status_code == status


@pytest.mark.usefixtures("on")
def test_monitor_asks_under_any_host_and_over_plain_http(client, settings):
    settings.ALLOWED_HOSTS, settings.SECURE_SSL_REDIRECT = ["paper.example"], True
    assert client.get("/metrics", headers={**BEARER, "host": "10.0.0.7:8000"}).status_code == 200


@pytest.mark.usefixtures("on")
def test_requests_are_counted_by_route_and_never_by_address(client):
    story = make_article("灯亮了")
    before = told(client)
    for _ in range(2):
        client.get(f"{story.get_absolute_url()}?q=1")
    client.get("/nowhere/a/")
    client.get("/nowhere/b/")
    client.generic("BREW", "/")
    after = told(client)
    assert requests(after, "articles:article") - requests(before, "articles:article") == 2
    assert requests(after, "none", "404") - requests(before, "none", "404") == 2
    count = ("bulletin_request_seconds_count", ("route", "articles:article"))
    assert after[count] - before.get(count, 0) == 2
    labels = str([key for key in after if key[0] == "bulletin_requests_total"])
    assert "nowhere" not in labels
    assert "BREW" not in labels


@pytest.mark.usefixtures("on")
def test_errors_of_the_database_are_counted(monkeypatch):
    def fail():
        raise OperationalError

    client = Client(raise_request_exception=False)
    key = ("bulletin_database_errors_total", ("kind", "OperationalError"))
    before = told(client).get(key, 0)
    monkeypatch.setattr("bulletin.views.compose", fail)
    assert client.get("/").status_code == 503
    assert told(client)[key] - before == 1


@pytest.mark.usefixtures("on")
def test_newsroom_is_told_as_it_is_now(client, settings):
    settings.MEDIA_ROOT.mkdir()
    at = timezone.now() - datetime.timedelta(hours=1)
    make_issue(publish_at=at)
    story = make_article("灯亮了")
    make_photo(story)
    SearchWaiting.objects.create(article=story, at=at)
    make_draft("没写完", status="submitted")
    AccessAttempt.objects.create(
        username="ruan",
        ip_address="192.0.2.1",
        failures_since_start=settings.AXES_FAILURE_LIMIT,
    )
    figures = told(client)
    assert figures[("bulletin_database_up",)] == 1
    assert figures[("bulletin_issues_live",)] == 1
    assert figures[("bulletin_last_issue_timestamp_seconds",)] == pytest.approx(at.timestamp(), 1)
    assert figures[("bulletin_stories_in_review", ("status", "submitted"))] == 1
    assert figures[("bulletin_renditions_waiting",)] == 1
    assert figures[("bulletin_search_waiting",)] == 1
    assert figures[("bulletin_accounts_closed",)] == 1
    assert figures[("bulletin_media_free_bytes",)] > 0
    assert "ruan" not in str(figures)


@pytest.mark.usefixtures("on")
def test_figures_do_not_need_the_database(client, monkeypatch):
    def away():
        raise OperationalError
        yield

    monkeypatch.setattr(metrics, "_from_database", away)
    figures = told(client)
    assert figures[("bulletin_database_up",)] == 0
    assert ("bulletin_issues_live",) not in figures


def test_processes_are_added_up_and_a_new_start_begins_anew(tmp_path, settings, monkeypatch):
    variables = production(tmp_path, METRICS_TOKEN="s3cret")
    assert manage("migrate", "--verbosity", "0", tmp_path=tmp_path, **variables).returncode == 0
    ask = (
        "from django.test import Client; client = Client();"
        "client.get('/robots.txt', secure=True, headers={'host': 'paper.example'});"
        "print(client.get('/metrics', headers={'authorization': 'Bearer s3cret'}).text)"
    )
    counted = [
        re.search(
            r'bulletin_requests_total\{.*route="robots".*\} (\d)',
            manage("shell", "-c", ask, tmp_path=tmp_path, **variables).stdout,
        )[1]
        for _ in range(2)
    ]
    assert counted == ["1", "2"]
    folder = tmp_path / "metrics"
    assert list(folder.glob("*.db"))
    settings.METRICS_DIR = str(folder)
    monkeypatch.setattr(serve.subprocess, "Popen", lambda *given, **more: None)
    monkeypatch.setattr(serve.os, "execv", lambda *given: None)
    call_command("serve")
    assert not list(folder.glob("*.db"))


def test_networks_that_are_none_stop_the_start(tmp_path):
    done = manage("check", tmp_path=tmp_path, METRICS_FROM="10.0.0.1/8")
    assert done.returncode == 1
    assert "METRICS_FROM" in done.stderr
