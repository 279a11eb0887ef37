"""What its writer is told of a story."""

import datetime

import pytest

from articles import publishing, reviews
from articles.fate import fate_of
from issues.models import gate
from tests.articles.desk import NOW, advance, file_story, make_people
from tests.factories import LONG_AFTER, make_issue, make_page, place
from tests.newsroom import client_of

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 3, 4)


@pytest.fixture
def people():
    return make_people()


@pytest.fixture
def story(people):
    return file_story(people)


def test_says_where_the_story_waits_and_since_when(story, people):
    advance(story, people, "first_passed")
    fate = fate_of(story, NOW)
    assert (fate.standing, fate.since) == (publishing.Standing.SECOND.label, NOW)


@pytest.mark.parametrize("verb", [reviews.send_back, reviews.decline])
def test_says_who_turned_it_down_and_why(verb, story, people):
    advance(story, people, "submitted")
    verb(story, stage="first", by=people.first, note="同题已有稿。", at=NOW)
    fate = fate_of(story, NOW)
    assert fate.reason == "同题已有稿。"
    assert fate.verdict.startswith(str(reviews.Stage.FIRST.label))


def test_says_on_which_page_it_is_planned_and_then_ran(story, people, client):
    advance(story, people, "public")
    issue = make_issue(DAY, publish_at=LONG_AFTER, status="scheduled")
    page = make_page(issue, "A03")
    place(story, page)
    (planned,) = fate_of(story, NOW).printed
    assert (planned.date, planned.code, planned.address) == (DAY, "A03", "")
    with gate.opened():
        issue.publish_at = NOW
        issue.save()
    (ran,) = fate_of(story, NOW).printed
    assert ran.address == page.get_absolute_url()


def test_writer_reads_it_above_the_story_and_in_the_list(story, people):
    place(story, make_page(make_issue(DAY), "A03"))
    advance(story, people, "submitted")
    reviews.send_back(story, stage="first", by=people.first, note="请补时间。", at=NOW)
    client = client_of(people.writer)
    assert (
        "请补时间。" in client.get(f"/admin/articles/article/{story.pk}/change/").content.decode()
    )
    assert "3.4 A03" in client.get("/admin/articles/article/").content.decode()
