"""The hub of our feeds is told what has changed: once, of every feed, and later if it is away."""

from __future__ import annotations

import datetime
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article, Correction
from issues import websub
from issues.models import ToldFeed
from tests.factories import (
    HIDDEN,
    make_article,
    make_community,
    make_contributor,
    make_district,
    make_issue,
    make_page,
    make_section,
    place,
    sign,
)
from tests.newsroom import make_login

pytestmark = pytest.mark.django_db

SITE = "https://paper.example"
MINUTE = datetime.timedelta(minutes=1)
HOUR = 60 * MINUTE


class Hub(ThreadingHTTPServer):
    """A hub on this machine: it keeps what it was told, and answers as the test wants it to."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.told: list[dict[str, list[str]]] = []
        self.status = 204
        # Feeds it has something against.
        self.unwanted: set[str] = set()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/hub"

    def feeds(self) -> set[str]:
        """Return the feeds it was told of, without our host and what stands in front."""
        return {url.removeprefix(SITE) for form in self.told for url in form["hub.url"]}


class Answer(BaseHTTPRequestHandler):
    server: Hub

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        form = parse_qs(self.rfile.read(length).decode())
        status = 400 if self.server.unwanted & set(form["hub.url"]) else self.server.status
        if 200 <= status < 300:
            self.server.told.append(form)
        self.send_response(status)
        self.send_header("Location", f"{self.server.address}?followed")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def hub(settings):
    server = Hub()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    settings.WEBSUB_HUB, settings.SITE_ADDRESS = server.address, SITE
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def look(at: datetime.datetime | None = None) -> int:
    """Do what the worker does at a moment."""
    at = at or timezone.now()
    websub.note_changes(at)
    return websub.tell_hub(at)


def appears(headline: str = "灯亮了", at: datetime.datetime | None = None, **fields) -> Article:
    """Make a story that appears at a moment, a minute ago if none is given."""
    return make_article(headline, **{"publish_at": at or timezone.now() - MINUTE, **fields})


def test_hub_is_told_of_every_feed_a_story_stands_in(hub):
    story = appears(section=make_section("要闻"), column=make_section("快讯", kind="column"))
    story.communities.add(make_community(within=make_district()))
    story.tags.add("路灯")
    sign(story, make_contributor())
    issue = make_issue(publish_at=timezone.now() - MINUTE)
    place(story, make_page(issue))
    look()
    assert {form["hub.mode"][0] for form in hub.told} == {"publish"}
    wanted = {
        "/feeds/",
        f"/feeds/sections/{story.section.slug}/",
        f"/feeds/sections/{story.column.slug}/",
        *(f"/feeds/communities/{one}/" for one in ("gui-hua-she-qu", "qing-he-qu")),
        f"/feeds/contributors/{story.bylines.get().contributor_id}/",
        f"/feeds/tags/{story.tags.get().slug}/",
        "/feeds/issues/",
        "/feeds/issues/2024-03-04/",
    }
    forms = {f"{feed}{form}.xml" for feed in wanted for form in ("rss", "atom")}
    assert hub.feeds() == forms | {f"/en{one}" for one in forms}


def test_addresses_it_is_told_are_those_the_feeds_say_of_themselves(hub, client):
    story = appears()
    story.tags.add("路灯")
    look()
    for path in hub.feeds():
        feed = client.get(path)
        assert f'<http://testserver{path}>; rel="self"' in feed["Link"]
        assert hub.address in feed["Link"]


def test_what_was_told_is_not_told_again(hub):
    appears()
    assert look() == 4
    assert look() == 0
    assert look(timezone.now() + HOUR) == 0
    assert len(hub.told) == 1


def test_scheduled_story_is_told_when_its_hour_has_come(hub):
    appears(at=timezone.now() + HOUR)
    assert look() == 0
    assert look(timezone.now() + 2 * HOUR) == 4


@pytest.mark.parametrize("why", HIDDEN)
def test_what_the_public_does_not_see_is_not_told(why, hub):
    appears(**HIDDEN[why])
    assert look() == 0
    assert hub.told == []


def test_correction_and_withdrawal_are_told(hub):
    story = appears()
    look()
    now = timezone.now()
    Correction.objects.create(
        article=story, text="是四盏。", revision=story.head, by=make_login("final_reviewer"), at=now
    )
    assert look(now + MINUTE) == 4
    Article.objects.filter(pk=story.pk).move(
        status="withdrawn", withdrawn_at=now + 2 * MINUTE, withdrawal_reason="误发。"
    )
    assert look(now + 3 * MINUTE) == 4
    assert look(now + 4 * MINUTE) == 0


def test_long_sleep_of_the_worker_loses_nothing(hub):
    now = timezone.now()
    appears(at=now - MINUTE)
    look(now)
    appears("睡着的时候", at=now + 24 * HOUR)
    assert look(now + 24 * 9 * HOUR) == 4


def test_hub_that_is_away_is_told_later_and_left_alone_longer_each_time(hub):
    appears()
    hub.status = 503
    now = timezone.now()
    waits = []
    for _ in range(3):
        with pytest.raises(websub.HubError, match="503"):
            look(now)
        due = ToldFeed.objects.values_list("due_at", flat=True).distinct().get()
        waits.append((due - now) / MINUTE)
        assert look(due - MINUTE / 2) == 0
        now = due
    assert waits == [1, 2, 4]
    hub.status = 202
    assert look(now) == 4
    assert look(now + HOUR) == 0


def test_hub_that_never_comes_back_is_given_up_until_something_is_new(hub):
    appears()
    hub.status = 500
    now, tried = timezone.now(), 0
    while ToldFeed.objects.filter(due_at__isnull=False).exists() or not tried:
        with pytest.raises(websub.HubError):
            look(now)
        now, tried = now + 7 * HOUR, tried + 1
    assert tried == websub.MOST_ATTEMPTS
    hub.status = 204
    appears("新的", at=now)
    assert look(now) == 4


def test_nobody_at_the_address_is_a_hub_that_is_away(hub, settings):
    settings.WEBSUB_HUB = "http://127.0.0.1:9/"
    appears()
    with pytest.raises(websub.HubError):
        look()
    assert ToldFeed.objects.filter(due_at__gt=timezone.now()).count() == 4


def test_redirect_of_the_hub_is_not_followed(hub):
    appears()
    hub.status = 307
    with pytest.raises(websub.HubError, match="307"):
        look()
    assert hub.told == []


def test_feed_the_hub_refuses_keeps_no_other_waiting(hub):
    appears()
    hub.unwanted = {f"{SITE}/feeds/rss.xml"}
    assert look() == 3
    assert hub.feeds() == {"/feeds/atom.xml", "/en/feeds/rss.xml", "/en/feeds/atom.xml"}
    assert ToldFeed.objects.get(due_at__isnull=False).path == "/feeds/rss.xml"


@pytest.mark.parametrize("count", [1, 30])
def test_looking_takes_the_same_queries_whatever_there_is(count, hub):
    section = make_section("要闻")
    for number in range(count):
        appears(f"第{number}篇", section=section)
    with CaptureQueriesContext(connection) as queries:
        websub.note_changes(timezone.now())
    assert len(queries) == 16
    with CaptureQueriesContext(connection) as queries:
        websub.note_changes(timezone.now())
    assert len(queries) == 6


def test_command_says_what_it_did(hub, capsys):
    appears()
    call_command("websub")
    assert "已通知 4 个" in capsys.readouterr().out
    hub.status = 503
    appears("又一篇")
    with pytest.raises(CommandError, match="503"):
        call_command("websub")


def test_without_a_hub_nothing_is_asked_and_nothing_is_written(settings):
    settings.WEBSUB_HUB = ""
    appears()
    with pytest.raises(CommandError, match="WEBSUB_HUB"):
        call_command("websub", "--watch")
    assert not ToldFeed.objects.exists()
