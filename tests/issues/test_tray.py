"""The tray of an issue's board: who is in it, and what narrows it."""

import datetime

import pytest

from articles.models import Article, Status
from issues.models import Role
from issues.tray import PER_PAGE, Length, Wanted, stories_for, tray_of
from tests.factories import (
    MORNING,
    make_article,
    make_community,
    make_district,
    make_issue,
    make_page,
    make_section,
    place,
)
from tests.issues.planning import NOW, plan
from tests.newsroom import make_login

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)


@pytest.fixture
def editor():
    return make_login("issue_editor")


@pytest.fixture
def issue():
    return plan("渡口添灯").issue


def ready(headline, **overrides):
    return make_article(headline, **{"publish_at": None, "stage_since": NOW, **overrides})


def headlines(issue, by, **wanted):
    found = stories_for(issue, by, Wanted(**wanted), NOW)
    return [story.headline for story in found]


def test_holds_what_has_passed_a_review_the_latest_first(issue, editor):
    for number, status in enumerate(Status.values):
        reason = {"withdrawal_reason": "地名有误。"} if status == Status.WITHDRAWN else {}
        withdrawn_at = {"withdrawn_at": MORNING} if reason else {}
        ready(status, status=status, stage_since=NOW - number * DAY, **reason, **withdrawn_at)
    make_article("改过的", status=Status.APPROVED, publish_at=None, revises=Article.objects.first())
    assert headlines(issue, editor) == ["first_passed", "second_passed", "approved"]


def test_leaves_out_what_stands_in_the_issue_and_what_is_in_print(issue, editor):
    ready("备用稿")
    printed = ready("见过报的")
    place(printed, make_page(make_issue(number=3)))
    planned = ready("排在下一期的")
    later = make_issue(NOW.date() + 30 * DAY, number=9, status="planning", publish_at=None)
    place(planned, make_page(later, "B01"), Role.LEAD)
    assert headlines(issue, editor) == ["排在下一期的", "备用稿"]
    assert headlines(issue, editor, printed=True) == ["排在下一期的", "见过报的", "备用稿"]
    ((elsewhere,),) = [
        [one.page.code for one in story.placements.all()]
        for story in tray_of(issue, editor, Wanted(text="下一期"), at=NOW).stories
    ]
    assert elsewhere == "B01"


def test_shows_nobody_what_they_may_not_see(issue):
    writer = make_login("correspondent")
    ready("别人的")
    ready("自己的", filed_by=writer)
    assert headlines(issue, writer) == ["自己的"]


class TestFilters:
    def test_section_and_column(self, issue, editor):
        section, column = make_section("民生"), make_section("街巷快讯", kind="column")
        ready("民生稿", section=section)
        ready("快讯", column=column)
        assert headlines(issue, editor, section=section) == ["民生稿"]
        assert headlines(issue, editor, section=column) == ["快讯"]

    def test_community_with_all_within_it(self, issue, editor):
        district = make_district()
        community = make_community(within=district)
        ready("桂花社区的事").communities.add(community)
        ready("别处的事")
        assert headlines(issue, editor, community=district) == ["桂花社区的事"]

    def test_age(self, issue, editor):
        ready("昨天的", stage_since=NOW - DAY)
        ready("上周的", stage_since=NOW - 6 * DAY)
        assert headlines(issue, editor, days=3) == ["昨天的"]
        assert headlines(issue, editor, days=7) == ["昨天的", "上周的"]
        assert headlines(issue, editor) == ["昨天的", "上周的"]

    @pytest.mark.parametrize(
        ("length", "expected"),
        [(Length.SHORT, ["300"]), (Length.MIDDLE, ["1000", "301"]), (Length.LONG, ["1001"])],
    )
    def test_length(self, length, expected, issue, editor):
        for count in (300, 301, 1000, 1001):
            ready(str(count), body="字" * count)
        assert headlines(issue, editor, length=length) == expected

    def test_every_word_of_the_text(self, issue, editor):
        ready("河堤补道", kicker="雨季之前")
        ready("河堤植树")
        assert headlines(issue, editor, text="河堤 雨季") == ["河堤补道"]
        assert headlines(issue, editor, text="%") == []


def test_comes_by_the_page(issue, editor):
    for number in range(PER_PAGE + 1):
        ready(f"第{number}篇")
    first = tray_of(issue, editor, Wanted(), at=NOW)
    second = tray_of(issue, editor, Wanted(), 2, at=NOW)
    assert (len(first.stories), first.has_more) == (PER_PAGE, True)
    assert ([story.headline for story in second.stories], second.has_more) == (["第0篇"], False)
    assert tray_of(issue, editor, Wanted(), 10**9, at=NOW).stories == []
