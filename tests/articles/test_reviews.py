"""The three reviews: the table, the duties, the record."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from articles import publishing, reviews, revisions
from articles.models import (
    AppendOnlyError,
    Article,
    GateError,
    Review,
    ReviewDuty,
    Revision,
    Status,
    StoryEvent,
)
from articles.revisions import ConflictError
from articles.stages import TABLE, WRITER, ReviewError
from tests.articles.desk import HOUR, NOW, advance, file_story, make_people, rewrite
from tests.factories import make_community, make_contributor, make_district, make_section, sign
from tests.newsroom import make_login

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return make_people()


@pytest.fixture
def story(people):
    return file_story(people)


def story_in(status, people):
    """Make a story that stands where a status says, by the verbs alone."""
    story = file_story(people)
    if status == Status.RETURNED:
        advance(story, people, "submitted")
        reviews.send_back(story, stage="first", by=people.first, note="请补时间。", at=NOW)
    elif status == Status.WITHDRAWN:
        advance(story, people, "public")
        publishing.withdraw(story, by=people.editor, reason="照片用错了。", at=NOW)
    elif status == Status.DISCARDED:
        reviews.discard(story, by=people.writer, at=NOW)
    else:
        advance(story, people, status.value)
    story.refresh_from_db()
    return story


def verb_of(step, people):
    """Return a call of a step's verb by somebody with the right to it, and that somebody."""
    stage = step.verb.partition("_")[2]
    by = {
        WRITER: people.writer,
        "articles.review_first": people.first,
        "articles.review_second": people.second,
        "articles.review_final": people.final,
        "articles.edit_any_article": people.editor,
        "articles.withdraw_article": people.editor,
    }[step.right]
    calls = {
        "submit": reviews.submit,
        "recall": reviews.recall,
        "discard": reviews.discard,
        "recover": reviews.recover,
        "reopen": lambda story, **who: reviews.reopen(story, note="补一句。", **who),
        "withdraw": lambda story, **who: publishing.withdraw(story, reason="有误。", **who),
        "reinstate": lambda story, **who: publishing.reinstate(story, note="查实。", **who),
    }
    if step.verb.startswith("pass_"):
        return lambda story, **who: reviews.pass_review(story, stage=stage, **who), by
    if step.verb.startswith("decline_"):
        return lambda story, **who: reviews.decline(story, stage=stage, note="不用。", **who), by
    if step.verb.startswith("return_"):
        return lambda story, **who: reviews.send_back(story, stage=stage, note="补。", **who), by
    return calls[step.verb], by


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("step", TABLE, ids=lambda step: step.verb)
def test_every_verb_works_where_the_table_says_and_nowhere_else(step, status, people):
    story = story_in(status, people)
    verb, by = verb_of(step, people)
    if status in step.sources and step.verb != "withdraw":
        verb(story, by=by, at=NOW)
        story.refresh_from_db()
        assert story.status == step.target
    else:
        with pytest.raises((ReviewError, publishing.PublishingError)):
            verb(story, by=by, at=NOW)
        story.refresh_from_db()
        assert story.status == status


@pytest.mark.parametrize("step", TABLE, ids=lambda step: step.verb)
def test_verb_is_refused_to_everybody_without_the_right(step, people):
    story = story_in(step.sources[0], people)
    verb, right_person = verb_of(step, people)
    before = Review.objects.count(), StoryEvent.objects.count()
    others = [make_login("reporter", "stranger"), make_login("community_manager", "keeper")]
    for other in others:
        with pytest.raises(PermissionDenied):
            verb(story, by=other, at=NOW)
    story.refresh_from_db()
    assert (story.status, Review.objects.count(), StoryEvent.objects.count()) == (
        step.sources[0],
        *before,
    )
    assert right_person not in others


def test_three_people_approve_a_story_and_nobody_sees_it_yet(story, people):
    advance(story, people, "approved")
    passes = Review.objects.values_list("stage", "by__username", "revision__number", "persons")
    assert list(passes) == [
        ("first", "first", 1, 3),
        ("second", "second", 1, 3),
        ("final", "final", 1, 3),
    ]
    assert story.approved_revision == story.head
    assert not Article.objects.published().exists()


def test_who_filed_the_story_does_not_review_it(people):
    everything = make_login("first_reviewer", "all-rounder")
    story = file_story(people, filed_by=everything)
    reviews.submit(story, by=everything, at=NOW)
    with pytest.raises(ReviewError):
        reviews.pass_review(story, stage="first", by=everything, at=NOW)
    assert not reviews.may_pass(story, everything)


def test_who_stands_under_the_story_does_not_review_it(story, people):
    sign(story, make_contributor("顾远", user=people.first))
    advance(story, people, "submitted")
    with pytest.raises(ReviewError):
        reviews.pass_review(story, stage="first", by=people.first, at=NOW)


def test_who_changed_the_text_does_not_review_it(story, people):
    advance(story, people, "submitted")
    rewrite(story, people.first, "渡口添了七盏灯。")
    with pytest.raises(ReviewError):
        reviews.pass_review(story, stage="first", by=people.first, at=NOW)


