"""From approved to public, and afterwards."""

import pytest
from django.core.exceptions import PermissionDenied

from articles import publishing, reviews, revisions
from articles.models import Article, Correction, Review
from articles.publishing import PublishingError, Standing
from articles.stages import ReviewError
from tests.articles.desk import HOUR, NOW, advance, file_story, make_people, rewrite
from tests.factories import make_contributor, make_photo, sign

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return make_people()


@pytest.fixture
def story(people):
    return file_story(people)


def test_approving_and_publishing_are_two_rights(story, people):
    advance(story, people, "approved")
    for other in (people.writer, people.first, people.second, people.final):
        with pytest.raises(PermissionDenied):
            publishing.publish(story, by=other, at=NOW)
    publishing.publish(story, by=people.editor, at=NOW)
    assert list(Article.objects.published(NOW)) == [story]


def test_story_appears_at_its_time_by_itself(story, people):
    advance(story, people, "approved")
    publishing.publish(story, by=people.editor, publish_at=NOW + HOUR, at=NOW)
    assert publishing.standing(story, NOW) == Standing.WAITING
    assert not Article.objects.published(NOW).exists()
    assert publishing.standing(story, NOW + HOUR) == Standing.PUBLISHED
    assert Article.objects.published(NOW + HOUR).exists()


@pytest.mark.parametrize("status", ["draft", "submitted", "first_passed", "second_passed"])
def test_what_has_not_passed_the_final_review_is_not_published(status, story, people):
    advance(story, people, status)
    with pytest.raises(PublishingError):
        publishing.publish(story, by=people.editor, at=NOW)
    assert not Article.objects.published(NOW).exists()


def test_what_changed_since_its_approval_is_not_published(story, people):
    advance(story, people, "approved")
    sign(story, make_contributor())
    with pytest.raises(PublishingError):
        publishing.publish(story, by=people.editor, at=NOW)


def test_time_is_taken_away_with_a_reason_while_nobody_has_read_it(story, people):
    advance(story, people, "approved")
    publishing.publish(story, by=people.editor, publish_at=NOW + HOUR, at=NOW)
    with pytest.raises(PublishingError):
        publishing.unschedule(story, by=people.editor, note=" ", at=NOW)
    publishing.unschedule(story, by=people.editor, note="等一等。", at=NOW)
    assert publishing.standing(story, NOW + HOUR) == Standing.UNTIMED
    advance(story, people, "public")
    with pytest.raises(PublishingError):
        publishing.unschedule(story, by=people.editor, note="等一等。", at=NOW)


def test_scheduled_text_is_reopened_only_without_its_time(story, people):
    advance(story, people, "approved")
    publishing.publish(story, by=people.editor, publish_at=NOW + HOUR, at=NOW)
    with pytest.raises(ReviewError):
        reviews.reopen(story, by=people.editor, note="补一句。", at=NOW)
    publishing.unschedule(story, by=people.editor, note="补一句。", at=NOW)
    reviews.reopen(story, by=people.editor, note="补一句。", at=NOW)
    story.refresh_from_db()
    assert story.status == "draft"


def test_printed_page_is_let_in_and_the_record_says_so(story):
    publishing.accept_printed(story, by=None, publish_at=NOW, note="A03", at=NOW)
    assert list(Article.objects.published(NOW)) == [story]
    review = Review.objects.get()
    assert (review.stage, review.by, review.note) == ("printed", None, "A03")


