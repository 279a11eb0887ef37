"""The calendar in the admin: what stands on each day, what is offered, what moves."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.models import Article
from bulletin.roles import Role
from issues.calendar import Span
from issues.models import Issue, IssueEvent, Page, Pattern
from tests.factories import (
    SHANGHAI,
    make_article,
    make_draft,
    make_issue,
    make_page,
    make_section,
    place,
)
from tests.issues.planning import HOUR, NOW, bring_to, plan
from tests.issues.test_patterns import make_pattern
from tests.newsroom import as_shown, client_of, errors_of, make_login, with_row

pytestmark = pytest.mark.django_db

CALENDAR = reverse("admin:issues_issue_calendar")
STANDING = reverse("admin:issues_issue_calendar_standing")
ADD = reverse("admin:issues_issue_add")
MARCH = f"{CALENDAR}?month=2026-03"
TODAY = NOW.date()
SCRIPT = {"headers": {"accept": "application/json"}}


@pytest.fixture(autouse=True)
def _now(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def editor():
    return make_login("issue_editor")


@pytest.fixture
def desk(editor):
    return client_of(editor)


def at(day, hour=9, minute=0):
    return datetime.datetime(2026, 3, day, hour, minute, tzinfo=SHANGHAI)


def move_address(row):
    name = "issues_issue_move" if isinstance(row, Issue) else "issues_issue_calendar_story"
    return reverse(f"admin:{name}", args=[row.pk])


def days(response):
    """Return what stands on each day that has something: the issue and the stories' headlines."""
    return {
        day.date.isoformat(): (
            day.issue and day.issue.issue.number,
            [story.headline for story in day.stories],
        )
        for day in response.context["days"]
        if day.issue or day.stories
    }


def square(response, day):
    """Return the markup of a day."""
    return response.content.decode().split(f'id="day-{day}"')[1].split('id="day-')[0]


class TestSpans:
    @pytest.mark.parametrize(
        ("query", "first", "last", "before", "after"),
        [
            ("month=2026-03", "2026-02-23", "2026-04-05", "month=2026-02", "month=2026-04"),
            ("month=2026-01", "2025-12-29", "2026-02-01", "month=2025-12", "month=2026-02"),
            ("month=2027-02", "2027-02-01", "2027-02-28", "month=2027-01", "month=2027-03"),
            ("week=2026-03-04", "2026-03-02", "2026-03-08", "week=2026-02-23", "week=2026-03-09"),
            ("", "2026-02-23", "2026-04-05", "month=2026-02", "month=2026-04"),
        ],
    )
    def test_whole_weeks_and_the_way_on(self, query, first, last, before, after, desk):
        context = desk.get(f"{CALENDAR}?{query}").context
        span = context["span"]
        assert (span.first.isoformat(), span.last.isoformat()) == (first, last)
        assert (context["before"], context["after"]) == (before, after)

    @pytest.mark.parametrize(
        "query",
        [
            *("month=2026-13", "month=2026-3", "month=x", "week=2026-02-30", "week=2026-W10"),
            *("week=20260304", "month=0001-01", "month=9999-12", "week=0001-01-01"),
        ],
    )
    def test_no_such_span_is_not_found(self, query, desk):
        assert desk.get(f"{CALENDAR}?{query}").status_code == 404

    def test_other_view_shows_the_same_days(self, desk):
        assert desk.get(MARCH).context["other_kind"] == "week=2026-03-04"
        april = desk.get(f"{CALENDAR}?month=2026-05")
        assert april.context["other_kind"] == "week=2026-05-01"
        assert desk.get(f"{CALENDAR}?week=2026-03-05").context["other_kind"] == "month=2026-03"

    @pytest.mark.parametrize("month", range(1, 13))
    def test_month_after_month_comes_round(self, month):
        span = Span.of_month(datetime.date(2024, month, 17))
        assert Span.of_month(span.after).before == span.day
        assert (span.first.weekday(), span.last.weekday()) == (0, 6)