def test_an_administrator_is_no_exception(story, people):
    root = make_login("administrator", "root", is_superuser=True)
    advance(story, people, "submitted")
    reviews.pass_review(story, stage="first", by=root, at=NOW)
    with pytest.raises(ReviewError):
        reviews.pass_review(story, stage="second", by=root, at=NOW)


def test_nobody_passes_twice(story, people):
    people.first.groups.add(*people.second.groups.all())
    advance(story, people, "first_passed")
    with pytest.raises(ReviewError):
        reviews.pass_review(story, stage="second", by=people.first, at=NOW)


def test_two_persons_are_enough_where_the_newsroom_says_so_and_the_record_shows_it(
    story, people, settings
):
    settings.REVIEW_PERSONS = 2
    people.first.groups.add(*people.second.groups.all(), *people.final.groups.all())
    advance(story, people, "first_passed")
    reviews.pass_review(story, stage="second", by=people.first, at=NOW)
    with pytest.raises(ReviewError):
        reviews.pass_review(story, stage="final", by=people.first, at=NOW)
    reviews.pass_review(story, stage="final", by=people.final, at=NOW)
    assert set(Review.objects.values_list("persons", flat=True)) == {2}


def test_return_needs_a_reason_and_takes_it_to_the_writer(story, people):
    advance(story, people, "first_passed")
    with pytest.raises(ReviewError):
        reviews.send_back(story, stage="second", by=people.second, note="  ", at=NOW)
    reviews.send_back(story, stage="second", by=people.second, note="数字待核。", at=NOW)
    story.refresh_from_db()
    assert story.is_editable_by(people.writer)
    assert reviews.returned_with(story).note == "数字待核。"


def test_declined_story_is_put_away_and_its_writer_told_why(story, people):
    advance(story, people, "submitted")
    with pytest.raises(ReviewError):
        reviews.decline(story, stage="first", by=people.first, note="", at=NOW)
    reviews.decline(story, stage="first", by=people.first, note="同题已有稿。", at=NOW)
    story.refresh_from_db()
    assert story.status == "discarded"
    assert reviews.returned_with(story).note == "同题已有稿。"


def test_reprint_is_not_approved_without_all_it_has_to_name(people):
    story = file_story(people, source="某某日报")
    advance(story, people, "second_passed")
    with pytest.raises(ReviewError):
        reviews.pass_review(story, stage="final", by=people.final, at=NOW)
    reviews.send_back(story, stage="final", by=people.final, note="补转载信息。", at=NOW)
    named = {"original_title": "灯下", "original_author": "某人", "responsible_editor": "顾行"}
    rewrite(story, people.writer, story.body, **named)
    reviews.submit(story, by=people.writer, at=NOW)
    assert advance(story, people, "approved").status == "approved"


def test_returned_story_goes_through_all_three_again(story, people):
    advance(story, people, "first_passed")
    reviews.send_back(story, stage="second", by=people.second, note="数字待核。", at=NOW)
    rewrite(story, people.writer, "渡口添了八盏灯。")
    reviews.submit(story, by=people.writer, at=NOW)
    story.refresh_from_db()
    assert (story.status, story.round) == ("submitted", 2)
    reviews.pass_review(story, stage="first", by=people.first, at=NOW)
    assert story.status == "first_passed"


def test_change_after_a_pass_begins_the_reviews_again(story, people):
    advance(story, people, "second_passed")
    rewrite(story, people.editor, "渡口添了九盏灯。")
    story.refresh_from_db()
    assert story.status == "submitted"
    assert story.events.latest("pk").kind == "changed"
    with pytest.raises(ReviewError):
        reviews.pass_review(story, stage="final", by=people.final, at=NOW)


def test_change_after_a_pass_may_wait_at_its_stage_if_the_newsroom_says_so(story, people, settings):
    settings.REVIEW_AFTER_CHANGE = "stage"
    advance(story, people, "second_passed")
    rewrite(story, people.editor, "渡口添了九盏灯。")
    story.refresh_from_db()
    assert story.status == "second_passed"
    assert reviews.pass_review(story, stage="final", by=people.final, at=NOW).revision.number == 2


def test_change_of_section_needs_no_review_again(story, people):
    advance(story, people, "second_passed")
    story.section = make_section("要闻")
    story.save()
    revisions.record(story, by=people.editor, at=NOW)
    story.refresh_from_db()
    assert story.status == "second_passed"


def test_reviewer_who_read_another_text_is_told(story, people):
    advance(story, people, "submitted")
    rewrite(story, people.editor, "渡口添了十盏灯。")
    with pytest.raises(ConflictError) as conflict:
        reviews.pass_review(story, stage="first", by=people.first, seen=1, at=NOW)
    assert conflict.value.theirs.number == 2
    assert not Review.objects.exists()


def test_text_changed_behind_the_form_is_not_passed(story, people):
    advance(story, people, "submitted")
    story.body = "渡口一盏灯也没有。"
    story.save()
    with pytest.raises(ReviewError):
        reviews.pass_review(story, stage="first", by=people.first, at=NOW)


