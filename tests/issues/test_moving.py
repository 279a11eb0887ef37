"""Issues moved to another day: who may, how far each has to have come, what goes on record."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from articles.models import Article
from issues import moving, scheduling
from issues.admin.record import entries_of
from issues.models import Issue, IssueEvent
from issues.scheduling import ScheduleError
from tests.factories import SHANGHAI, make_issue
from tests.issues.planning import DAY, HOUR, NOW, ONE, bring_to, plan
from tests.newsroom import make_login

pytestmark = pytest.mark.django_db

TO = DAY + datetime.timedelta(days=2)
WHY = "印厂检修"


@pytest.fixture
def editor():
    return make_login("issue_editor")


@pytest.fixture
def issue():
    return plan("渡口添灯", number=12).issue


def test_planned_issue_gets_another_date_without_a_reason(issue, editor):
    moving.move(issue, to=TO, by=editor, at=NOW)
    assert issue.date == TO
    assert Issue.objects.get().date == TO
    assert IssueEvent.objects.count() == 0


def test_undated_issue_gets_its_day(editor):
    issue = Issue.objects.create(number=12)
    moving.move(issue, to=TO, by=editor, at=NOW)
    assert Issue.objects.get().date == TO


@pytest.mark.parametrize("stage", ["planning", "scheduled"])
def test_day_of_another_issue_is_refused_with_its_name(stage, issue, editor):
    make_issue(TO, number=13)
    bring_to(issue, stage, editor)
    with pytest.raises(ScheduleError, match="13"):
        moving.move(issue, to=TO, by=editor, note=WHY, at=NOW)
    assert Issue.objects.get(number=12).date == DAY


def test_locked_issue_is_refused_with_the_way_out(issue, editor):
    bring_to(issue, "locked", editor)
    with pytest.raises(ScheduleError, match="解锁"):
        moving.move(issue, to=TO, by=editor, note=WHY, at=NOW)
    assert Issue.objects.get().date == DAY


def test_scheduled_issue_moves_with_its_stories_at_its_hour_and_on_record(issue, editor):
    bring_to(issue, "scheduled", editor)
    with pytest.raises(ScheduleError, match=_("A reason is needed.")):
        moving.move(issue, to=TO, by=editor, at=NOW)
    moving.move(issue, to=TO, by=editor, note=WHY, at=NOW)
    hour = HOUR + datetime.timedelta(days=2)
    assert Issue.objects.values_list("date", "publish_at", "status").get() == (
        TO,
        hour,
        "scheduled",
    )
    assert Article.objects.get().publish_at == hour
    event = IssueEvent.objects.first()
    assert (event.kind, event.note, event.by) == ("rescheduled", WHY, editor)
    said = entries_of(issue)[0].change
    assert "3月5日" in said
    assert "3月7日" in said


def test_issue_that_appears_the_evening_before_still_does(issue, editor):
    scheduling.lock(issue, by=editor, at=NOW)
    evening = datetime.datetime(2026, 3, 4, 20, 0, tzinfo=SHANGHAI)
    scheduling.schedule(issue, by=editor, publish_at=evening, at=NOW)
    moving.move(issue, to=TO, by=editor, note=WHY, at=NOW)
    assert Issue.objects.get().publish_at == evening + datetime.timedelta(days=2)


def test_scheduled_issue_does_not_move_to_an_hour_that_has_passed(issue, editor):
    bring_to(issue, "scheduled", editor)
    with pytest.raises(ScheduleError):
        moving.move(issue, to=NOW.date(), by=editor, note=WHY, at=NOW)
    assert Issue.objects.values_list("date", "publish_at").get() == (DAY, HOUR)


def test_live_issue_never_moves(issue, editor):
    bring_to(issue, "scheduled", editor)
    after = HOUR + ONE
    assert not moving.may_move(issue, editor, after)
    with pytest.raises(ScheduleError):
        moving.move(issue, to=TO, by=editor, note=WHY, at=after)
    assert Issue.objects.get().date == DAY


def test_clock_change_is_told_and_an_hour_beside_it_is_kept(issue, editor, settings):
    settings.TIME_ZONE = "America/New_York"
    scheduling.lock(issue, by=editor, at=NOW)
    spring = datetime.date(2026, 3, 8)
    half_past_two = datetime.datetime(2026, 3, 5, 7, 30, tzinfo=datetime.UTC)
    scheduling.schedule(issue, by=editor, publish_at=half_past_two, at=NOW)
    with pytest.raises(ScheduleError):
        moving.move(issue, to=spring, by=editor, note=WHY, at=NOW)
    moving.move(issue, to=spring + datetime.timedelta(days=1), by=editor, note=WHY, at=NOW)
    # In summer time half past two is an hour earlier by the world's clock.
    wanted = datetime.datetime(2026, 3, 9, 6, 30, tzinfo=datetime.UTC)
    assert Issue.objects.get().publish_at == wanted


@pytest.mark.parametrize("role", ["correspondent", "final_reviewer", "community_manager", None])
@pytest.mark.parametrize("stage", ["planning", "locked", "scheduled"])
def test_nobody_else_moves_issues(stage, role, issue, editor):
    bring_to(issue, stage, editor)
    stranger = make_login(role, "stranger")
    assert not moving.may_move(issue, stranger, NOW)
    with pytest.raises(PermissionDenied):
        moving.move(issue, to=TO, by=stranger, note=WHY, at=NOW)
    assert Issue.objects.get().date == DAY