class TestWhatStandsThere:
    def test_issues_and_stories_of_the_web_alone_by_day(self, desk):
        page = plan("渡口添灯", number=12)
        make_article("网上先知", publish_at=at(6, 0, 0))
        make_article("夜里的", publish_at=at(6, 23, 59))
        make_article("昨天发的", publish_at=at(3))
        make_article("上月末", publish_at=datetime.datetime(2026, 2, 22, 23, 0, tzinfo=SHANGHAI))
        make_article("没定时间", publish_at=None)
        make_article(
            "已撤",
            status="withdrawn",
            publish_at=at(2),
            withdrawn_at=at(3),
            withdrawal_reason="照片用错了。",
        )
        make_draft("草稿")
        place(make_article("见报也上网", publish_at=at(7)), page)
        assert days(desk.get(MARCH)) == {
            "2026-03-03": (None, ["昨天发的"]),
            "2026-03-05": (12, []),
            "2026-03-06": (None, ["网上先知", "夜里的"]),
        }

    def test_issue_says_its_number_stage_hour_and_lacks(self, desk, editor):
        issue = plan("渡口添灯", number=12, planned_hour=datetime.time(5, 30)).issue
        make_page(issue, "A02")
        shown = square(desk.get(MARCH), "2026-03-05")
        assert "第12期" in shown
        assert str(issue.stage().label) in shown
        assert "5:30" in shown
        assert "必改 1" in shown
        issue.pages.get(code="A02").delete()
        bring_to(issue, "scheduled", editor)
        shown = square(desk.get(MARCH), "2026-03-05")
        assert str(issue.stage().label) in shown
        assert "06:00" in shown
        assert "必改" not in shown

    def test_week_says_what_is_wrong(self, desk):
        issue = plan("渡口添灯", number=12).issue
        make_page(issue, "A02")
        wrong = _("Page %(page)s has no story.") % {"page": "A02"}
        assert wrong not in desk.get(MARCH).content.decode()
        assert wrong in desk.get(f"{CALENDAR}?week=2026-03-05").content.decode()

    def test_busy_day_shows_its_first_stories_and_how_many_more(self, desk):
        for hour in range(8, 14):
            make_article(f"稿{hour}", publish_at=at(6, hour))
        day = next(day for day in desk.get(MARCH).context["days"] if day.stories)
        assert [story.headline for story in day.stories] == ["稿8", "稿9", "稿10"]
        assert day.more == 3
        week = desk.get(f"{CALENDAR}?week=2026-03-06").context["days"]
        day = next(day for day in week if day.stories)
        assert (len(day.stories), day.more) == (6, 0)

    def test_issue_without_a_day_waits_below(self, desk):
        Issue.objects.create(number=99)
        found = desk.get(MARCH)
        assert [one.issue.number for one in found.context["undated"]] == [99]
        assert days(found) == {}

    def test_today_is_marked_once(self, desk):
        text = desk.get(MARCH).content.decode()
        assert text.count("is-today") == 1
        assert 'id="day-2026-03-04"' in text.split("is-today")[1][:200]

    def test_what_moves_can_be_taken_up_and_what_does_not_cannot(self, desk, editor):
        make_article("发过了", publish_at=at(3))
        waiting = make_article("等着", publish_at=at(6))
        live = make_issue(at(2).date(), number=11, publish_at=at(2))
        planned = plan("渡口添灯", number=12).issue
        text = desk.get(MARCH).content.decode()
        assert f'data-move="{move_address(waiting)}"' in text
        assert f'data-move="{move_address(planned)}"' in text
        assert move_address(live) not in text
        assert text.count("data-move=") == 2

    def test_it_costs_the_same_with_three_of_each_and_with_many(self, desk):
        def fill(numbers):
            for n in numbers:
                page = plan(f"见报{n}", date=at(n + 1).date(), number=n)
                page.columns.add(column)
                make_article(f"网上{n}", publish_at=at(n + 1))
                make_article(f"又一篇{n}", publish_at=at(n + 1, 10))

        column = make_pattern().pages.first().columns.get()
        Issue.objects.create(number=500)
        fill(range(3))
        costs = []
        for more in (range(0), range(3, 31)):
            fill(more)
            Issue.objects.bulk_create(Issue(number=501 + n) for n in more)
            with CaptureQueriesContext(connection) as captured:
                shown = desk.get(MARCH)
            costs.append(len(captured))
        assert len(days(shown)) == 31
        assert costs == [13, 13]


