"""What is wrong with an issue: named, placed, and in the way only where it has to be."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Article
from issues import scheduling
from issues.lacks import Level, in_preparation, lacks_of
from issues.models import Issue, Page, Role, Web
from issues.scheduling import ScheduleError
from tests.factories import (
    MORNING,
    make_article,
    make_draft,
    make_issue,
    make_page,
    make_photo,
    make_section,
    place,
)
from tests.issues.planning import HOUR, NOW, plan
from tests.newsroom import make_login

pytestmark = pytest.mark.django_db


@pytest.fixture
def page():
    """A page that lacks nothing."""
    page = plan("渡口添灯")
    make_photo(Article.objects.get(), credit="韩冬 摄")
    return page


def lacks(page):
    issue = Issue.objects.get(pk=page.issue_id)
    return [(lack.level, lack.page, lack.story, lack.message) for lack in lacks_of(issue, NOW)]


def test_complete_page_lacks_nothing(page):
    assert lacks(page) == []


def empty(page):
    page.placements.all().delete()
    return "A01", None


def draft(page):
    story = make_draft("没写完")
    place(story, page)
    return "没写完", story


def in_review(page):
    story = make_article("等终审", status="second_passed", publish_at=None)
    place(story, page)
    return "等终审", story


def withdrawn(page):
    story = make_article(
        "撤过的稿", status="withdrawn", withdrawn_at=MORNING, withdrawal_reason="地名有误。"
    )
    place(story, page)
    return "撤过的稿", story


def twice(page):
    other = make_page(page.issue, "A02", editor="顾行", proof="马文远")
    story = make_article("登两次", publish_at=None)
    make_photo(story, credit="韩冬 摄")
    place(story, page)
    place(story, other, Role.LEAD)
    return "A01", story


@pytest.mark.parametrize("make", [empty, draft, in_review, withdrawn, twice])
def test_what_would_put_something_false_before_the_reader_blocks(make, page):
    named, story = make(page)
    editor = make_login("issue_editor")
    (blocking,) = [lack for lack in lacks(page) if lack[0] == Level.BLOCKS]
    assert named in blocking[3]
    assert blocking[2] == story
    with pytest.raises(ScheduleError) as refusal:
        scheduling.lock(page.issue, by=editor, at=NOW)
    assert refusal.value.reasons == (blocking[3],)
    assert Issue.objects.get(pk=page.issue_id).status == "planning"


def no_lead(page):
    page.placements.update(role=Role.FEATURE)


def no_photo(page):
    place(make_article("没有照片", publish_at=None), make_page(page.issue, "A02"), Role.LEAD)
    Page.objects.filter(code="A02").update(editor="顾行", proof="马文远")


def photo_without_credit(page):
    story = make_article("没有署名的照片", publish_at=None)
    make_photo(story, credit="")
    place(story, page)


def photo_without_description(page):
    story = make_article("没有说明的照片", publish_at=None)
    make_photo(story, credit="韩冬 摄", alt="")
    place(story, page)


def empty_column(page):
    filled, left = make_section("街巷快讯", kind="column"), make_section("新闻广角", kind="column")
    page.columns.set([filled, left])
    place(make_article("栏目里的稿", publish_at=None, column=filled), page)


def no_editor(page):
    Page.objects.filter(pk=page.pk).update(editor="")


def no_proof(page):
    Page.objects.filter(pk=page.pk).update(proof="")


def own_hour(page):
    place(make_article("晚间快讯", publish_at=HOUR), page)


@pytest.mark.parametrize(
    ("make", "named"),
    [
        (no_lead, "A01"),
        (no_photo, "A02"),
        (photo_without_credit, "没有署名的照片"),
        (photo_without_description, "没有说明的照片"),
        (empty_column, "新闻广角"),
        (no_editor, "A01"),
        (no_proof, "A01"),
        (own_hour, "晚间快讯"),
    ],
)
def test_the_rest_is_pointed_out_and_stops_nobody(make, named, page):
    make(page)
    ((level, where, _story, message),) = lacks(page)
    assert level == Level.WARNS
    assert named in message
    assert where is not None
    scheduling.lock(page.issue, by=make_login("issue_editor"), at=NOW)


def test_own_hour_of_a_story_on_the_web_first_is_no_problem(page):
    place(make_article("晚间快讯", publish_at=HOUR), page, web=Web.FIRST)
    assert lacks(page) == []


def test_issue_without_a_date_or_a_page_cannot_be_locked():
    issue = make_issue(None, status="planning", publish_at=None)
    with pytest.raises(ScheduleError) as refusal:
        scheduling.lock(issue, by=make_login("issue_editor"), at=NOW)
    assert len(refusal.value.reasons) == 2


def test_what_blocks_stands_first_on_its_page(page):
    Page.objects.filter(pk=page.pk).update(editor="", proof="")
    place(make_draft("没写完"), page)
    levels = [level for level, *_rest in lacks(page)]
    assert levels == [Level.BLOCKS, Level.WARNS, Level.WARNS]


def test_story_that_went_back_after_the_locking_stops_the_scheduling(page):
    editor = make_login("issue_editor")
    scheduling.lock(page.issue, by=editor, at=NOW)
    Article.objects.filter(headline="渡口添灯").move(status="draft")
    with pytest.raises(ScheduleError, match="渡口添灯"):
        scheduling.schedule(page.issue, by=editor, publish_at=HOUR, at=NOW)


@pytest.mark.parametrize("count", [1, 40])
def test_looking_costs_the_same_with_many_stories(count, page, time_machine):
    time_machine.move_to(NOW, tick=False)
    for n in range(count):
        place(make_article(f"第{n}篇", publish_at=None), page)
    with CaptureQueriesContext(connection) as queries:
        ((_issue, found),) = in_preparation()
        assert found == []
    assert len(queries) == 5
