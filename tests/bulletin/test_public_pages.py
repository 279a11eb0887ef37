"""What holds for every page of the public site."""

import base64
import gzip
import hashlib
import re
from decimal import Decimal
from itertools import pairwise

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.models import Article, Byline, Tag, TaggedArticle, gate
from bulletin.inlined import STYLES
from issues.models import Role
from tests.factories import (
    MORNING,
    make_activity,
    make_article,
    make_community,
    make_contributor,
    make_district,
    make_issue,
    make_kind,
    make_page,
    make_photo,
    make_press,
    make_section,
    make_station,
    outline,
    place,
)
from tests.reading import without_data

pytestmark = pytest.mark.django_db

GENRES = ("story", "story", "brief", "photo", "interview")


def fill(count: int) -> dict[str, str]:
    """Make a newsroom with so many stories that belong everywhere; return its pages' addresses."""
    section = make_section("要闻")
    column = make_section("街巷快讯", kind="column")
    district = make_district()
    street = make_community("桥头街道", within=district, level="subdistrict")
    community = make_community(within=street)
    station = make_station(
        community=community,
        kind=make_kind(),
        opened_on=MORNING.date(),
        longitude=Decimal("117.45"),
        latitude=Decimal("30.81"),
    )
    person = make_contributor(community=community)
    tag = Tag.objects.create(name="路灯", slug="ludeng")
    approved = make_article("第一篇").approved_revision
    with gate.opened():
        Article.objects.bulk_create(
            Article(
                headline=f"第{n}篇",
                body="灯亮了。",
                genre=GENRES[n % len(GENRES)],
                section=section,
                column=column,
                status="approved",
                approved_revision=approved,
                publish_at=MORNING,
            )
            for n in range(count)
        )
        stories = list(Article.objects.exclude(headline="第一篇").order_by("pk"))
        Byline.objects.bulk_create(
            Byline(article=story, contributor=person, name=person.name, role="通讯员")
            for story in stories
        )
    TaggedArticle.objects.bulk_create(
        TaggedArticle(content_object=story, tag=tag) for story in stories
    )
    activity = make_activity(station=station, repeats="weekly", weekdays="3")
    activity.changed_dates.create(on=activity.first_on, note="停一次")
    named = (("communities", community), ("stations", station), ("activities", activity))
    for field, row in named:
        through = getattr(Article, field).through
        key = f"{row._meta.model_name}_id"
        through.objects.bulk_create(
            through(article_id=story.pk, **{key: row.pk}) for story in stories
        )
    for story in stories[-10:]:
        make_photo(story, caption="灯下", credit="林小舟 摄")
    issue = make_issue()
    page, printed = make_page(issue, "A01"), make_page(issue, "A02")
    make_press(printed, width=30, height=20)
    for n, story in enumerate(stories[-9:]):
        place(story, page, (Role.LEAD, Role.FEATURE, Role.PHOTO, Role.BRIEF)[min(n, 3)])
        outline(place(story, printed))
    return {
        "home": "/",
        "article": stories[-9].get_absolute_url(),
        "section": section.get_absolute_url(),
        "column": column.get_absolute_url(),
        "contributor": person.get_absolute_url(),
        "tag": tag.get_absolute_url(),
        "communities": reverse("communities:communities"),
        "community": street.get_absolute_url(),
        "stations": reverse("communities:stations"),
        "station": station.get_absolute_url(),
        "activities": reverse("communities:activities"),
        "activity": activity.get_absolute_url(),
        "issues": reverse("issues:issues"),
        "issue": issue.get_absolute_url(),
        "page": page.get_absolute_url(),
        "printed page": printed.get_absolute_url(),
        "enlarged page": f"{printed.get_absolute_url()}large/",
        "feeds": reverse("articles:feeds"),
        "year": reverse("issues:archive_year", args=[MORNING.year]),
        "month": reverse("issues:archive_month", args=[MORNING.date()]),
        "day": reverse("issues:archive_day", args=[MORNING.date()]),
        "not found": "/nowhere/",
    }


# Queries of a page that is not cached. The masthead takes one of them, except where it is fetched
# along with the page: latest issue, sections.
QUERIES = {
    "home": 4,
    "article": 3,
    "section": 4,
    "column": 4,
    "contributor": 4,
    "tag": 4,
    "communities": 2,
    "community": 5,
    "stations": 5,
    "station": 6,
    "activities": 5,
    "activity": 5,
    "issues": 5,
    "issue": 5,
    "page": 6,
    "printed page": 6,
    "enlarged page": 5,
    "feeds": 3,
    "year": 3,
    "month": 5,
    "day": 5,
    "not found": 1,
}


# Only these load scripts, of our own; without them they still work.
WITH_MAP = {"stations", "station"}


@pytest.mark.parametrize("count", [10, 10_000])
def test_queries_do_not_grow_with_the_archive(count, client):
    asked = {}
    for kind, address in fill(count).items():
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        asked[kind] = len(queries)
    assert asked == QUERIES


@pytest.fixture
def pages(client):
    """Every kind of page with its answer."""
    return {kind: client.get(address) for kind, address in fill(30).items()}


