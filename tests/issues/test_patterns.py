"""Issues made from standing patterns and from issues before them."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Section
from issues import patterns, scheduling
from issues.models import Issue, LockedError, Page, Pattern, PatternPage, Stage
from issues.patterns import PatternError
from issues.scheduling import ScheduleError
from tests.factories import SHANGHAI, make_issue, make_page, make_section
from tests.issues.planning import plan
from tests.newsroom import make_login

pytestmark = pytest.mark.django_db

MONDAY = datetime.date(2026, 3, 2)
TUESDAY = MONDAY + datetime.timedelta(days=1)
SIX = datetime.time(6, 0)


@pytest.fixture
def editor():
    return make_login("issue_editor")


def make_pattern(name="周二版", weekdays="2", **fields):
    """Make a pattern of two pages, the first with a standing column."""
    pattern = Pattern.objects.create(name=name, weekdays=weekdays, **{"hour": SIX, **fields})
    first = PatternPage.objects.create(
        pattern=pattern,
        code="A01",
        name="要闻",
        position=101,
        editor="顾行",
        layout="叶知秋",
        proof="马文远",
        budget=3200,
    )
    column, _created = Section.objects.get_or_create(
        name="新闻广角", slug="guangjiao", kind=Section.Kind.COLUMN
    )
    first.columns.add(column)
    PatternPage.objects.create(pattern=pattern, code="A02", name="社区", position=102)
    return pattern


def shape_of(owner):
    return [
        (
            *(page.code, page.name, page.position, page.editor, page.layout, page.proof),
            *(page.budget, [column.name for column in page.columns.all()]),
        )
        for page in owner.pages.all()
    ]


def test_issue_takes_pages_columns_people_budget_and_hour_of_a_pattern(editor):
    make_issue(MONDAY, number=426)
    pattern = make_pattern()
    issue = patterns.issue_from(pattern, date=TUESDAY, by=editor)
    issue.refresh_from_db()
    assert (issue.date, issue.number, issue.status) == (TUESDAY, 427, "planning")
    assert (issue.planned_hour, issue.publish_at) == (SIX, None)
    assert shape_of(issue) == [
        ("A01", "要闻", 101, "顾行", "叶知秋", "马文远", 3200, ["新闻广角"]),
        ("A02", "社区", 102, "", "", "", None, []),
    ]


def test_issue_takes_its_shape_from_an_earlier_issue_but_none_of_its_stories(editor):
    page = plan("渡口添灯", date=MONDAY, number=12)
    page.columns.add(make_section("广角", kind=Section.Kind.COLUMN))
    with_hour = datetime.datetime(2026, 3, 2, 5, 30, tzinfo=SHANGHAI)
    scheduling.lock(page.issue, by=editor, at=with_hour - datetime.timedelta(days=1))
    scheduling.schedule(
        page.issue, by=editor, publish_at=with_hour, at=with_hour - datetime.timedelta(days=1)
    )
    issue = patterns.issue_from(page.issue, date=TUESDAY, by=editor)
    assert shape_of(issue) == shape_of(page.issue)
    assert not issue.pages.filter(placements__isnull=False).exists()
    assert (issue.number, issue.planned_hour) == (13, datetime.time(5, 30))


def test_number_is_as_given_and_follows_nothing_where_no_issue_has_one(editor):
    pattern = make_pattern()
    assert patterns.issue_from(pattern, date=MONDAY, by=editor).number is None
    assert patterns.issue_from(pattern, date=TUESDAY, by=editor, number=88).number == 88


def test_day_with_an_issue_is_refused_and_nothing_is_made(editor):
    make_issue(TUESDAY, number=426)
    with pytest.raises(ScheduleError, match="426"):
        patterns.issue_from(make_pattern(), date=TUESDAY, by=editor)
    assert Page.objects.count() == 0
    assert Issue.objects.count() == 1


def test_number_of_another_issue_is_refused_and_nothing_is_made(editor):
    make_issue(MONDAY, number=426)
    with pytest.raises(PatternError):
        patterns.issue_from(make_pattern(), date=TUESDAY, by=editor, number=426)
    assert (Issue.objects.count(), Page.objects.count()) == (1, 0)


def test_coming_weeks_get_their_issues_once(editor):
    make_issue(MONDAY, number=426)
    make_pattern("周二版", "2")
    make_pattern("周五版", "5", hour=None)
    make_pattern("不用了", "1234567", active=False)
    there = make_issue(TUESDAY, number=500)
    made = patterns.make_standing(by=editor, today=MONDAY)
    days = [(issue.date.isoformat(), issue.number) for issue in made.issues]
    assert days == [
        ("2026-03-06", 501),
        ("2026-03-10", 502),
        ("2026-03-13", 503),
        ("2026-03-17", 504),
        ("2026-03-20", 505),
        ("2026-03-24", 506),
        ("2026-03-27", 507),
    ]
    assert made.kept == [there]
    assert there.pages.count() == 0
    assert {len(shape_of(issue)) for issue in made.issues} == {2}
    again = patterns.make_standing(by=editor, today=MONDAY)
    assert again.issues == []
    assert again.kept == [there, *made.issues]
    assert Issue.objects.count() == 9


def test_standing_issues_of_four_weeks_cost_what_those_of_one_cost(editor):
    make_pattern("天天见", "1234567")
    costs = []
    for weeks in (1, 4):
        with CaptureQueriesContext(connection) as captured:
            made = patterns.make_standing(
                by=make_login("issue_editor", f"e{weeks}"),
                weeks=weeks,
                today=MONDAY + datetime.timedelta(weeks=weeks * 2),
            )
        assert len(made.issues) == weeks * 7
        costs.append(len([one for one in captured if "auth_" not in one["sql"]]))
    assert costs[0] == costs[1]


def test_without_a_pattern_for_any_weekday_it_says_what_to_do(editor):
    make_pattern("随时", "")
    make_pattern("停用", "1", active=False)
    with pytest.raises(PatternError):
        patterns.make_standing(by=editor, today=MONDAY)


def test_pages_an_issue_has_stay_when_it_takes_a_shape(editor):
    issue = Issue.objects.create(date=MONDAY)
    make_page(issue, "A02", "特刊")
    added = patterns.take_shape(issue, make_pattern(), by=editor)
    assert [page.code for page in added] == ["A01"]
    assert sorted((page.code, page.name) for page in issue.pages.all()) == [
        ("A01", "要闻"),
        ("A02", "特刊"),
    ]
    assert Issue.objects.get().planned_hour == SIX


def test_locked_issue_takes_no_shape(editor):
    issue = make_issue(MONDAY, status=Stage.LOCKED, publish_at=None, planned_hour=SIX)
    with pytest.raises(LockedError):
        patterns.take_shape(issue, make_pattern(), by=editor)


def test_issue_is_kept_as_a_pattern_and_comes_back_the_same(editor):
    page = plan("渡口添灯", date=TUESDAY, number=12, planned_hour=SIX)
    page.columns.add(make_section("广角", kind=Section.Kind.COLUMN))
    pattern = patterns.pattern_of(page.issue, name=" 周二四版 ", by=editor)
    assert (pattern.name, pattern.weekdays, pattern.hour) == ("周二四版", "2", SIX)
    assert shape_of(pattern) == shape_of(page.issue)
    assert shape_of(patterns.issue_from(pattern, date=MONDAY, by=editor)) == shape_of(page.issue)


@pytest.mark.parametrize("name", ["周二版", "  "])
def test_pattern_needs_a_name_of_its_own(name, editor):
    make_pattern("周二版")
    page = plan("渡口添灯", date=TUESDAY)
    with pytest.raises(PatternError):
        patterns.pattern_of(page.issue, name=name, by=editor)
    assert Pattern.objects.count() == 1


def test_issue_without_pages_makes_no_pattern(editor):
    with pytest.raises(PatternError):
        patterns.pattern_of(Issue.objects.create(date=MONDAY), name="空版", by=editor)


@pytest.mark.parametrize("role", ["correspondent", "final_reviewer", "community_manager", None])
def test_only_who_keeps_issues_makes_them(role):
    stranger, pattern = make_login(role, "stranger"), make_pattern()
    page = plan("渡口添灯", date=MONDAY)
    for attempt in (
        lambda: patterns.issue_from(pattern, date=TUESDAY, by=stranger),
        lambda: patterns.make_standing(by=stranger, today=MONDAY),
        lambda: patterns.take_shape(page.issue, pattern, by=stranger),
        lambda: patterns.pattern_of(page.issue, name="新", by=stranger),
    ):
        with pytest.raises(PermissionDenied):
            attempt()
    assert (Issue.objects.count(), Page.objects.count(), Pattern.objects.count()) == (1, 1, 1)


@pytest.mark.parametrize(
    ("weekdays", "words"), [("", ""), ("2", "周二"), ("257", "周二、周五、周日")]
)
def test_weekdays_are_said_in_words(weekdays, words):
    said = Pattern(name="版", weekdays=weekdays).weekdays_in_words()
    assert said.replace("星期", "周") == words
