"""What is private can never enter the cache, whichever way it is tried."""

from __future__ import annotations

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from articles import previews, views
from articles.models import PreviewLink
from tests.factories import make_article, make_draft
from tests.newsroom import client_of, make_login

from .asking import Site

pytestmark = pytest.mark.django_db


@pytest.fixture
def site() -> Site:
    return Site()


@pytest.fixture
def story():
    return make_article("巷口装上三盏灯")


@pytest.fixture
def session() -> str:
    return client_of(make_login("final_reviewer")).cookies["sessionid"].value


POISON = [
    {"COOKIE": "sessionid=stolen; csrftoken=x; django_language=en"},
    {"AUTHORIZATION": "Bearer secret"},
    {"ACCEPT_LANGUAGE": "en"},
    {"X_FORWARDED_HOST": "evil.example"},
    {"X_FORWARDED_PROTO": "https"},
    {"X_FORWARDED_PREFIX": "/evil"},
    {"X_FORWARDED_FOR": "6.6.6.6"},
    {"X_ORIGINAL_URL": "/admin/"},
    {"X_REWRITE_URL": "/admin/"},
    {"X_HTTP_METHOD_OVERRIDE": "POST"},
    {"USER_AGENT": "<script>"},
    {"REFERER": "https://evil.example/"},
    {"RANGE": "bytes=0-9"},
    {"IF_NONE_MATCH": '"x"'},
    {"IF_MODIFIED_SINCE": "Mon, 04 Mar 2024 00:30:00 GMT"},
    {"X_REQUESTED_WITH": "XMLHttpRequest"},
    {"ACCEPT": "application/json"},
    {"FORWARDED": "host=evil.example;proto=https"},
]


@pytest.mark.parametrize("headers", POISON, ids=lambda headers: next(iter(headers)))
def test_nothing_a_visitor_sends_gets_into_a_page(site, story, headers):
    address = story.get_absolute_url()
    site.ask(address, **headers)
    told = site.django.asked[-1]
    for name, value in headers.items():
        assert f"HTTP_{name}" not in told
        assert value not in told.values()
    kept, clean = site.ask(address), Site().ask(address)
    assert site.renders == 1
    assert kept.text == clean.text
    assert kept.headers == clean.headers


def test_forged_host_is_refused_and_kept_for_nobody(site, story):
    assert site.ask(story.get_absolute_url(), HOST="evil.example").status == 400
    assert len(site.store) == 0
    assert "evil" not in site.ask(story.get_absolute_url()).text


def test_two_hosts_have_pages_of_their_own(site, story):
    first = site.ask(story.get_absolute_url(), HOST="localhost").text
    second = site.ask(story.get_absolute_url(), HOST="127.0.0.1").text
    assert "http://localhost/" in first
    assert "http://127.0.0.1/" in second
    assert "http://localhost/" not in second
    site.ask(story.get_absolute_url(), HOST="LOCALHOST")
    assert site.renders == 2


def test_who_is_logged_in_sees_what_everybody_sees(site, story, session):
    anonymous = site.ask(story.get_absolute_url()).text
    assert site.ask(story.get_absolute_url(), COOKIE=f"sessionid={session}").text == anonymous
    assert site.ask("/", COOKIE=f"sessionid={session}").text == Site().ask("/").text


def test_newsroom_is_never_kept(site, session):
    for _ in range(2):
        said = site.ask("/admin/", COOKIE=f"sessionid={session}")
        assert said.status == 200
    assert site.renders == 2
    assert len(site.store) == 0
    assert site.ask("/admin/").status == 302


def test_preview_is_never_kept(site):
    draft = make_draft("还没有人能读的稿件")
    link = previews.make_link(draft, by=make_login("first_reviewer"))
    address = reverse("articles:preview", args=[link.token])
    for _ in range(2):
        said = site.ask(address)
        assert said.status == 200
        assert "还没有人能读的稿件" in said.text
    assert site.renders == 2
    assert len(site.store) == 0
    PreviewLink.objects.update(expires_at=timezone.now() - datetime.timedelta(seconds=1))
    assert site.ask(address).status == 410


