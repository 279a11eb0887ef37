"""Working drafts and presence: what is kept, what comes too late, who is there."""

from __future__ import annotations

import datetime

import pytest

from articles import drafts
from articles.drafts import LABELS, SAVED, DraftError
from articles.models import Presence, WorkingDraft
from tests.articles.desk import NOW, make_people
from tests.factories import make_draft

pytestmark = pytest.mark.django_db

KEY, OTHER = "a-form-opened-once", "another-form-opened"
SECOND = datetime.timedelta(seconds=1)


@pytest.fixture
def people():
    return make_people()


@pytest.fixture
def story(people):
    return make_draft(filed_by=people.writer)


def type_in(user, text, sequence=1, key=KEY, article=None, at=NOW):
    return drafts.keep(user, key, article, 0, {"body": text}, sequence=sequence, at=at)


def test_draft_holds_the_latest_text_alone(people):
    type_in(people.writer, "渡口", 1)
    type_in(people.writer, "渡口的灯", 2)
    assert [draft.content["body"] for draft in drafts.offered(people.writer)] == ["渡口的灯"]


def test_text_that_arrives_late_changes_nothing(people, story):
    type_in(people.writer, "渡口的灯亮了", 5)
    kept = type_in(people.writer, "渡口的", 4, article=story, at=NOW + SECOND)
    assert (kept.sequence, kept.content["body"], kept.article) == (5, "渡口的灯亮了", None)
    assert kept.updated_at == NOW


def test_two_forms_of_one_person_keep_a_text_each(people, story):
    type_in(people.writer, "一个窗口", key=KEY, article=story)
    type_in(people.writer, "另一个窗口", key=OTHER, article=story, at=NOW + SECOND)
    found = drafts.offered(people.writer, story)
    assert [draft.content["body"] for draft in found] == ["另一个窗口", "一个窗口"]


def test_drafts_are_offered_to_their_typist_alone(people, story):
    type_in(people.writer, "只给自己看", article=story)
    type_in(people.editor, "编辑的", article=story)
    assert [draft.user for draft in drafts.offered(people.writer, story)] == [people.writer]


def test_drafts_of_one_story_are_told_from_those_of_others(people, story):
    type_in(people.writer, "新稿", key=KEY)
    type_in(people.writer, "旧稿", key=OTHER, article=story)
    assert [draft.key for draft in drafts.offered(people.writer, story)] == [OTHER]
    assert {draft.key for draft in drafts.offered(people.writer)} == {KEY, OTHER}


def test_dropped_draft_is_gone_and_anothers_stays(people):
    type_in(people.writer, "不要了")
    type_in(people.editor, "还要")
    drafts.drop(people.writer, KEY)
    assert list(WorkingDraft.objects.values_list("user", flat=True)) == [people.editor.pk]


# Saving


def test_saved_form_is_offered_no_more_and_known_by_its_revision(people, story):
    type_in(people.writer, "写完了", article=story)
    drafts.finish(people.writer, KEY, story, at=NOW)
    assert not drafts.offered(people.writer).exists()
    (known,) = drafts.saved(people.writer, [KEY, OTHER])
    assert (known.key, known.article, known.base_number) == (KEY, story, story.head.number)
    assert known.content == {}


def test_text_of_a_saved_form_that_arrives_late_is_refused(people, story):
    drafts.finish(people.writer, KEY, story)
    with pytest.raises(DraftError) as refusal:
        type_in(people.writer, "迟到的", 99)
    assert refusal.value.code == "saved"
    assert not drafts.offered(people.writer).exists()


def test_form_is_claimed_once(people, story):
    drafts.claim(people.writer, KEY)
    assert not drafts.offered(people.writer).exists()
    drafts.finish(people.writer, KEY, story)
    with pytest.raises(DraftError) as refusal:
        drafts.claim(people.writer, KEY)
    assert refusal.value.code == "saved"


def test_claim_that_came_to_nothing_leaves_the_draft_as_it_was(people):
    type_in(people.writer, "还没保存", 3)
    drafts.claim(people.writer, KEY)
    assert [draft.content["body"] for draft in drafts.offered(people.writer)] == ["还没保存"]


def test_draft_that_another_form_took_over_is_offered_no_more(people, story):
    type_in(people.writer, "手机上写的", key=KEY, article=story)
    type_in(people.writer, "手机上写的", key=OTHER, article=story)
    drafts.take_over(people.editor, KEY, OTHER)
    drafts.take_over(people.writer, OTHER, OTHER)
    assert drafts.offered(people.writer).count() == 2
    drafts.take_over(people.writer, KEY, OTHER)
    assert [draft.key for draft in drafts.offered(people.writer)] == [OTHER]
    assert [draft.key for draft in drafts.saved(people.writer, [KEY, OTHER])] == [KEY]


def test_form_whose_text_was_taken_over_can_still_be_saved(people, story):
    type_in(people.writer, "手机上写的", key=KEY, article=story)
    drafts.take_over(people.writer, KEY, OTHER)
    drafts.claim(people.writer, KEY)
    drafts.finish(people.writer, KEY, story)
    with pytest.raises(DraftError):
        drafts.claim(people.writer, KEY)


def test_form_without_a_key_is_saved_without_a_draft(people, story):
    drafts.claim(people.writer, "")
    drafts.finish(people.writer, "", story)
    assert not WorkingDraft.objects.exists()


