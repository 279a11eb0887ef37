"""The verbs of an issue: at every stage, by everybody, and what each leaves behind."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from articles import publishing, reviews
from articles.models import AppendOnlyError, Article, StoryEvent
from articles.publishing import PublishingError
from articles.stages import ReviewError
from bulletin.roles import Role as Roles
from issues import appearing, scheduling
from issues.models import Issue, IssueEvent, Page, Placement, Role, Stage, Web
from issues.scheduling import ScheduleError
from tests.factories import (
    make_article,
    make_draft,
    make_page,
    place,
)
from tests.issues.planning import DAY, HOUR, LATER, NOW, ONE, bring_to, place_of, plan
from tests.newsroom import make_login

pytestmark = pytest.mark.django_db

WHY = "头条要改。"


@pytest.fixture
def editor():
    return make_login("issue_editor")


@pytest.fixture
def page():
    return plan("渡口添灯", "巷口议事")


@pytest.fixture
def issue(page):
    return page.issue


def spare():
    return make_article("备用稿", publish_at=None)


# Each verb as somebody would use it on an issue that has "渡口添灯" and "巷口议事" on its page.
VERBS = {
    "lock": lambda issue, by, at: scheduling.lock(issue, by=by, at=at),
    "unlock": lambda issue, by, at: scheduling.unlock(issue, by=by, note=WHY, at=at),
    "schedule": lambda issue, by, at: scheduling.schedule(issue, by=by, publish_at=LATER, at=at),
    "reschedule": lambda issue, by, at: scheduling.reschedule(
        issue, by=by, publish_at=LATER, note=WHY, at=at
    ),
    "unschedule": lambda issue, by, at: scheduling.unschedule(issue, by=by, note=WHY, at=at),
    "pull": lambda issue, by, at: scheduling.pull(place_of("巷口议事"), by=by, note=WHY, at=at),
    "put_in": lambda issue, by, at: scheduling.put_in(issue.pages.get(), spare(), by=by, at=at),
    "web_first": lambda issue, by, at: appearing.web_first(
        place_of("巷口议事"), by=by, publish_at=HOUR - ONE, at=at
    ),
    "hold": lambda issue, by, at: appearing.hold(place_of("巷口议事"), by=by, note=WHY, at=at),
}
ALLOWED = {
    "planning": {"lock", "pull", "put_in", "web_first", "hold"},
    "locked": {"unlock", "schedule", "pull", "put_in", "web_first", "hold"},
    "scheduled": {"reschedule", "unschedule", "pull", "put_in", "web_first", "hold"},
    # Its stories are public: none is held back any more.
    "live": {"pull", "put_in"},
}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("stage", Stage)
def test_verb_at_a_stage(stage, verb, issue, editor):
    bring_to(issue, stage, editor)
    at = HOUR + ONE if stage == "live" else NOW
    before, steps = Issue.objects.values().get(), IssueEvent.objects.count()
    if verb in ALLOWED[stage]:
        event = VERBS[verb](issue, editor, at)
        assert (event.issue, event.by, event.at) == (issue, editor, at)
        assert IssueEvent.objects.count() == steps + 1
        return
    with pytest.raises(ScheduleError) as refusal:
        VERBS[verb](issue, editor, at)
    assert len(refusal.value.reasons) == 1
    assert Issue.objects.values().get() == before
    assert IssueEvent.objects.count() == steps


@pytest.mark.parametrize("role", [*(set(Roles.values) - {"issue_editor", "administrator"}), None])
def test_nobody_without_the_right_does_any_of_it(role, issue, editor):
    stranger = make_login(role, "stranger")
    for stage in ("planning", "locked", "scheduled"):
        for name, verb in VERBS.items():
            with pytest.raises(PermissionDenied):
                verb(issue, stranger, NOW)
            assert IssueEvent.objects.filter(by=stranger).count() == 0, name
        if stage == "planning":
            scheduling.lock(issue, by=editor, at=NOW)
        elif stage == "locked":
            scheduling.schedule(issue, by=editor, publish_at=HOUR, at=NOW)


@pytest.mark.parametrize("verb", ["unlock", "reschedule", "unschedule", "pull", "hold"])
def test_reason_is_needed(verb, issue, editor):
    bring_to(issue, "locked" if verb == "unlock" else "scheduled", editor)
    calls = {
        "unlock": lambda: scheduling.unlock(issue, by=editor, note=" \n", at=NOW),
        "reschedule": lambda: scheduling.reschedule(
            issue, by=editor, publish_at=LATER, note="", at=NOW
        ),
        "unschedule": lambda: scheduling.unschedule(issue, by=editor, note=" ", at=NOW),
        "pull": lambda: scheduling.pull(place_of("渡口添灯"), by=editor, note="", at=NOW),
        "hold": lambda: appearing.hold(place_of("渡口添灯"), by=editor, note="", at=NOW),
    }
    with pytest.raises(ScheduleError, match=_("A reason is needed.")):
        calls[verb]()


class TestHours:
    def test_stories_get_the_issues_hour_and_lose_it_again(self, issue, editor):
        bring_to(issue, "scheduled", editor)
        assert hours() == {"渡口添灯": HOUR, "巷口议事": HOUR}
        scheduling.reschedule(issue, by=editor, publish_at=LATER, note="印厂晚点", at=NOW)
        assert hours() == {"渡口添灯": LATER, "巷口议事": LATER}
        scheduling.unschedule(issue, by=editor, note=WHY, at=NOW)
        assert hours() == {"渡口添灯": None, "巷口议事": None}
        assert Issue.objects.values_list("status", "publish_at").get() == ("locked", None)

    def test_what_happens_to_a_story_stands_on_its_own_record(self, issue, editor):
        bring_to(issue, "scheduled", editor)
        scheduling.unschedule(issue, by=editor, note=WHY, at=NOW)
        events = StoryEvent.objects.filter(article__headline="渡口添灯")
        assert list(events.values_list("kind", "by", "note")) == [
            ("scheduled", editor.pk, HOUR.isoformat()),
            ("unscheduled", editor.pk, WHY),
        ]

    def test_appearing_now_takes_the_beginning_of_the_minute(self, issue, editor):
        scheduling.lock(issue, by=editor, at=NOW)
        scheduling.schedule(issue, by=editor, at=NOW + datetime.timedelta(seconds=40))
        assert set(hours().values()) == {NOW}
        assert issue.is_live(NOW + datetime.timedelta(seconds=40))

    def test_hour_that_has_passed_is_refused(self, issue, editor):
        scheduling.lock(issue, by=editor, at=NOW)
        with pytest.raises(ScheduleError, match="2026年3月4日"):
            scheduling.schedule(issue, by=editor, publish_at=NOW - ONE, at=NOW)
        scheduling.schedule(issue, by=editor, publish_at=HOUR, at=NOW)
        for wrong in (NOW - ONE, HOUR):
            with pytest.raises(ScheduleError):
                scheduling.reschedule(issue, by=editor, publish_at=wrong, note=WHY, at=NOW)

    def test_live_story_stays_live_at_its_own_hour(self, page, issue, editor):
        early = make_article("早已见网", publish_at=NOW - ONE)
        place(early, page)
        bring_to(issue, "scheduled", editor)
        scheduling.unschedule(issue, by=editor, note=WHY, at=NOW)
        early.refresh_from_db()
        assert early.publish_at == NOW - ONE
        assert early.is_public(NOW)

    def test_hour_of_its_own_gives_way_to_the_issues(self, page, issue, editor):
        story = make_article("晚间快讯", publish_at=NOW + ONE)
        place(story, page)
        bring_to(issue, "scheduled", editor)
        assert hours()["晚间快讯"] == HOUR

    def test_story_in_two_issues_appears_with_the_first(self, page, issue, editor):
        second = plan("社论", date=DAY + datetime.timedelta(days=1), number=8)
        place(Article.objects.get(headline="渡口添灯"), second)
        scheduling.lock(second.issue, by=editor, at=NOW)
        scheduling.schedule(second.issue, by=editor, publish_at=HOUR + 24 * ONE, at=NOW)
        assert hours()["渡口添灯"] == HOUR + 24 * ONE
        bring_to(issue, "scheduled", editor)
        assert hours()["渡口添灯"] == HOUR
        scheduling.reschedule(second.issue, by=editor, publish_at=HOUR + 25 * ONE, note=WHY, at=NOW)
        assert hours()["渡口添灯"] == HOUR
        scheduling.unschedule(issue, by=editor, note=WHY, at=NOW)
        assert hours()["渡口添灯"] == HOUR + 25 * ONE

    def test_issue_decides_and_not_the_storys_own_page(self, issue, editor):
        bring_to(issue, "scheduled", editor)
        story = Article.objects.get(headline="渡口添灯")
        for change in (
            lambda: publishing.publish(story, by=editor, at=NOW),
            lambda: publishing.publish(story, by=editor, publish_at=LATER, at=NOW),
            lambda: publishing.unschedule(story, by=editor, note=WHY, at=NOW),
        ):
            with pytest.raises(PublishingError, match="A01"):
                change()
        with pytest.raises(ReviewError):
            reviews.reopen(story, by=editor, note=WHY, at=NOW)
        assert hours()["渡口添灯"] == HOUR

    def test_withdrawn_before_the_hour_is_moved_along_and_stays_withdrawn(self, issue, editor):
        bring_to(issue, "scheduled", editor)
        story = Article.objects.get(headline="渡口添灯")
        publishing.withdraw(story, by=editor, reason="地名有误。", at=NOW)
        scheduling.reschedule(issue, by=editor, publish_at=LATER, note=WHY, at=NOW)
        assert not Article.objects.withdrawn(HOUR).exists()
        assert list(Article.objects.withdrawn(LATER)) == [story]
        assert "渡口添灯" not in Article.objects.published(LATER).values_list("headline", flat=True)


def hours():
    return dict(Article.objects.values_list("headline", "publish_at"))


class TestOnTheWeb:
    def test_first_keeps_its_own_hour_whatever_becomes_of_the_issues(self, issue, editor):
        first = HOUR - 3 * ONE
        appearing.web_first(place_of("巷口议事"), by=editor, publish_at=first, at=NOW)
        assert hours() == {"渡口添灯": None, "巷口议事": first}
        bring_to(issue, "scheduled", editor)
        assert hours() == {"渡口添灯": HOUR, "巷口议事": first}
        scheduling.reschedule(issue, by=editor, publish_at=LATER, note=WHY, at=NOW)
        scheduling.unschedule(issue, by=editor, note=WHY, at=NOW)
        assert hours() == {"渡口添灯": None, "巷口议事": first}

    def test_first_means_before_the_issue(self, issue, editor):
        bring_to(issue, "scheduled", editor)
        for late in (HOUR, LATER, NOW - ONE):
            with pytest.raises(ScheduleError):
                appearing.web_first(place_of("巷口议事"), by=editor, publish_at=late, at=NOW)
        appearing.web_first(place_of("巷口议事"), by=editor, publish_at=HOUR - ONE, at=NOW)
        earlier = HOUR - 2 * ONE
        with pytest.raises(ScheduleError, match="巷口议事"):
            scheduling.reschedule(issue, by=editor, publish_at=earlier, note=WHY, at=NOW)
        assert hours() == {"渡口添灯": HOUR, "巷口议事": HOUR - ONE}

    def test_held_story_stands_on_the_page_and_is_not_public_until_released(self, issue, editor):
        appearing.hold(place_of("巷口议事"), by=editor, note="先见报", at=NOW)
        bring_to(issue, "scheduled", editor)
        assert hours() == {"渡口添灯": HOUR, "巷口议事": None}
        after = HOUR + ONE
        shown = Placement.objects.public(after).values_list("article__headline", flat=True)
        assert list(shown) == ["渡口添灯"]
        story = Article.objects.get(headline="巷口议事")
        with pytest.raises(PublishingError):
            publishing.publish(story, by=editor, at=after)
        appearing.release(place_of("巷口议事"), by=editor, at=after)
        assert Placement.objects.public(after).count() == 2
        assert hours()["巷口议事"] == after

    @pytest.mark.parametrize("stage", ["planning", "locked", "scheduled"])
    def test_released_before_the_hour_it_appears_with_the_issue(self, stage, issue, editor):
        bring_to(issue, stage, editor)
        appearing.hold(place_of("巷口议事"), by=editor, note="先见报", at=NOW)
        assert hours()["巷口议事"] is None
        appearing.release(place_of("巷口议事"), by=editor, at=NOW)
        assert hours()["巷口议事"] == (HOUR if stage == "scheduled" else None)
        assert place_of("巷口议事").web == Web.WITH_ISSUE
        with pytest.raises(ScheduleError):
            appearing.release(place_of("巷口议事"), by=editor, at=NOW)

    def test_web_first_is_taken_back_before_its_hour_and_not_after(self, issue, editor):
        bring_to(issue, "scheduled", editor)
        first = NOW + ONE
        appearing.web_first(place_of("巷口议事"), by=editor, publish_at=first, at=NOW)
        appearing.release(place_of("巷口议事"), by=editor, at=NOW)
        assert hours()["巷口议事"] == HOUR
        appearing.web_first(place_of("巷口议事"), by=editor, publish_at=first, at=NOW)
        for verb in (
            lambda: appearing.release(place_of("巷口议事"), by=editor, at=first),
            lambda: appearing.hold(place_of("巷口议事"), by=editor, note=WHY, at=first),
        ):
            with pytest.raises(ScheduleError):
                verb()

    def test_what_nobody_approved_is_not_let_out_first(self, page, editor):
        place(make_draft("没写完"), page)
        with pytest.raises(PublishingError, match="没写完"):
            appearing.web_first(place_of("没写完"), by=editor, publish_at=HOUR, at=NOW)
        assert place_of("没写完").web == Web.WITH_ISSUE


class TestPullAndPutIn:
    def test_pulled_story_loses_the_issues_hour(self, issue, editor):
        bring_to(issue, "scheduled", editor)
        event = scheduling.pull(place_of("巷口议事"), by=editor, note="核实中", at=NOW)
        assert hours() == {"渡口添灯": HOUR, "巷口议事": None}
        assert not Placement.objects.filter(article__headline="巷口议事").exists()
        assert (event.note, event.details["story"], event.details["page"]) == (
            "核实中",
            "巷口议事",
            "A01",
        )

    def test_pulled_out_of_a_live_issue_it_stays_public(self, issue, editor):
        bring_to(issue, "live", editor)
        scheduling.pull(place_of("巷口议事"), by=editor, note=WHY, at=HOUR + ONE)
        assert hours()["巷口议事"] == HOUR
        assert Placement.objects.public(HOUR + ONE).count() == 1

    @pytest.mark.parametrize("stage", Stage)
    def test_put_in_it_appears_with_the_issue(self, stage, page, issue, editor):
        bring_to(issue, stage, editor)
        at = HOUR + ONE if stage == "live" else NOW
        scheduling.put_in(page, spare(), by=editor, role=Role.BRIEF, at=at)
        placed = place_of("备用稿")
        assert (placed.role, placed.position, placed.page) == ("brief", 3, page)
        expected = {"scheduled": HOUR, "live": at}.get(stage)
        assert hours()["备用稿"] == expected

    @pytest.mark.parametrize("stage", ["locked", "scheduled", "live"])
    def test_put_in_after_the_locking_it_has_to_be_approved(self, stage, page, issue, editor):
        bring_to(issue, stage, editor)
        at = HOUR + ONE if stage == "live" else NOW
        with pytest.raises(PublishingError, match="没写完"):
            scheduling.put_in(page, make_draft("没写完"), by=editor, at=at)
        assert page.placements.count() == 2

    def test_put_in_twice_or_as_second_lead_or_elsewhere_is_refused(self, page, issue, editor):
        second = make_page(issue, "A02")
        story = Article.objects.get(headline="渡口添灯")
        with pytest.raises(ScheduleError, match="A01"):
            scheduling.put_in(second, story, by=editor, at=NOW)
        with pytest.raises(ScheduleError, match="A01"):
            scheduling.put_in(page, spare(), by=editor, role=Role.LEAD, at=NOW)
        gone = Page.objects.get(pk=second.pk)
        second.delete()
        with pytest.raises(ScheduleError):
            scheduling.put_in(gone, spare(), by=editor, at=NOW)

    def test_working_copy_is_not_put_in(self, page, editor):
        public = make_article("登过的稿子", publish_at=NOW - ONE)
        copy = publishing.revise(public, by=editor, at=NOW)
        with pytest.raises(ScheduleError):
            scheduling.put_in(page, copy, by=editor, at=NOW)


class TestRecord:
    def test_says_who_when_why_and_what_changed(self, issue, editor):
        bring_to(issue, "scheduled", editor)
        scheduling.reschedule(issue, by=editor, publish_at=LATER, note="印厂晚点", at=NOW + ONE)
        latest = IssueEvent.objects.first()
        assert (latest.kind, latest.by, latest.at, latest.note) == (
            "rescheduled",
            editor,
            NOW + ONE,
            "印厂晚点",
        )
        assert latest.details == {
            "old": "2026-03-04T22:00:00+00:00",
            "new": "2026-03-05T01:00:00+00:00",
            "stories": 2,
        }
        kinds = list(IssueEvent.objects.values_list("kind", flat=True))
        assert kinds == ["rescheduled", "scheduled", "locked"]

    def test_is_neither_changed_nor_deleted(self, issue, editor):
        event = scheduling.lock(issue, by=editor, at=NOW)
        event.note = "改过"
        for change in (
            event.save,
            event.delete,
            lambda: IssueEvent.objects.update(note="改过"),
            lambda: IssueEvent.objects.all().delete(),
            lambda: IssueEvent.objects.bulk_update([event], ["note"]),
        ):
            with pytest.raises(AppendOnlyError):
                change()
        assert IssueEvent.objects.get().note == ""