class TestMoving:
    def test_planned_issue_moves_by_the_plain_form_and_the_history_says_so(self, desk):
        issue = plan("渡口添灯", number=12).issue
        assert 'value="2026-03-05"' in desk.get(move_address(issue)).content.decode()
        done = desk.post(move_address(issue), {"date": "2026-03-09"}, follow=True)
        assert done.redirect_chain[0][0] == f"{CALENDAR}?month=2026-03#day-2026-03-09"
        assert "3月9日" in str(next(iter(done.context["messages"])))
        assert days(done) == {"2026-03-09": (12, [])}
        history = desk.get(reverse("admin:issues_issue_history", args=[issue.pk]))
        assert "2026-03-09" in history.content.decode()

    def test_week_leads_back_to_the_week(self, desk):
        issue = plan("渡口添灯", number=12).issue
        done = desk.post(f"{move_address(issue)}?kind=week", {"date": "2026-03-09"})
        assert done.url == f"{CALENDAR}?week=2026-03-09#day-2026-03-09"

    def test_day_that_is_taken_is_refused_at_the_date_and_what_was_typed_stays(self, desk):
        issue = plan("渡口添灯", number=12).issue
        make_issue(at(9).date(), number=13)
        refused = desk.post(move_address(issue), {"date": "2026-03-09"})
        assert "13" in str(refused.context["form"].errors["date"])
        assert 'value="2026-03-09"' in refused.content.decode()
        assert Issue.objects.get(number=12).date == at(5).date()

    @pytest.mark.parametrize("date", ["", "2026-02-30", "x"])
    def test_no_day_is_refused_at_the_field(self, date, desk):
        issue = plan("渡口添灯", number=12).issue
        assert "date" in desk.post(move_address(issue), {"date": date}).context["form"].errors

    def test_locked_issue_is_told_how_and_led_to_the_unlocking(self, desk, editor):
        issue = bring_to(plan("渡口添灯", number=12).issue, "locked", editor)
        refused = desk.post(move_address(issue), {"date": "2026-03-09"})
        assert "解锁" in str(refused.context["form"].errors["date"])
        assert reverse("admin:issues_issue_schedule", args=[issue.pk]) in refused.content.decode()

    def test_scheduled_issue_asks_why_and_begins_with_the_day_it_was_dropped_on(self, desk, editor):
        issue = bring_to(plan("渡口添灯", number=12).issue, "scheduled", editor)
        assert " data-asks" in desk.get(MARCH).content.decode()
        asked = desk.get(f"{move_address(issue)}?date=2026-03-09")
        assert 'value="2026-03-09"' in asked.content.decode()
        refused = desk.post(move_address(issue), {"date": "2026-03-09", "note": " "})
        assert "note" in refused.context["form"].errors
        desk.post(move_address(issue), {"date": "2026-03-09", "note": "印厂检修"})
        moved = Issue.objects.get()
        assert (moved.date, moved.publish_at) == (at(9).date(), HOUR + datetime.timedelta(days=4))
        assert IssueEvent.objects.first().note == "印厂检修"

    def test_live_issue_offers_no_form_and_refuses_one_that_is_sent(self, desk):
        issue = make_issue(at(2).date(), number=11, publish_at=at(2))
        shown = desk.get(move_address(issue)).content.decode()
        assert 'name="date"' not in shown
        answer = desk.post(move_address(issue), {"date": "2026-03-09"}, **SCRIPT)
        assert answer.status_code == 409
        assert Issue.objects.get().date == at(2).date()

    def test_story_moves_to_another_day_at_its_hour(self, desk):
        story = make_article("等着", publish_at=at(6, 9, 20))
        done = desk.post(move_address(story), {"date": "2026-03-09"}, follow=True)
        assert days(done) == {"2026-03-09": (None, ["等着"])}
        assert Article.objects.get().publish_at == at(9, 9, 20)

    def test_published_story_offers_no_form_and_refuses_one_that_is_sent(self, desk):
        story = make_article("发过了", publish_at=at(3))
        assert 'name="date"' not in desk.get(move_address(story)).content.decode()
        answer = desk.post(move_address(story), {"date": "2026-03-09"}, **SCRIPT)
        assert answer.status_code == 409
        assert Article.objects.get().publish_at == at(3)

    def test_script_is_answered_in_a_sentence(self, desk):
        issue = plan("渡口添灯", number=12).issue
        make_issue(at(9).date(), number=13)
        refused = desk.post(move_address(issue), {"date": "2026-03-09"}, **SCRIPT)
        assert (refused.status_code, len(refused.json()["refused"])) == (409, 1)
        done = desk.post(move_address(issue), {"date": "2026-03-10"}, **SCRIPT)
        assert "3月10日" in done.json()["done"]
        assert Issue.objects.get(number=12).date == at(10).date()