class TestWorkingCopy:
    @pytest.fixture
    def live(self, story, people):
        sign(story, make_contributor())
        make_photo(story, caption="渡口的灯")
        story.tags.add("路灯")
        revisions.record(story, by=people.writer, at=NOW)
        return advance(story, people, "public")

    def test_holds_all_of_the_story_and_changes_nothing_of_it(self, live, people):
        copy = publishing.revise(live, by=people.editor, at=NOW)
        assert revisions.snapshot(copy) == revisions.snapshot(live)
        rewrite(copy, people.editor, "渡口添了六盏太阳能灯。")
        live.refresh_from_db()
        assert live.body == "渡口添了六盏灯。"
        assert list(Article.objects.published(NOW)) == [live]

    def test_is_for_what_readers_have_seen(self, story, people):
        advance(story, people, "approved")
        publishing.publish(story, by=people.editor, publish_at=NOW + HOUR, at=NOW)
        with pytest.raises(PublishingError):
            publishing.revise(story, by=people.editor, at=NOW)
        assert publishing.revise(story, by=people.editor, at=NOW + HOUR).revises == story

    def test_there_is_one_at_a_time(self, live, people):
        copy = publishing.revise(live, by=people.editor, at=NOW)
        assert publishing.revise(live, by=people.final, at=NOW) == copy

    def test_is_not_submitted_unchanged_or_without_saying_what_was_wrong(self, live, people):
        copy = publishing.revise(live, by=people.editor, at=NOW)
        with pytest.raises(ReviewError):
            reviews.submit(copy, by=people.editor, at=NOW)
        rewrite(copy, people.editor, "渡口添了六盏太阳能灯。")
        with pytest.raises(ReviewError):
            reviews.submit(copy, by=people.editor, at=NOW)

    def test_takes_the_place_of_the_text_after_three_reviews(self, live, people):
        copy = publishing.revise(live, by=people.editor, at=NOW)
        note = "灯是太阳能灯，原文漏写。"
        rewrite(copy, people.editor, "渡口添了六盏太阳能灯。", correction_note=note)
        advance(copy, people, "approved")
        live.refresh_from_db()
        assert live.body == "渡口添了六盏灯。"
        publishing.publish(copy, by=people.editor, at=NOW + HOUR)
        live.refresh_from_db()
        assert live.body == "渡口添了六盏太阳能灯。"
        assert live.publish_at == NOW.replace(second=0)
        assert [photo.caption for photo in live.photos.all()] == ["渡口的灯"]
        assert [line.name for line in live.bylines.all()] == ["林小舟"]
        assert list(Article.objects.all()) == [live]
        correction = Correction.objects.get()
        assert (correction.text, correction.at, correction.article) == (note, NOW + HOUR, live)
        assert [row.stage for row in live.reviews.filter(round=2)] == ["first", "second", "final"]

    def test_is_never_scheduled_past_its_reviews(self, live, people):
        copy = publishing.revise(live, by=people.editor, at=NOW)
        with pytest.raises(PublishingError):
            publishing.publish(copy, by=people.editor, at=NOW)

    def test_can_be_dropped_and_its_texts_stay_on_record(self, live, people):
        copy = publishing.revise(live, by=people.editor, at=NOW)
        rewrite(copy, people.editor, "渡口添了六盏太阳能灯。")
        publishing.drop(copy, by=people.editor, at=NOW)
        assert list(Article.objects.all()) == [live]
        assert live.revisions.first().content["body"] == "渡口添了六盏太阳能灯。"


class TestWithdrawal:
    @pytest.fixture
    def withdrawn(self, story, people):
        advance(story, people, "public")
        return publishing.withdraw(story, by=people.editor, reason="地名有误。", at=NOW)

    def test_needs_a_reason(self, story, people):
        advance(story, people, "public")
        with pytest.raises(PublishingError):
            publishing.withdraw(story, by=people.editor, reason="", at=NOW)
        assert Article.objects.published(NOW).exists()

    def test_hides_the_story_with_its_reason_kept(self, withdrawn):
        assert not Article.objects.published(NOW).exists()
        assert withdrawn.withdrawal_reason == "地名有误。"
        assert publishing.standing(withdrawn) == Standing.WITHDRAWN

    def test_is_undone_by_a_final_review_alone(self, withdrawn, people):
        for other in (people.writer, people.first, people.editor):
            with pytest.raises(PermissionDenied):
                publishing.reinstate(withdrawn, by=other, note="查实。", at=NOW)
        publishing.reinstate(withdrawn, by=people.final, note="查实。", at=NOW)
        assert list(Article.objects.published(NOW)) == [withdrawn]
        last = Review.objects.latest("pk")
        assert (last.stage, last.by, last.note) == ("final", people.final, "查实。")

    def test_is_not_undone_by_publishing(self, withdrawn, people):
        with pytest.raises(PublishingError):
            publishing.publish(withdrawn, by=people.editor, at=NOW)
