"""Every address of the admin, walked by every role: nothing breaks, and nothing leaks.

The addresses are taken from the admin itself, so that a page added tomorrow is walked too.
"""

import re

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import URLPattern, URLResolver

from articles import previews, reviews, revisions
from articles.models import Article, Comment, MistakeReport, WorkingDraft
from bulletin.roles import Role
from issues.models import Issue, Page
from tests.articles.desk import NOW
from tests.factories import (
    make_contributor,
    make_photo,
    make_press,
    make_section,
    outline,
    place,
    sign,
)
from tests.newsroom import client_of, make_login

pytestmark = pytest.mark.django_db

SECRET = "还不能说的事"
# Who is shown their own stories alone.
STRANGERS = ("correspondent", "reporter", "community_manager", None, "anonymous")
ROLES = (*Role.values, None, "anonymous")
STATUSES = {200, 201, 204, 301, 302, 303, 400, 401, 403, 404, 405, 409, 410, 413, 415, 422}
NAMED = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>")
ESCAPED = re.compile(r"\(\?P<(\w+)>[^)]*\)")


def routes(patterns, prefix=""):
    """Return every route below some patterns, as text."""
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield route


def addresses(story, **others):
    """Return every address of the admin, those about a story filled in for this one."""
    known = {"verb": "submit", "stage": "first", "app_label": "articles", "url": "nothing"}
    known |= {"content_type_id": 1, "object_id": story.pk, "pk": story.pk, **others}
    found = set()
    for route in routes(admin.site.get_urls()):
        plain = ESCAPED.sub(lambda match: str(known.get(match[1], story.pk)), route)
        plain = NAMED.sub(lambda match: str(known.get(match["name"], story.pk)), plain)
        found.add("/admin/" + plain.replace("\\Z", "").strip("^$"))
    return sorted(found - {"/admin/logout/"})


@pytest.fixture
def story():
    """A story in its first review, with something of everything under it."""
    writer = make_login("correspondent", "somebody.else")
    story = Article.objects.create(
        headline=SECRET, body=f"{SECRET}。", filed_by=writer, section=make_section("要闻")
    )
    sign(story, make_contributor("阮青禾"))
    make_photo(story, caption=SECRET)
    revisions.record(story, by=writer, at=NOW)
    reviews.submit(story, by=writer, at=NOW)
    WorkingDraft.objects.create(
        user=writer, key="k", article=story, content={"headline": SECRET}, updated_at=NOW
    )
    Comment.objects.create(
        article=story, revision=story.head, by=writer, at=NOW, text=SECRET, quote=SECRET
    )
    MistakeReport.objects.create(
        pk=story.pk, article=story, revision=story.head, token="t", text=SECRET, at=NOW
    )
    previews.make_link(story, by=writer)
    # An issue and a page of the same key: the addresses of the walk lead to them.
    issue = Issue.objects.create(pk=story.pk, date=NOW.date())
    page = Page.objects.create(pk=story.pk, issue=issue, code="A01")
    make_press(page)
    outline(place(story, page))
    return story


def browser(role):
    return Client() if role == "anonymous" else client_of(make_login(role, f"walker-{role}"))


def shown(response):
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode(errors="replace") + str(response.headers)


def state():
    return list(Article.objects.values_list("pk", "status", "head", "updated_at", "headline"))


@pytest.mark.parametrize("role", ROLES)
def test_every_address_answers_every_role(role, story):
    client = browser(role)
    wrong = {}
    for address in addresses(story):
        for way in (client.get, client.post):
            response = way(address)
            shown(response)  # a download is closed once it has been read
            if response.status_code not in STATUSES:
                wrong[address] = response.status_code
    assert wrong == {}


@pytest.mark.parametrize("role", STRANGERS)
def test_a_strangers_story_shows_nowhere_and_is_not_touched(role, story):
    client = browser(role)
    before = state()
    leaks = set()
    for address in addresses(story):
        for ask in ("", "?q=" + SECRET[:2], f"?article={story.pk}"):
            if SECRET in shown(client.get(address + ask)):
                leaks.add(address + ask)
        for sent in ({}, {"article": story.pk, "headline": "改了", "body": "改了", "note": "改"}):
            if SECRET in shown(client.post(address, sent)):
                leaks.add(f"POST {address}")
            client.post(address, sent, content_type="application/json")
    assert leaks == set()
    assert state() == before
    names = {"app_label": "issues", "model_name": "placement", "field_name": "article"}
    assert SECRET not in shown(client.get("/admin/autocomplete/", {**names, "term": ""}))


def test_the_walk_finds_what_it_looks_for(story):
    """A reviewer is shown the story, so the walk would have noticed it for others."""
    client = browser("first_reviewer")
    found = [one for one in addresses(story) if SECRET in shown(client.get(one))]
    assert f"/admin/articles/article/{story.pk}/change/" in found
    assert f"/admin/articles/article/{story.pk}/publication/" in found
    assert "/admin/articles/article/" in found
    client = browser("issue_editor")
    assert SECRET in shown(client.get(f"/admin/articles/mistakereport/{story.pk}/change/"))
    assert SECRET in shown(client.get(f"/admin/issues/page/{story.pk}/areas/"))
    assert SECRET in shown(client.get(f"/admin/issues/issue/{story.pk}/board/"))
