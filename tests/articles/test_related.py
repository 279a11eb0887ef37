"""Related stories: what is nearest comes first, and nothing the public may not see."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Article
from articles.related import likeness, related_to
from tests.factories import (
    HIDDEN,
    MORNING,
    make_article,
    make_community,
    make_district,
    make_kind,
    make_station,
)
from tests.reading import headlines

pytestmark = pytest.mark.django_db


@pytest.fixture
def places():
    """A place and a station in it."""
    community = make_community(within=make_district())
    return community, make_station(community=community, kind=make_kind())


def tell(headline, *places, tags=(), **fields):
    """Make a story about places, filed under words."""
    story = make_article(headline, **fields)
    for place in places:
        (story.stations if hasattr(place, "kind") else story.communities).add(place)
    story.tags.add(*tags)
    return story


def nearest(story: Article, count: int = 9) -> list[str]:
    """Return the headlines of the stories nearest to one."""
    whole = Article.objects.with_everything().get(pk=story.pk)
    return [one.headline for one in related_to(whole, count)]


def test_shared_words_places_and_headlines_decide(places):
    community, station = places
    story = tell("巷口路灯亮了", community, station, tags=["路灯"])
    tell("无关")
    tell("食堂开张", community)
    tell("驿站开门", station)
    tell("老灯换新", tags=["路灯"])
    tell("巷口路灯又亮了", community)
    tell("路灯值班", community, station, tags=["路灯"])
    assert nearest(story) == ["路灯值班", "巷口路灯又亮了", "老灯换新", "驿站开门", "食堂开张"]
    assert nearest(story, 2) == ["路灯值班", "巷口路灯又亮了"]
    assert nearest(tell("无关之二")) == []


def test_nothing_is_related_that_is_not_public(places, client):
    community, _station = places
    story = tell("巷口路灯亮了", community, tags=["路灯"])
    for name, fields in HIDDEN.items():
        tell(name, community, tags=["路灯"], **fields)
    tell("过期", community, genre="notice", expires_at=MORNING)
    assert nearest(story) == []
    tell("可见", community)
    assert headlines(client.get(story.get_absolute_url()).content.decode())[1:] == ["可见"]


@pytest.mark.parametrize("count", [1, 70])
def test_two_queries_whatever_there_is(count, places):
    story = tell("巷口路灯亮了", *places, tags=["路灯"])
    for number in range(count):
        tell(f"第{number}篇", *places, tags=["路灯"])
    whole = Article.objects.with_everything().get(pk=story.pk)
    with CaptureQueriesContext(connection) as queries:
        found = related_to(whole, 4)
    assert len(queries) == 2
    assert len(found) == min(count, 4)


def test_headlines_are_compared_by_pairs_of_characters():
    assert likeness("路灯亮了", "路灯，亮了！") == 1
    assert likeness("路灯亮了", "食堂开张") == 0
    assert likeness("灯", "灯") == 0


def test_a_things_newest_stories_lie_in_an_index():
    """Django knows nothing of two of them, and would forget them should it make a table anew."""
    names = {
        Article.communities.through: "article_community_newest",
        Article.stations.through: "article_station_newest",
        Article.tags.through: "article_tag_newest",
    }
    with connection.cursor() as cursor:
        for links, name in names.items():
            found = connection.introspection.get_constraints(cursor, links._meta.db_table)
            assert name in found, links
