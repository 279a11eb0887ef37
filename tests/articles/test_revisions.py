"""Revisions: every save one, restorable, and never written over."""

import pytest

from articles import reviews, revisions
from articles.models import Article
from articles.revisions import ConflictError, RevisionError
from tests.articles.desk import NOW, advance, file_story, make_people, rewrite
from tests.factories import (
    make_community,
    make_contributor,
    make_district,
    make_photo,
    make_section,
    sign,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return make_people()


@pytest.fixture
def story(people):
    return file_story(people)


def test_every_change_is_a_revision_and_an_unchanged_save_is_none(story, people):
    revisions.record(story, by=people.writer, at=NOW)
    rewrite(story, people.writer, "渡口添了七盏灯。")
    assert [row.content["body"] for row in story.revisions.order_by("number")] == [
        "渡口添了六盏灯。",
        "渡口添了七盏灯。",
    ]
    assert [row.number for row in story.revisions.all()] == [2, 1]
    assert story.head.number == 2


def test_restoring_brings_everything_back_and_makes_a_new_revision(story, people):
    street = make_community("桥头街道", within=make_district(), level="subdistrict")
    story.communities.add(street)
    story.section = make_section("要闻")
    story.save()
    sign(story, make_contributor(), role="通讯员")
    make_photo(story, caption="渡口的灯", credit="林小舟 摄", focus_x=20)
    story.tags.add("路灯", "渡口")
    full = revisions.record(story, by=people.writer, at=NOW)
    story.communities.clear()
    story.tags.clear()
    story.bylines.all().delete()
    story.photos.all().delete()
    story.section = None
    rewrite(story, people.writer, "什么也没有了。")
    restored = revisions.restore(story, full, by=people.writer, at=NOW)
    story.refresh_from_db()
    assert restored.number == full.number + 2
    assert restored.restored_from == full
    assert revisions.snapshot(story) == full.content
    assert story.head == restored


def test_what_was_deleted_since_is_left_out_of_a_restored_story(story, people):
    person = make_contributor()
    sign(story, person)
    old = revisions.record(story, by=people.writer, at=NOW)
    story.bylines.all().delete()
    person.delete()
    revisions.restore(story, old, by=people.writer, at=NOW)
    assert not story.bylines.exists()


def test_restoring_counts_as_a_change_of_the_text_in_review(story, people):
    first = story.head
    rewrite(story, people.writer, "渡口添了七盏灯。")
    advance(story, people, "first_passed")
    revisions.restore(story, first, by=people.editor, at=NOW)
    story.refresh_from_db()
    assert story.status == "submitted"


def test_approved_text_is_not_restored_over(story, people):
    first = story.head
    rewrite(story, people.writer, "渡口添了七盏灯。")
    advance(story, people, "approved")
    with pytest.raises(RevisionError):
        revisions.restore(story, first, by=people.editor, at=NOW)


def test_revision_of_another_story_is_refused(story, people):
    other = file_story(people, "别的稿子")
    with pytest.raises(RevisionError):
        revisions.restore(story, other.head, by=people.writer, at=NOW)


def test_second_save_meets_the_first(story, people):
    rewrite(story, people.writer, "渡口添了七盏灯。")
    with pytest.raises(ConflictError) as conflict:
        revisions.check_base(Article.objects.get(pk=story.pk), 1)
    assert conflict.value.theirs.content["body"] == "渡口添了七盏灯。"
    revisions.check_base(Article.objects.get(pk=story.pk), 2)


def test_section_is_no_part_of_the_text_that_is_reviewed(story, people):
    before = story.head
    story.section = make_section("要闻")
    story.save()
    after = revisions.record(story, by=people.writer, at=NOW)
    assert after.digest != before.digest
    assert after.text_digest == before.text_digest
    assert reviews.writers(story) == {people.writer.pk}
