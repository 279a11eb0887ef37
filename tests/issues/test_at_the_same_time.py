"""Several people at one issue or one story at the same instant: each step happens once."""

import datetime

import pytest

from articles import publishing, reviews, revisions
from articles.models import Article, Review, StoryEvent
from articles.publishing import PublishingError
from articles.stages import ReviewError
from issues import proofing, scheduling
from issues.models import Issue, IssueEvent, Placement, ProofError
from issues.proofing import ProofingError
from issues.scheduling import ScheduleError
from tests.articles.desk import advance, file_story, make_people
from tests.factories import make_article, make_issue, make_page, make_section, place
from tests.issues.planning import DAY, HOUR, LATER, NOW, ONE, SECOND, bring_to, place_of, plan
from tests.newsroom import make_login
from tests.same_time import refusals, together, while_held

pytestmark = pytest.mark.django_db(transaction=True)
WHY = "头条要改。"


@pytest.fixture(autouse=True)
def _now(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def editors():
    return make_login("issue_editor"), make_login("issue_editor", "another")


@pytest.fixture
def issue():
    return plan("渡口添灯", "巷口议事").issue


def row_of(issue):
    """The issue as each of two people has it open."""
    return Issue.objects.get(pk=issue.pk)


def hours():
    return dict(Article.objects.values_list("headline", "publish_at"))


def kinds():
    return list(IssueEvent.objects.order_by("pk").values_list("kind", flat=True))


class TestIssue:
    def test_is_locked_once_and_given_one_hour_with_all_its_stories(self, issue, editors):
        one, other = editors
        first, second = row_of(issue), row_of(issue)
        outcomes = together(
            lambda: scheduling.lock(first, by=one), lambda: scheduling.lock(second, by=other)
        )
        assert refusals(outcomes) == [ScheduleError]
        assert kinds() == ["locked"]
        outcomes = together(
            lambda: scheduling.schedule(first, by=one, publish_at=HOUR),
            lambda: scheduling.schedule(second, by=other, publish_at=LATER),
        )
        assert refusals(outcomes) == [ScheduleError]
        given = row_of(issue).publish_at
        assert hours() == {"渡口添灯": given, "巷口议事": given}
        assert kinds() == ["locked", "scheduled"]
        assert StoryEvent.objects.count() == 2

    def test_is_scheduled_or_unlocked_but_not_half_of_each(self, issue, editors):
        one, other = editors
        bring_to(issue, "locked", one)
        first, second = row_of(issue), row_of(issue)
        outcomes = together(
            lambda: scheduling.schedule(first, by=one, publish_at=HOUR),
            lambda: scheduling.unlock(second, by=other, note=WHY),
        )
        assert refusals(outcomes) == [ScheduleError]
        status = row_of(issue).status
        hour = {"scheduled": HOUR, "planning": None}[status]
        assert hours() == {"渡口添灯": hour, "巷口议事": hour}
        assert kinds() == ["locked", {"scheduled": "scheduled", "planning": "unlocked"}[status]]

    def test_loses_a_story_that_then_has_no_hour_of_it(self, issue, editors):
        one, other = editors
        bring_to(issue, "locked", one)
        held, going = row_of(issue), place_of("巷口议事")
        outcomes = together(
            lambda: scheduling.schedule(held, by=one, publish_at=HOUR),
            lambda: scheduling.pull(going, by=other, note=WHY),
        )
        assert refusals(outcomes) == []
        assert hours() == {"渡口添灯": HOUR, "巷口议事": None}

    def test_gets_a_story_once(self, issue, editors):
        one, other = editors
        page, spare = issue.pages.get(), make_article("备用稿", publish_at=None)
        outcomes = together(
            lambda: scheduling.put_in(page, spare, by=one),
            lambda: scheduling.put_in(page, spare, by=other),
        )
        assert refusals(outcomes) == [ScheduleError]
        assert Placement.objects.filter(article=spare).count() == 1

    def test_shares_its_stories_with_another_and_neither_waits_for_ever(self, issue, editors):
        one, other = editors
        second = plan(date=DAY + datetime.timedelta(days=1), number=8)
        for name in ("巷口议事", "渡口添灯"):
            place(Article.objects.get(headline=name), second)
        for each in (issue, second.issue):
            scheduling.lock(each, by=one)
        later = HOUR + 24 * ONE
        outcomes = together(
            lambda: scheduling.schedule(issue, by=one, publish_at=HOUR),
            lambda: scheduling.schedule(second.issue, by=other, publish_at=later),
        )
        assert refusals(outcomes) == []
        assert set(kinds()[2:]) == {"scheduled"}
        # A story appears with the first of its issues, whichever was scheduled first.
        assert hours() == {"渡口添灯": HOUR, "巷口议事": HOUR}


class TestHour:
    def test_that_comes_while_somebody_waits_has_come(self, issue, editors, time_machine):
        """Whoever waited for the row until the issue was live moves nothing any more."""
        one, other = editors
        bring_to(issue, "scheduled", one)
        time_machine.move_to(HOUR - SECOND, tick=False)

        def hold():
            Issue.objects.select_for_update().get(pk=issue.pk)

        mine = row_of(issue)

        def verb():
            return scheduling.reschedule(mine, by=other, publish_at=LATER, note=WHY)

        outcome = while_held(hold, verb, then=lambda: time_machine.move_to(HOUR + SECOND))
        assert isinstance(outcome, ScheduleError)
        assert hours() == {"渡口添灯": HOUR, "巷口议事": HOUR}


class TestStoryOfAnIssue:
    @pytest.fixture
    def locked(self, issue, editors):
        return bring_to(issue, "locked", editors[0])

    def test_is_withdrawn_while_the_issue_is_scheduled(self, locked, editors):
        one, other = editors
        story = Article.objects.get(headline="巷口议事")
        publishing.publish(story, by=one, publish_at=NOW + ONE)
        outcomes = together(
            lambda: scheduling.schedule(locked, by=one, publish_at=HOUR),
            lambda: publishing.withdraw(story, by=other, reason="地名有误。"),
        )
        # Withdrawn first it blocks the issue; after it, it stays withdrawn in a scheduled one.
        assert refusals(outcomes) in ([], [ScheduleError])
        story.refresh_from_db()
        assert story.status == "withdrawn"
        scheduled = row_of(locked).status == "scheduled"
        assert hours() == {
            "渡口添灯": HOUR if scheduled else None,
            "巷口议事": HOUR if scheduled else NOW + ONE,
        }
        public = Article.objects.published(LATER).values_list("headline", flat=True)
        assert list(public) == (["渡口添灯"] if scheduled else [])

    def test_is_reopened_or_gets_its_hour_and_not_both(self, locked, editors):
        one, other = editors
        story = Article.objects.get(headline="巷口议事")
        outcomes = together(
            lambda: scheduling.schedule(locked, by=one, publish_at=HOUR),
            lambda: reviews.reopen(story, by=other, note=WHY),
        )
        assert len(refusals(outcomes)) == 1
        story.refresh_from_db()
        assert (story.status, story.publish_at) in {("approved", HOUR), ("draft", None)}
        assert (row_of(locked).status == "scheduled") == (story.status == "approved")

    def test_is_published_at_once_or_with_the_issue_and_never_moved_afterwards(
        self, locked, editors
    ):
        one, other = editors
        story = Article.objects.get(headline="巷口议事")
        _scheduled, published = together(
            lambda: scheduling.schedule(locked, by=one, publish_at=HOUR),
            lambda: publishing.publish(story, by=other),
        )
        assert row_of(locked).status == "scheduled"
        story.refresh_from_db()
        refused = isinstance(published, PublishingError)
        assert refused or published == story
        assert story.publish_at == (HOUR if refused else NOW)

    def test_changes_its_section_while_the_issue_waits_for_it(self, locked, editors):
        """What another has just saved of a story is not what its approval is judged by."""
        one, other = editors
        story, section = Article.objects.get(headline="巷口议事"), make_section("民生")

        def save():
            row = revisions.locked(story)
            row.section = section
            row.save()
            revisions.record(row, by=other)

        outcome = while_held(save, lambda: scheduling.schedule(locked, by=one, publish_at=HOUR))
        assert refusals([outcome]) == []
        assert hours() == {"渡口添灯": HOUR, "巷口议事": HOUR}


def passing(story, stage, by):
    """Somebody's pass of a story, as each has it open."""
    row = Article.objects.get(pk=story.pk)
    return lambda: reviews.pass_review(row, stage=stage, by=by)


class TestReview:
    @pytest.fixture
    def people(self):
        return make_people()

    def test_is_passed_by_one_of_two_at_the_same_instant(self, people):
        story = advance(file_story(people), people, "submitted")
        for done, stage in enumerate(("first", "second", "final")):
            one, other = getattr(people, stage), make_login(f"{stage}_reviewer", f"another-{stage}")
            outcomes = together(*(passing(story, stage, by) for by in (one, other)))
            assert refusals(outcomes) == [ReviewError]
            assert Review.objects.count() == done + 1
            assert Review.objects.filter(stage=stage, decision="pass").count() == 1

    def test_passes_or_returns_and_never_both(self, people):
        story = advance(file_story(people), people, "submitted")
        another = make_login("first_reviewer", "another")
        mine, theirs = (Article.objects.get(pk=story.pk) for _each in range(2))
        outcomes = together(
            lambda: reviews.pass_review(mine, stage="first", by=people.first),
            lambda: reviews.send_back(theirs, stage="first", by=another, note="缺时间。"),
        )
        assert refusals(outcomes) == [ReviewError]
        decision = Review.objects.get().decision
        story.refresh_from_db()
        assert story.status == {"pass": "first_passed", "return": "returned"}[decision]

    def test_text_that_is_saved_meanwhile_is_not_passed_unread(self, people):
        story = advance(file_story(people), people, "submitted")
        seen = story.head.number

        def save():
            row = revisions.locked(story)
            row.body = "渡口添了七盏灯。"
            row.save()
            revisions.record(row, by=people.second)

        outcome = while_held(
            save,
            lambda: reviews.pass_review(story, stage="first", by=people.first, seen=seen),
        )
        assert refusals([outcome]) == [revisions.ConflictError]
        assert Review.objects.count() == 0

    def test_of_a_change_is_published_once_and_its_correction_counted_once(self, people):
        story = advance(file_story(people), people, "public")
        copy = publishing.revise(story, by=people.second)
        copy.body, copy.correction_note = "渡口添了七盏灯。", "灯的数目有误。"
        copy.filed_by = people.writer
        copy.save()
        revisions.record(copy, by=people.writer)
        advance(copy, people, "approved")
        mine, theirs = (Article.objects.get(pk=copy.pk) for _each in range(2))
        another = make_login("issue_editor", "another")
        outcomes = together(
            lambda: publishing.publish(mine, by=people.editor),
            lambda: publishing.publish(theirs, by=another),
        )
        assert len(refusals(outcomes)) == 1
        correction = story.corrections.get()

        sheet = make_page(make_issue())
        place(story, sheet)
        outcomes = together(
            *(
                lambda by=by: proofing.take_over(correction, sheet.issue, by=by)
                for by in (people.editor, another)
            )
        )
        assert refusals(outcomes) == [ProofingError]
        assert ProofError.objects.count() == 1