def test_pages_answer(pages):
    answers = {kind: response.status_code for kind, response in pages.items()}
    assert answers == {kind: 404 if kind == "not found" else 200 for kind in QUERIES}


def test_pages_depend_on_no_cookie(pages):
    for kind, response in pages.items():
        assert not response.cookies, kind
        assert "Cookie" not in response.headers.get("Vary", ""), kind


def test_page_for_someone_logged_in_is_the_same(pages, admin_client):
    html = admin_client.get("/").content
    assert html == pages["home"].content


def test_pages_carry_what_the_policy_names_and_nothing_else(pages):
    for kind, response in pages.items():
        html = without_data(response.content.decode())
        policy = response.headers["Content-Security-Policy"]
        # A browser obeys what stands in a page only if the policy has its hash.
        carried = re.findall(r"<(script|style)[^>]*>([^<]+)</\1>", html)
        assert [name for name, _ in carried] == ["script", "style"], kind
        for name, text in carried:
            digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
            allowed = re.search(rf"{name}-src ([^;]+)", policy)[1]
            assert f"'sha256-{digest}'" in allowed.split(), kind
        # All else that a script adds is an extra, and the script is ours.
        scripts = re.findall(r"<script([^>]*)></script>", html)
        assert len(scripts) + 1 == html.count("<script"), kind
        assert all(re.search(r'src="/static/(js|map)/', one) for one in scripts), kind
        assert any("/map/" in one for one in scripts) == (kind in WITH_MAP), kind
        assert not re.search(r"\sstyle=|\son[a-z]+=", html), kind
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy


def test_pages_have_one_title_in_order(pages):
    for kind, response in pages.items():
        html = response.content.decode()
        levels = [int(level) for level in re.findall(r"<h(\d)", html)]
        assert levels.count(1) == 1, kind
        assert levels[0] == 1, kind
        assert all(b - a <= 1 for a, b in pairwise(levels)), (kind, levels)
        assert html.startswith('<!doctype html>\n<html lang="zh-Hans">'), kind
        assert len(re.findall(r"<title>[^<]+</title>", html.split("</head>")[0])) == 1, kind
        ids = re.findall(r'\sid="([^"]*)"', html)
        assert len(ids) == len(set(ids)), kind


def test_pages_name_themselves_for_search_and_sharing(pages):
    for kind, response in pages.items():
        if kind == "not found":
            continue
        html = response.content.decode()
        for name in ("og:title", "og:type", "og:url", "og:site_name", "og:description"):
            assert re.search(rf'<meta property="{name}" content="[^"]+">', html), (kind, name)
        assert re.search(r'<meta name="description" content="[^"]+">', html), kind
        assert f'<link rel="canonical" href="http://testserver{response.request["PATH_INFO"]}' in (
            html
        ), kind


def test_every_picture_has_its_size_and_a_description(pages):
    for kind, response in pages.items():
        for picture in re.findall(r"<img[^>]*>", response.content.decode()):
            width, height = ("180", "180") if "/qr.svg" in picture else ("30", "20")
            assert f'width="{width}"' in picture, kind
            assert f'height="{height}"' in picture, kind
            # The small picture of a page is there for the eye alone, beside the page's name.
            unseen = kind == "issue" and 'alt=""' in picture
            assert unseen or re.search(r'alt="[^"]+"', picture), kind


def test_pages_answer_head_and_refuse_to_be_written_to(client):
    for kind, address in fill(10).items():
        status = 404 if kind == "not found" else 200
        head = client.head(address)
        assert (head.status_code, head.content) == (status, b""), kind
        refused = Client(enforce_csrf_checks=False).post(address)
        assert refused.status_code == (404 if kind == "not found" else 405), kind


def test_broken_page_says_sorry_without_the_database(client, monkeypatch, django_db_blocker):
    def broken(*_args):
        raise RuntimeError

    monkeypatch.setattr("bulletin.views.compose", broken)
    client.raise_request_exception = False
    response = client.get("/")
    html = response.content.decode()
    assert response.status_code == 500
    assert settings.SITE_NAME in html
    assert '<a href="/">' in html


# Bytes that go over the line for a page, without its pictures.
WEIGHTS = {"home": 40_000, "article": 30_000}


def transfer(response):
    """Return what a browser fetches for a page: itself, its styles and scripts, compressed."""
    html = response.content.decode()
    tag = r'<(?:script|link)[^>]+(?:src|href)="/static/([^"]+\.(?:js|css))"'
    files = [settings.BASE_DIR / "static" / name for name in set(re.findall(tag, html))]
    assert settings.BASE_DIR / "static/js/care.js" in files
    bodies = [response.content, *(file.read_bytes() for file in files)]
    return sum(len(gzip.compress(body, 6)) for body in bodies)


@pytest.mark.parametrize("kind", WEIGHTS)
def test_page_weighs_little(kind, pages):
    assert transfer(pages[kind]) < WEIGHTS[kind]


def test_no_page_is_long(pages):
    style = len(STYLES["css/bulletin.css"].encode())
    assert max(len(response.content) - style for response in pages.values()) < 60_000