class TestNewIssues:
    def test_empty_days_from_today_on_offer_one_with_the_pattern_of_the_weekday(self, desk):
        make_pattern("周五版", "5")
        plan("渡口添灯", number=12)
        shown = desk.get(MARCH)
        assert f"{ADD}?date=2026-03-06&amp;kind=month" in square(shown, "2026-03-06")
        assert "周五版" in square(shown, "2026-03-06")
        assert "周五版" not in square(shown, "2026-03-07")
        assert ADD in square(shown, "2026-03-04")
        assert ADD not in square(shown, "2026-03-03")
        assert ADD not in square(shown, "2026-03-05")

    def test_form_begins_with_day_number_and_pattern_and_leads_back(self, desk):
        make_pattern("周五版", "5")
        make_issue(at(2).date(), number=426)
        form = desk.get(f"{ADD}?date=2026-03-06&kind=week")
        sent = as_shown(form)
        shape = f"pattern-{Pattern.objects.get().pk}"
        assert (sent["date"], int(sent["number"]), sent["shape"]) == ("2026-03-06", 427, [shape])
        done = desk.post(f"{ADD}?date=2026-03-06&kind=week", {**sent, "_save": "1"})
        assert done.url == f"{CALENDAR}?week=2026-03-06#day-2026-03-06"
        issue = Issue.objects.get(number=427)
        assert [page.code for page in issue.pages.all()] == ["A01", "A02"]
        assert issue.planned_hour == datetime.time(6)

    def test_page_that_is_typed_goes_before_that_of_the_shape(self, desk):
        other = plan("渡口添灯", number=12).issue
        make_page(other, "A02", "社区")
        sent = as_shown(desk.get(ADD)) | {"date": "2026-03-06", "shape": f"issue-{other.pk}"}
        sent = with_row(sent, "pages", code="A02", name="特刊", editor="闻婧")
        response = desk.post(ADD, sent)
        assert response.status_code == 302, errors_of(response)
        pages = Issue.objects.get(number=13).pages.order_by("code")
        assert [(page.code, page.name) for page in pages] == [("A01", "要闻"), ("A02", "特刊")]

    def test_shape_that_is_gone_is_told_at_the_field(self, desk):
        pattern = make_pattern()
        sent = as_shown(desk.get(ADD)) | {"date": "2026-03-06", "shape": f"pattern-{pattern.pk}"}
        pattern.delete()
        refused = desk.post(ADD, sent)
        assert "shape" in refused.context["adminform"].form.errors
        assert not Issue.objects.exists()

    @pytest.mark.parametrize("query", ["date=x", "date=2026-02-30", "shape=pattern-9", "kind=x"])
    def test_odd_addresses_show_the_plain_form(self, query, desk):
        assert desk.get(f"{ADD}?{query}").status_code == 200

    def test_scheduling_begins_with_the_planned_hour(self, desk, editor):
        issue = plan("渡口添灯", number=12, planned_hour=datetime.time(7, 45)).issue
        bring_to(issue, "locked", editor)
        shown = desk.get(reverse("admin:issues_issue_schedule", args=[issue.pk]))
        form = {deed.name: form for deed, form in shown.context["deeds"]}["schedule"]
        assert form.initial["publish_at"] == at(5, 7, 45)

    def test_issue_that_is_there_takes_no_shape(self, desk):
        issue = plan("渡口添灯", number=12).issue
        form = desk.get(reverse("admin:issues_issue_change", args=[issue.pk]))
        assert "shape" not in form.context["adminform"].form.fields

    def test_coming_weeks_are_made_at_once_and_what_was_there_is_said(self, desk):
        make_pattern("周五版", "5")
        make_issue(at(6).date(), number=426)
        done = desk.post(STANDING, follow=True)
        said = " ".join(str(message) for message in done.context["messages"])
        assert "3月13日" in said
        assert "3月27日" in said
        assert "3月6日" in said
        numbers = Issue.objects.order_by("number").values_list("number", flat=True)
        assert list(numbers) == [426, 427, 428, 429]
        desk.post(STANDING)
        assert Issue.objects.count() == 4

    def test_without_patterns_it_says_what_to_do(self, desk):
        done = desk.post(STANDING, follow=True)
        assert "定例" in str(next(iter(done.context["messages"])))
        assert desk.get(STANDING).status_code == 405


