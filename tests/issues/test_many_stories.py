"""An issue of two hundred stories: one transaction, few queries, and one bad story named."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Article, StoryEvent
from articles.publishing import PublishingError
from issues import scheduling
from issues.models import Issue
from issues.scheduling import ScheduleError
from tests.factories import make_article, make_contributor, make_draft, place, sign
from tests.issues.planning import HOUR, NOW, plan
from tests.newsroom import make_login

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return make_login("issue_editor")


def hours():
    return set(Article.objects.values_list("publish_at", flat=True))


COUNT = 200


@pytest.fixture
def long_issue():
    page = plan()
    for n in range(COUNT):
        place(make_article(f"第{n}篇", publish_at=None), page)
    return page.issue


# Of one story and of two hundred; SQLite writes so many events in two strokes.
QUERIES = 22


@pytest.mark.parametrize("count", [1, 200])
def test_scheduling_costs_the_same(count, editor):
    page = plan()
    for n in range(count):
        place(make_article(f"第{n}篇", publish_at=None), page)
    scheduling.lock(page.issue, by=editor, at=NOW)
    with CaptureQueriesContext(connection) as queries:
        scheduling.schedule(page.issue, by=editor, publish_at=HOUR, at=NOW)
    assert hours() == {HOUR}
    assert StoryEvent.objects.filter(kind="scheduled").count() == count
    assert QUERIES - 1 <= len(queries) <= QUERIES


def test_one_bad_story_is_named_before_anything_is_written(long_issue, editor):
    scheduling.lock(long_issue, by=editor, at=NOW)
    sign(Article.objects.get(headline="第77篇"), make_contributor())
    with CaptureQueriesContext(connection) as queries, pytest.raises(PublishingError) as bad:
        scheduling.schedule(long_issue, by=editor, publish_at=HOUR, at=NOW)
    assert len(bad.value.reasons) == 1
    assert "第77篇" in bad.value.reasons[0]
    written = [q["sql"] for q in queries if q["sql"].startswith(("UPDATE", "INSERT", "DELETE"))]
    assert written == []
    assert hours() == {None}
    assert Issue.objects.get().status == "locked"


def test_bad_stories_are_all_named_at_the_locking(long_issue, editor):
    page = long_issue.pages.get()
    for name in ("没写完", "也没写完"):
        place(make_draft(name), page)
    with pytest.raises(ScheduleError) as refusal:
        scheduling.lock(long_issue, by=editor, at=NOW)
    assert ["没写完" in str(refusal.value), len(refusal.value.reasons)] == [True, 2]