def test_submitting_keeps_the_text_as_it_stands(story, people):
    story.body = "渡口添了三盏灯。"
    story.save()
    reviews.submit(story, by=people.writer, at=NOW)
    assert story.head.content["body"] == "渡口添了三盏灯。"


@pytest.mark.parametrize("model", [Review, StoryEvent, Revision])
def test_the_record_is_never_changed(model, story, people):
    advance(story, people, "first_passed")
    row = model.objects.first()
    row.note = row.by = None
    for change in (
        row.save,
        row.delete,
        model.objects.all().delete,
        lambda: model.objects.update(by=people.writer),
        lambda: model.objects.bulk_update([row], ["by"]),
    ):
        with pytest.raises(AppendOnlyError):
            change()
    assert model.objects.filter(pk=row.pk, by__isnull=False).exists()


class TestGate:
    """No way past the reviews."""

    def test_new_story_cannot_be_born_approved(self):
        with pytest.raises(GateError):
            Article.objects.create(headline="题", body="文", status="approved")
        with pytest.raises(GateError):
            Article.objects.bulk_create([Article(headline="题", body="文", publish_at=NOW)])
        assert not Article.objects.exists()

    @pytest.mark.parametrize("change", [{"status": "approved"}, {"publish_at": NOW}])
    def test_draft_cannot_be_saved_or_updated_into_the_paper(self, change, story):
        for name, value in change.items():
            setattr(story, name, value)
        for way in (
            story.save,
            lambda: Article.objects.update(**change),
            lambda: Article.objects.bulk_update([story], list(change)),
            lambda: Article.objects.update_or_create(defaults=change, pk=story.pk),
        ):
            with pytest.raises(GateError), transaction.atomic():
                way()
        assert Article.objects.get().status == "draft"

    @pytest.mark.parametrize("fields", [["headline"], ["status"]])
    def test_reading_some_columns_again_forgets_no_forged_one(self, fields, story):
        story.status = "approved"
        story.refresh_from_db(fields=fields)
        if fields == ["headline"]:
            with pytest.raises(GateError):
                story.save()
        else:
            story.save()
        assert Article.objects.get().status == "draft"

    def test_column_that_was_left_unread_is_guarded_too(self, story):
        lazy = Article.objects.defer("status").get(pk=story.pk)
        lazy.publish_at = NOW
        assert lazy.status == "draft"
        with pytest.raises(GateError):
            lazy.save()

    def test_made_up_key_does_not_write_over_a_story(self, story, people):
        advance(story, people, "approved")
        with pytest.raises(IntegrityError):
            Article(pk=story.pk, headline="假的", body="假的").save()

    def test_approved_text_is_closed_with_all_that_stands_under_it(self, story, people):
        line = sign(story, make_contributor())
        revisions.record(story, by=people.writer, at=NOW)
        advance(story, people, "approved")
        story.headline = "换个题"
        line.refresh_from_db()
        for way in (
            story.save,
            lambda: Article.objects.update(headline="换个题"),
            line.delete,
            line.save,
            story.bylines.all().delete,
            lambda: story.bylines.update(name="别人"),
        ):
            with pytest.raises(GateError):
                way()
        assert Article.objects.get().headline == "渡口添灯"
        assert story.bylines.get().name == "林小舟"


class TestQueues:
    def test_longest_wait_comes_first(self, people):
        late, early = file_story(people, "晚到的"), file_story(people, "早到的")
        reviews.submit(late, by=people.writer, at=NOW + HOUR)
        reviews.submit(early, by=people.writer, at=NOW)
        assert list(Article.objects.awaiting("first")) == [early, late]
        assert not Article.objects.awaiting("second").exists()

    def test_reviewer_of_a_section_or_a_place_gets_its_stories_and_others_the_rest(self, people):
        news, culture = make_section("要闻"), make_section("文明实践")
        street = make_community("桥头街道", within=make_district(), level="subdistrict")
        quay = make_community("渡口社区", within=street)
        of_news = make_login("first_reviewer", "of-news")
        of_street = make_login("first_reviewer", "of-street")
        ReviewDuty.objects.create(user=of_news, stage="first", section=news)
        ReviewDuty.objects.create(user=of_street, stage="first", community=street)
        a = file_story(people, "要闻一条", section=news)
        b = file_story(people, "渡口一条", section=culture)
        b.communities.add(quay)
        c = file_story(people, "文明一条", section=culture)
        for story in (a, b, c):
            reviews.submit(story, by=people.writer, at=NOW)
        waiting = Article.objects.awaiting("first")
        assert list(waiting.for_reviewer(of_news, "first")) == [a]
        assert list(waiting.for_reviewer(of_street, "first")) == [b]
        assert list(waiting.for_reviewer(people.first, "first")) == [c]

    def test_duty_for_everything_is_for_everything(self, people):
        story = file_story(people)
        ReviewDuty.objects.create(user=people.first, stage="first")
        reviews.submit(story, by=people.writer, at=NOW)
        waiting = Article.objects.awaiting("first")
        assert list(waiting.for_reviewer(people.first, "first")) == [story]
        assert not waiting.for_reviewer(make_login("first_reviewer", "idle"), "first").exists()
