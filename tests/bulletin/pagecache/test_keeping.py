"""A page is made once, handed out as it is, and made anew when something has changed."""

from __future__ import annotations

import datetime
import threading

import pytest
import time_machine
from django.db import OperationalError
from django.utils import timezone

from articles.models import Article, Status
from bulletin.metrics import FIGURES
from bulletin.pagecache import version as versions
from bulletin.pagecache.layer import PageCache
from bulletin.pagecache.store import Store
from bulletin.pagecache.version import Version
from tests.factories import make_article, make_community, make_district, make_kind, make_station

from .asking import MEGABYTE, Site

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def site() -> Site:
    return Site()


@pytest.fixture
def story() -> Article:
    return make_article("巷口装上三盏灯")


def rename(story: Article, headline: str) -> None:
    Article.objects.filter(pk=story.pk).move(headline=headline)


def test_page_is_made_once(site, story):
    first = site.ask(story.get_absolute_url())
    again = site.ask(story.get_absolute_url())
    assert first.status == again.status == 200
    assert "巷口装上三盏灯" in first.text
    assert first.text == again.text
    assert site.renders == 1


def test_change_is_seen_at_the_next_asking(site, story):
    site.ask(story.get_absolute_url())
    rename(story, "巷口装上五盏灯")
    site.notice()
    assert "巷口装上五盏灯" in site.ask(story.get_absolute_url()).text
    assert site.renders == 2


def test_database_is_asked_no_more_often_than_set(site, story, monkeypatch):
    asked = []
    real = versions.content_number
    monkeypatch.setattr(versions, "content_number", lambda alias: asked.append(1) or real(alias))
    monkeypatch.setattr(versions, "CHECK_EVERY", 1000)
    for _ in range(20):
        site.ask(story.get_absolute_url())
    assert len(asked) == 1


def test_what_is_not_kept_is_answered_without_asking_the_database(site, monkeypatch):
    asked = []
    monkeypatch.setattr(versions, "content_number", asked.append)
    assert site.ask("/healthz").status == 200
    assert asked == []


def test_withdrawn_story_is_gone_and_said_to_be(site, story):
    site.ask(story.get_absolute_url())
    Article.objects.filter(pk=story.pk).move(
        status=Status.WITHDRAWN, withdrawn_at=timezone.now(), withdrawal_reason="照片用错了。"
    )
    site.notice()
    for _ in range(2):
        said = site.ask(story.get_absolute_url())
        assert said.status == 410
        assert "三盏路灯" not in said.text
    assert site.renders == 2


def test_story_appears_at_its_hour_by_the_clock_alone(site):
    now = datetime.datetime(2026, 3, 4, 0, 59, 59, tzinfo=datetime.UTC)
    with time_machine.travel(now, tick=False) as clock:
        story = make_article("九点的新闻", publish_at=now + datetime.timedelta(seconds=1))
        home = site.ask("/").text
        assert site.ask(story.get_absolute_url()).status == 404
        assert "九点的新闻" not in home
        clock.shift(2)
        assert site.ask(story.get_absolute_url()).status == 200
        assert "九点的新闻" in site.ask("/").text


def test_clock_that_is_set_back_takes_a_story_back(site):
    now = datetime.datetime(2026, 3, 4, 9, tzinfo=datetime.UTC)
    with time_machine.travel(now, tick=False) as clock:
        story = make_article(publish_at=now - datetime.timedelta(minutes=1))
        assert site.ask(story.get_absolute_url()).status == 200
        clock.shift(-3600)
        assert site.ask(story.get_absolute_url()).status == 404


def test_open_now_is_said_of_this_minute(site):
    morning = datetime.datetime(2026, 3, 4, 1, 0, 5, tzinfo=datetime.UTC)
    with time_machine.travel(morning, tick=False) as clock:
        station = make_station(community=make_community(within=make_district()), kind=make_kind())
        for seconds, renders in ((0, 1), (50, 1), (10, 2), (30, 2)):
            clock.shift(seconds)
            site.ask(station.get_absolute_url())
            assert site.renders == renders


def test_midnight_makes_the_date_of_the_day(site):
    evening = datetime.datetime(2026, 3, 4, 15, 59, 30, tzinfo=datetime.UTC)
    with time_machine.travel(evening, tick=False) as clock:
        assert "3月4日" in site.ask("/").text
        clock.shift(60)
        assert "3月5日" in site.ask("/").text


def test_many_who_ask_at_once_let_one_make_the_page(site, story):
    inside, go = threading.Event(), threading.Event()

    def wait(environ):
        inside.set()
        assert go.wait(30)

    site.django.before = wait
    answers = []
    ask = lambda: answers.append(site.ask(story.get_absolute_url()).status)  # noqa: E731
    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    assert inside.wait(30)
    go.set()
    for thread in threads:
        thread.join(30)
    assert answers == [200] * 8
    assert site.renders == 1