class TestPatterns:
    def test_issue_is_kept_as_a_pattern(self, desk):
        issue = plan("渡口添灯", number=12).issue
        where = reverse("admin:issues_issue_pattern", args=[issue.pk])
        assert (
            where
            in desk.get(reverse("admin:issues_issue_change", args=[issue.pk])).content.decode()
        )
        assert "name" in desk.post(where, {"name": ""}).context["form"].errors
        done = desk.post(where, {"name": "周四版"})
        pattern = Pattern.objects.get()
        assert done.url == reverse("admin:issues_pattern_change", args=[pattern.pk])
        assert (pattern.name, pattern.weekdays) == ("周四版", "4")
        refused = desk.post(where, {"name": "周四版"})
        assert "name" in refused.context["form"].errors

    def test_pattern_is_made_with_weekdays_pages_and_columns(self, desk):
        column = make_pattern("有栏目").pages.first().columns.get()
        add = reverse("admin:issues_pattern_add")
        sent = as_shown(desk.get(add)) | {"name": "周二四版", "weekdays": ["4", "2"]}
        sent = with_row(sent, "pages", code="ａ02", name="社区", budget="2800", columns=column.pk)
        sent = with_row(sent, "pages", code="A01", name="要闻")
        response = desk.post(add, sent)
        assert response.status_code == 302, errors_of(response)
        pattern = Pattern.objects.get(name="周二四版")
        assert pattern.weekdays == "24"
        pages = [(page.code, page.budget, page.columns.count()) for page in pattern.pages.all()]
        assert pages == [("A01", None, 0), ("A02", 2800, 1)]
        form = desk.get(reverse("admin:issues_pattern_change", args=[pattern.pk]))
        assert as_shown(form)["weekdays"] == ["2", "4"]

    def test_standing_columns_alone_can_be_ticked(self, desk):
        make_section("要闻")
        pattern = make_pattern()
        form = desk.get(reverse("admin:issues_pattern_change", args=[pattern.pk]))
        rows = form.context["inline_admin_formsets"][0].formset
        assert [label for _key, label in rows.forms[0].fields["columns"].choices] == ["新闻广角"]

    def test_same_code_twice_is_told_at_the_code(self, desk):
        add = reverse("admin:issues_pattern_add")
        sent = as_shown(desk.get(add)) | {"name": "周二版"}
        for _n in range(2):
            sent = with_row(sent, "pages", code="A01")
        assert "pages-1-code" in errors_of(desk.post(add, sent))

    def test_form_costs_the_same_with_two_pages_and_with_sixteen(self, desk):
        pattern = make_pattern()
        where = reverse("admin:issues_pattern_change", args=[pattern.pk])
        costs = []
        for numbers in (range(0), range(3, 17)):
            for n in numbers:
                pattern.pages.create(code=f"A{n:02}", position=100 + n)
            with CaptureQueriesContext(connection) as captured:
                desk.get(where)
            costs.append(len(captured))
        assert costs[0] == costs[1]


@pytest.mark.parametrize("role", [*Role.values, None])
def test_only_who_plans_sees_the_calendar_and_moves_anything(role):
    plans = role in ("issue_editor", "administrator")
    client = client_of(make_login(role, "someone"))
    issue, story = plan("渡口添灯", number=12).issue, make_article("等着", publish_at=at(6))
    make_pattern("周五版", "5")
    keep = reverse("admin:issues_issue_pattern", args=[issue.pk])
    before = list(Issue.objects.values()), Article.objects.get(pk=story.pk).publish_at
    for address in (CALENDAR, move_address(issue), move_address(story), keep):
        assert client.get(address).status_code == (200 if plans else 403), address
    sent = {"date": "2026-03-09", "name": "新"}
    for address in (move_address(issue), move_address(story), keep, STANDING):
        assert client.post(address, sent).status_code == (302 if plans else 403), address
    after = list(Issue.objects.values()), Article.objects.get(pk=story.pk).publish_at
    assert (before == after) is not plans
    assert Page.objects.count() == (12 if plans else 1)
