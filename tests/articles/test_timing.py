"""A story of the web alone moved to another day."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied

from articles.models import Article, StoryEvent
from articles.publishing import PublishingError
from articles.timing import move_to_day
from issues import scheduling
from tests.factories import HIDDEN, SHANGHAI, make_article
from tests.issues.planning import HOUR, plan
from tests.newsroom import make_login

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2026, 3, 4, 15, 30, tzinfo=SHANGHAI)
AT = datetime.datetime(2026, 3, 5, 9, 20, tzinfo=SHANGHAI)
TO = datetime.date(2026, 3, 8)


@pytest.fixture
def editor():
    return make_login("issue_editor")


def test_story_moves_to_another_day_at_its_time_of_day_and_on_record(editor):
    story = make_article(publish_at=AT)
    move_to_day(story, to=TO, by=editor, at=NOW)
    hour = AT + datetime.timedelta(days=3)
    assert Article.objects.get().publish_at == hour
    event = StoryEvent.objects.get()
    assert (event.kind, event.note, event.by) == ("scheduled", hour.isoformat(), editor)


def test_same_day_changes_nothing(editor):
    story = make_article(publish_at=AT)
    move_to_day(story, to=AT.date(), by=editor, at=NOW)
    assert StoryEvent.objects.count() == 0


def test_hour_that_has_passed_is_refused_and_a_later_one_today_is_not(editor):
    early, late = make_article(publish_at=AT), make_article("晚上", publish_at=AT.replace(hour=20))
    with pytest.raises(PublishingError, match="9:20"):
        move_to_day(early, to=NOW.date(), by=editor, at=NOW)
    move_to_day(late, to=NOW.date(), by=editor, at=NOW)
    late.refresh_from_db()
    assert late.publish_at == AT.replace(day=4, hour=20)


def test_published_story_never_moves(editor):
    story = make_article(publish_at=NOW - datetime.timedelta(hours=1))
    with pytest.raises(PublishingError):
        move_to_day(story, to=TO, by=editor, at=NOW)
    assert Article.objects.get().publish_at == NOW - datetime.timedelta(hours=1)


@pytest.mark.parametrize("kind", [*(set(HIDDEN) - {"future"})])
def test_what_does_not_wait_for_its_hour_is_refused(kind, editor):
    fields = {"publish_at": AT if kind == "withdrawn" else None, **HIDDEN[kind]}
    story = make_article(**fields)
    with pytest.raises(PublishingError):
        move_to_day(story, to=TO, by=editor, at=NOW)
    assert Article.objects.get().publish_at == fields["publish_at"]


def test_story_of_a_scheduled_issue_goes_by_the_issue(editor):
    issue = plan("渡口添灯").issue
    scheduling.lock(issue, by=editor, at=NOW)
    scheduling.schedule(issue, by=editor, publish_at=HOUR, at=NOW)
    with pytest.raises(PublishingError, match="A01"):
        move_to_day(Article.objects.get(), to=TO, by=editor, at=NOW)


@pytest.mark.parametrize("role", ["correspondent", "final_reviewer", "community_manager", None])
def test_only_who_publishes_moves(role):
    story = make_article(publish_at=AT)
    with pytest.raises(PermissionDenied):
        move_to_day(story, to=TO, by=make_login(role, "stranger"), at=NOW)
    assert Article.objects.get().publish_at == AT


@pytest.mark.parametrize(
    ("day", "moves"), [((2026, 3, 8), False), ((2026, 3, 9), True), ((2026, 11, 1), True)]
)
def test_hour_that_the_clocks_leave_out_is_refused(day, moves, editor, settings):
    settings.TIME_ZONE = "America/New_York"
    half_past_two = datetime.datetime(2026, 3, 6, 7, 30, tzinfo=datetime.UTC)
    story = make_article(publish_at=half_past_two)
    if not moves:
        with pytest.raises(PublishingError):
            move_to_day(story, to=datetime.date(*day), by=editor, at=NOW)
        return
    move_to_day(story, to=datetime.date(*day), by=editor, at=NOW)
    assert Article.objects.get().publish_at > half_past_two