def test_old_page_is_handed_out_for_less_than_a_second(site, story, monkeypatch):
    site.ask(story.get_absolute_url())
    rename(story, "巷口装上五盏灯")
    inside, go = threading.Event(), threading.Event()

    def wait(environ):
        inside.set()
        assert go.wait(30)

    site.django.before = wait
    monkeypatch.setattr(versions, "OLD_FOR", 1000)
    site.notice()
    made = []
    maker = threading.Thread(target=lambda: made.append(site.ask(story.get_absolute_url()).text))
    maker.start()
    assert inside.wait(30)
    assert "三盏灯" in site.ask(story.get_absolute_url()).text
    monkeypatch.setattr(versions, "OLD_FOR", 0)
    waited = []
    waiter = threading.Thread(target=lambda: waited.append(site.ask(story.get_absolute_url()).text))
    waiter.start()
    go.set()
    maker.join(30)
    waiter.join(30)
    assert "五盏灯" in made[0]
    assert "五盏灯" in waited[0]


def test_change_while_a_page_is_made_makes_it_old_at_once(site, story):
    def change(environ):
        site.django.before = lambda environ: None
        rename(story, "巷口装上五盏灯")
        site.notice()

    site.django.before = change
    site.ask(story.get_absolute_url())
    site.ask(story.get_absolute_url())
    assert "五盏灯" in site.ask(story.get_absolute_url()).text
    assert site.renders == 2


def test_render_that_fails_leaves_the_old_page(site, story, settings, caplog):
    site.ask(story.get_absolute_url())
    rename(story, "巷口装上五盏灯")
    site.notice()

    def fail(environ):
        raise RuntimeError("the template is broken")

    site.django.before = fail
    assert "三盏灯" in site.ask(story.get_absolute_url()).text
    assert "could not be made" in caplog.text
    renders = site.renders
    assert "三盏灯" in site.ask(story.get_absolute_url()).text
    assert site.renders == renders, "not tried again at once"
    site.django.before = lambda environ: None
    site.store.get(next(iter(site.store._pages))).retry_at = 0
    assert "五盏灯" in site.ask(story.get_absolute_url()).text


def test_pages_seen_before_are_served_while_the_database_is_away(site, story, monkeypatch):
    other = make_article("没有人读过的稿件")
    site.ask(story.get_absolute_url())

    def away(*given, **named):
        raise OperationalError("connection refused")

    monkeypatch.setattr(versions, "content_number", away)
    site.notice()
    assert site.ask(story.get_absolute_url()).status == 200
    unseen = site.ask(other.get_absolute_url())
    assert unseen.status == 503
    assert unseen.headers["retry-after"] == "30"
    assert "半分钟后再试" in unseen.text
    monkeypatch.undo()
    rename(story, "巷口装上五盏灯")
    site.notice()
    assert "五盏灯" in site.ask(story.get_absolute_url()).text
    assert site.ask(other.get_absolute_url()).status == 200


def test_pages_take_no_more_room_than_there_is():
    site = Site(megabytes=1)
    story = make_article()
    loved = story.get_absolute_url()
    for number in range(300):
        site.ask(f"/articles/{10_000 + number}/")
        site.ask(loved)
        assert site.store.bytes <= site.store.most_bytes
    assert site.store.dropped > 0
    assert len(site.store) > 1
    renders = [environ["PATH_INFO"] for environ in site.django.asked].count(loved)
    assert renders == 1, "what is asked for again and again stays"
    assert site.store.bytes == sum(size for _, size in site.store._pages.values())


def test_operators_are_told_what_was_handed_out(site, story):
    before = {how: told(how) for how in ("kept", "made")}
    for _ in range(3):
        site.ask(story.get_absolute_url())
    site.notice()
    site.ask(story.get_absolute_url())
    assert told("made") - before["made"] == 1
    assert told("kept") - before["kept"] == 2
    assert FIGURES.get_sample_value("bulletin_page_cache_pages") == 1


def told(how: str) -> float:
    return FIGURES.get_sample_value("bulletin_page_cache_answers_total", {"how": how}) or 0


def test_crawl_of_a_hundred_thousand_addresses_stays_within_bounds():
    page = b"<p>" + b"x" * 8000
    asked = []

    def answer(environ, start):
        asked.append(environ["PATH_INFO"])
        start("200 OK", [("Content-Type", "text/html")])
        return [page]

    store = Store(4 * MEGABYTE)
    cache = PageCache(answer, store, Version(lambda: "default", is_patient=True))
    environ = {"REQUEST_METHOD": "GET", "HTTP_HOST": "localhost", "wsgi.url_scheme": "http"}
    most = 0
    for number in range(100_000):
        cache({**environ, "PATH_INFO": f"/articles/{number}/"}, lambda *given: None)
        if number % 50 == 0:
            cache({**environ, "PATH_INFO": "/"}, lambda *given: None)
            most = max(most, store.bytes)
    assert most <= store.most_bytes
    assert len(store) < 600
    assert asked.count("/") == 1, "what people read is not pushed out by a crawler"