def test_saved_forms_are_forgotten_after_a_month_and_drafts_never(people, story):
    type_in(people.writer, "没写完", key="left-lying-about")
    drafts.finish(people.writer, KEY, story, at=NOW)
    later = NOW + drafts.REMEMBERED + SECOND
    drafts.finish(people.writer, OTHER, story, at=later)
    assert set(WorkingDraft.objects.values_list("key", flat=True)) == {OTHER, "left-lying-about"}


# What is kept


def test_content_keeps_lists_and_labels(people):
    content = {
        "tags": "灯、渡口",
        "communities": ["3", "4"],
        LABELS: {"communities": {"3": "桂花"}},
    }
    kept = drafts.keep(people.writer, KEY, None, 0, content, sequence=1)
    kept.refresh_from_db()
    assert kept.content == content


def test_characters_no_database_holds_are_left_out(people):
    kept = type_in(people.writer, "灯\x00亮\ud83d了")
    kept.refresh_from_db()
    assert kept.content["body"] == "灯亮�了"


@pytest.mark.parametrize(
    "content",
    [
        None,
        [],
        "body",
        {"body": 3},
        {"body": None},
        {"body": {"a": "b"}},
        {"tags": [["a"]]},
        {LABELS: []},
        {LABELS: {"communities": ["3"]}},
        {LABELS: {"communities": {"3": 4}}},
        {str(number): "" for number in range(drafts.MOST_FIELDS + 1)},
    ],
)
def test_what_no_form_sends_is_refused(people, content):
    with pytest.raises(DraftError) as refusal:
        drafts.keep(people.writer, KEY, None, 0, content, sequence=1)
    assert refusal.value.code == "shape"
    assert not WorkingDraft.objects.exists()


@pytest.mark.parametrize(
    ("key", "base", "sequence"),
    [
        ("short", 0, 1),
        ("k" * 65, 0, 1),
        ("no spaces in it", 0, 1),
        (KEY, -1, 1),
        (KEY, 2**31, 1),
        (KEY, 0, 0),
        (KEY, 0, SAVED),
    ],
)
def test_made_up_numbers_are_refused(people, key, base, sequence):
    with pytest.raises(DraftError) as refusal:
        drafts.keep(people.writer, key, None, base, {"body": "灯"}, sequence=sequence)
    assert refusal.value.code == "shape"


def test_text_has_a_bound(people):
    half = "灯" * (drafts.MOST_CHARACTERS // 2)
    type_in(people.writer, half)
    with pytest.raises(DraftError) as refusal:
        drafts.keep(people.writer, KEY, None, 0, {"body": half, "deck": half}, sequence=2)
    assert refusal.value.code == "size"
    assert drafts.offered(people.writer).get().content["body"] == half


def test_number_of_drafts_has_a_bound_and_those_there_can_be_typed_on(people, monkeypatch):
    monkeypatch.setattr(drafts, "MOST_DRAFTS", 2)
    for key in (KEY, OTHER):
        type_in(people.writer, "灯", key=key)
    with pytest.raises(DraftError) as refusal:
        type_in(people.writer, "灯", key="one-form-too-many")
    assert refusal.value.code == "many"
    assert type_in(people.writer, "灯亮", 2).content["body"] == "灯亮"


# Who is there


def names(story, at):
    return [one.user.username for one in drafts.present(story, at)]


def test_people_are_present_in_the_order_of_their_coming(people, story):
    drafts.arrive(story, people.writer, KEY, NOW)
    drafts.arrive(story, people.editor, OTHER, NOW + SECOND)
    drafts.stay(story, people.writer, KEY, NOW + 2 * SECOND)
    assert names(story, NOW + 3 * SECOND) == ["writer", "editor"]
    assert [one.since for one in drafts.present(story, NOW + SECOND)] == [NOW, NOW + SECOND]


@pytest.mark.parametrize(("seconds", "there"), [(0, True), (45, True), (46, False)])
def test_whoever_is_not_heard_of_for_45_seconds_is_gone(people, story, seconds, there):
    drafts.arrive(story, people.writer, KEY, NOW)
    assert (names(story, NOW + seconds * SECOND) == ["writer"]) is there


def test_staying_keeps_somebody_there_since_they_came(people, story):
    drafts.arrive(story, people.writer, KEY, NOW)
    drafts.stay(story, people.writer, KEY, NOW + 40 * SECOND)
    (here,) = drafts.present(story, NOW + 80 * SECOND)
    assert here.since == NOW


def test_whoever_was_gone_arrives_anew(people, story):
    drafts.arrive(story, people.writer, KEY, NOW)
    later = NOW + 100 * SECOND
    drafts.stay(story, people.writer, KEY, later)
    (here,) = drafts.present(story, later)
    assert here.since == later


def test_leaving_closes_one_form_and_not_the_other(people, story):
    drafts.arrive(story, people.writer, KEY, NOW)
    drafts.arrive(story, people.writer, OTHER, NOW)
    drafts.leave(story, people.writer, KEY)
    assert list(Presence.objects.values_list("device", flat=True)) == [OTHER]


def test_presence_is_a_storys_own(people, story):
    other = make_draft("另一篇", filed_by=people.writer)
    drafts.arrive(story, people.writer, KEY, NOW)
    assert names(other, NOW) == []