def test_drafts_are_kept_as_not_there_and_come_when_they_are_out(site):
    draft = make_draft("还没有人能读的稿件")
    assert site.ask(draft.get_absolute_url()).status == 404
    assert "还没有人能读的稿件" not in site.ask("/").text
    assert "还没有人能读的稿件" not in site.ask("/search/?q=稿件").text


def test_what_is_posted_passes_by(site, story):
    address = f"{story.get_absolute_url()}mistake/"
    for method in ("GET", "GET", "POST"):
        site.ask(address, method=method, body=b"text=x" if method == "POST" else b"")
    assert site.renders == 3
    assert len(site.store) == 0
    assert site.ask(story.get_absolute_url(), method="POST").status == 403
    assert site.ask(story.get_absolute_url(), method="OPTIONS").status == 405
    assert len(site.store) == 0


def test_position_passes_by(site):
    position = b"longitude=120.1&latitude=30.2&system=gcj02"
    assert site.ask("/stations/near.html", method="POST", body=position).status == 200
    assert len(site.store) == 0


def test_unknown_parameters_make_no_other_page_and_are_not_passed_on(site, story):
    first = site.ask(f"{story.get_absolute_url()}?utm_source=wechat&from=timeline")
    for query in ("?x=1", "?utm_source=%3Cscript%3E", "?", "?a&b&c", "?%00=%00", "?=&&=;"):
        assert site.ask(story.get_absolute_url() + query).text == first.text
    assert site.renders == 1
    assert site.django.asked[0]["QUERY_STRING"] == ""


def test_query_cannot_pass_for_a_path_nor_a_path_for_a_query(site, story):
    site.ask("/search/?q=巷口".encode().decode("latin-1"))
    found = site.ask("/search/?q=%E5%B7%B7%E5%8F%A3")
    assert found.status == 200
    for trick in ("%3Fq=%E5%B7%B7%E5%8F%A3", "%0Aq=%E5%B7%B7%E5%8F%A3", "%20", "%00"):
        assert site.ask(f"/search/{trick}").status == 404


@pytest.mark.parametrize(
    "path",
    ["/ADMIN/", "//admin/", "/admin%2F", "/%61dmin/", "/./admin/", "/articles/../admin/", "/admin"],
)
def test_other_spellings_of_the_newsroom_open_nothing(site, session, path):
    site.ask(path, COOKIE=f"sessionid={session}")
    assert "注销" not in site.ask(path).text
    kept = [page for page, _ in site.store._pages.values()]
    assert all("sessionid" not in str(page.headers) for page in kept)


def test_spelling_of_a_path_is_the_servers_business(site, story):
    pk = story.pk
    site.ask(f"/articles/{pk}/")
    assert site.ask(f"/%61rticles/{pk}/").status == 200
    assert site.renders == 1
    assert site.ask(f"/Articles/{pk}/").status == 404
    assert site.ask(f"/articles/{pk}//").status == 404
    assert site.ask("/articles/%FF%FE/").status in (400, 404)


@pytest.mark.parametrize(
    "change",
    [
        lambda response: response.set_cookie("seen", "1"),
        lambda response: response.headers.setdefault("Cache-Control", "private"),
        lambda response: response.headers.setdefault("Cache-Control", "max-age=9, no-store"),
        lambda response: response.headers.setdefault("Vary", "Cookie"),
        lambda response: response.headers.setdefault("Vary", "*"),
    ],
    ids=["cookie", "private", "no-store", "vary cookie", "vary all"],
)
def test_answer_that_is_not_for_everybody_is_not_kept(site, story, monkeypatch, change):
    real = views.show_story

    def answer(*given, **named):
        response = real(*given, **named)
        change(response)
        return response

    monkeypatch.setattr(views, "show_story", answer)
    assert site.ask(story.get_absolute_url()).status == 200
    assert len(site.store) == 0
