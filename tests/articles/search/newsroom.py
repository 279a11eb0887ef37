"""Stories to search, indexed as the verbs index them."""

from __future__ import annotations

import datetime
from typing import Any

from articles.models import Article
from articles.search import indexing
from articles.search.filters import Filters
from articles.search.finding import find
from articles.search.query import Query
from tests.factories import MORNING, make_article

DAY = datetime.timedelta(days=1)
NOW = MORNING + 100 * DAY


def make_findable(headline: str, *, days: int = 0, **fields: Any) -> Article:
    """Make a public story that appeared so many days after the others, and index it."""
    story = make_article(headline, **{"publish_at": MORNING + days * DAY, **fields})
    indexing.index([story.pk])
    return story


def headlines_for(typed: str, **filters: Any) -> list[str]:
    """Return the headlines of what is found, the best first."""
    keys = find(Query.read(typed), Filters(**filters), at=NOW).keys
    stories = Article.objects.in_bulk(keys)
    return [stories[key].headline for key in keys]
