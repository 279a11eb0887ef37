"""Drafts over the wire, and two people who save one story."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import transaction
from django.test import Client
from django.urls import reverse

from articles import drafts, revisions
from articles.models import Article, Presence, Revision, Status, WorkingDraft
from articles.revisions import ConflictError
from tests.articles.desk import make_people
from tests.factories import make_draft, make_photo, make_section
from tests.newsroom import as_shown, client_of, errors_of, with_row

pytestmark = pytest.mark.django_db

KEY = "a-form-opened-once"
ADD = reverse("admin:articles_article_add")


@pytest.fixture
def people():
    return make_people()


@pytest.fixture
def story(people):
    return make_draft(filed_by=people.writer)


def address(name: str, *args: object) -> str:
    return reverse(f"admin:articles_article_{name}", args=args)


def change(story: Article) -> str:
    return address("change", story.pk)


def keep(client: Client, user: Any, story: Article | None = None, **sent: Any):
    message = {
        "user": user.pk,
        "key": KEY,
        "article": story.pk if story else None,
        "base": 1,
        "seq": 1,
        "content": {"body": "灯亮了"},
        **sent,
    }
    return client.post(address("keep"), json.dumps(message), content_type="application/json")


def listed(client: Client, **query: Any) -> dict[str, Any]:
    return client.get(address("drafts"), query).json()


# Keeping


def test_text_is_kept_and_given_back_with_its_story(people, story):
    client = client_of(people.writer)
    answer = keep(client, people.writer, story).json()
    assert (answer["seq"], answer["head"]) == (1, 1)
    (draft,) = listed(client, article=story.pk)["drafts"]
    assert (draft["key"], draft["base"], draft["content"]["body"]) == (KEY, 1, "灯亮了")
    assert draft["at"] == answer["kept_at"]


def test_text_is_given_where_it_is_asked_for_alone(people, story):
    client = client_of(people.writer)
    keep(client, people.writer, content={"headline": "新稿 一篇", "body": "长文"})
    (draft,) = listed(client, article=story.pk)["drafts"]
    assert (draft["content"], draft["headline"]) == (None, "新稿 一篇")
    (draft,) = listed(client, article="new")["drafts"]
    assert draft["content"]["body"] == "长文"


def test_keeping_makes_no_revision_and_changes_no_story(people, story):
    before = Article.objects.values().get(pk=story.pk)
    keep(client_of(people.writer), people.writer, story)
    assert Article.objects.values().get(pk=story.pk) == before
    assert Revision.objects.filter(article=story).count() == 1


def test_later_text_is_named_where_an_earlier_one_arrives_after_it(people):
    client = client_of(people.writer)
    keep(client, people.writer, seq=5)
    answer = keep(client, people.writer, seq=4, content={"body": "灯"})
    assert (answer.status_code, answer.json()["seq"]) == (200, 5)


def test_draft_is_nobody_elses(people, story):
    keep(client_of(people.writer), people.writer, story)
    assert listed(client_of(people.editor), article=story.pk)["drafts"] == []
    drop = {"key": KEY}
    client_of(people.editor).post(address("drop"), json.dumps(drop), "application/json")
    assert WorkingDraft.objects.count() == 1
    client_of(people.writer).post(address("drop"), json.dumps(drop), "application/json")
    assert WorkingDraft.objects.count() == 0


@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.APPROVED])
def test_draft_of_a_story_that_is_closed_to_somebody_is_refused(people, status):
    closed = make_draft(filed_by=people.writer, status=status)
    answer = keep(client_of(people.writer), people.writer, closed)
    assert (answer.status_code, answer.json()) == (403, {"error": "closed"})
    assert not Presence.objects.exists()


def test_draft_of_anothers_story_or_of_none_is_refused(people):
    foreign = make_draft(filed_by=people.editor)
    client = client_of(people.writer)
    assert keep(client, people.writer, foreign).status_code == 403
    assert keep(client, people.writer, article=10**6).status_code == 403
    assert keep(client, people.writer, article="1").status_code == 403
    assert not WorkingDraft.objects.exists()


@pytest.mark.parametrize(
    "sent", [{"key": 7}, {"base": "1"}, {"seq": None}, {"content": "灯"}, {"content": {"body": 1}}]
)
def test_what_no_form_sends_is_refused(people, story, sent):
    answer = keep(client_of(people.writer), people.writer, story, **sent)
    assert (answer.status_code, answer.json()) == (400, {"error": "shape"})


@pytest.mark.parametrize("sent", ["", "[]", "null", "{", "[" * 100_000])
def test_what_is_no_message_is_refused(people, sent):
    answer = client_of(people.writer).post(address("keep"), sent, "application/json")
    assert (answer.status_code, answer.json()) == (400, {"error": "shape"})


def test_too_long_a_text_is_refused_by_name(people):
    answer = keep(client_of(people.writer), people.writer, content={"body": "灯" * 700_000})
    assert (answer.status_code, answer.json()) == (413, {"error": "size"})


def test_draft_is_taken_over_by_another_form(people, story):
    client = client_of(people.writer)
    keep(client, people.writer, story)
    keep(client, people.writer, story, key="the-form-on-the-desk")
    drop = {"key": KEY, "into": "the-form-on-the-desk"}
    client.post(address("drop"), json.dumps(drop), "application/json")
    answer = listed(client, key=KEY)
    assert [one["key"] for one in answer["drafts"]] == ["the-form-on-the-desk"]
    assert answer["saved"][KEY]["taken"] is True


# Who is logged in


def test_expired_login_is_said_in_json_with_the_way_back(people, story):
    client = client_of(people.writer)
    Session.objects.all().delete()
    for answer in (keep(client, people.writer, story), client.get(address("token"))):
        assert answer.status_code == 401
        assert answer.json()["error"] == "login"
        assert client.get(answer.json()["login"]).status_code == 200


def test_login_without_the_newsroom_is_asked_to_log_in(people, story):
    people.writer.is_staff = False
    people.writer.save()
    assert keep(client_of(people.writer), people.writer, story).status_code == 401


def test_text_of_one_person_is_not_kept_as_anothers(people, story):
    answer = keep(client_of(people.editor), people.writer, story)
    assert (answer.status_code, answer.json()["error"]) == (401, "other_user")
    assert not WorkingDraft.objects.exists()


def test_fresh_token_is_taken_where_the_old_one_is_refused(people, story):
    client = Client(enforce_csrf_checks=True)
    client.force_login(people.writer)
    assert keep(client, people.writer, story).status_code == 403
    answer = client.get(address("token"))
    assert answer.json()["user"] == people.writer.pk
    assert answer.headers["Cache-Control"].startswith("max-age=0")
    token = {"X-CSRFToken": answer.json()["token"]}
    message = {"user": people.writer.pk, "article": story.pk, "key": KEY}
    kept = client.post(address("keep"), json.dumps(message), "application/json", headers=token)
    assert kept.status_code == 200


# Who is there


def test_presence_names_others_and_ones_own_other_forms(people, story):
    people.editor.first_name = "简知秋"
    people.editor.save()
    keep(client_of(people.editor), people.editor, story, key="the-editors-form", content=None)
    client = client_of(people.writer)
    keep(client, people.writer, story, key="one-more-of-my-own", content=None)
    answer = keep(client, people.writer, story, content=None).json()
    assert [(one["name"], one["mine"]) for one in answer["present"]] == [
        ("简知秋", False),
        ("writer", True),
    ]
    assert answer["kept_at"] is None
    assert not WorkingDraft.objects.exists()


def test_closed_form_is_present_no_more(people, story):
    client = client_of(people.writer)
    keep(client, people.writer, story)
    client.post(address("leave"), {"key": KEY, "article": story.pk})
    assert not Presence.objects.exists()
    keep(client, people.writer, story, leaving=True)
    assert not Presence.objects.exists()
    for made_up in ({}, {"article": "x"}, {"article": "9" * 30, "key": KEY}):
        assert client.post(address("leave"), made_up).status_code == 200


def test_answer_tells_who_saved_meanwhile(people, story):
    story.body = "灯亮了三盏。"
    story.save()
    revisions.record(story, by=people.editor)
    answer = keep(client_of(people.writer), people.writer, story).json()
    assert answer["head"] == 2
    assert (answer["saved"]["name"], answer["saved"]["mine"]) == ("editor", False)


# Saving a form


def sent_from(client: Client, story: Article, **typed: Any) -> dict[str, Any]:
    return as_shown(client.get(change(story))) | typed


def test_saved_form_takes_its_draft_along(people, story):
    client = client_of(people.writer)
    sent = sent_from(client, story, body="写完了。")
    keep(client, people.writer, story, key=sent["draft_key"])
    client.post(change(story), sent)
    answer = listed(client, key=sent["draft_key"])
    assert answer["drafts"] == []
    known = {"article": story.pk, "head": 2, "taken": False}
    assert answer["saved"] == {sent["draft_key"]: known}


def test_refused_form_keeps_its_draft_and_its_key(people, story):
    client = client_of(people.writer)
    sent = sent_from(client, story, headline="")
    keep(client, people.writer, story, key=sent["draft_key"])
    shown = client.post(change(story), sent)
    assert shown.context["adminform"].form["draft_key"].value() == sent["draft_key"]
    assert len(listed(client)["drafts"]) == 1


def test_new_story_sent_twice_is_one_story(people):
    client = client_of(people.writer)
    sent = as_shown(client.get(ADD)) | {"headline": "渡口添灯", "body": "灯亮了。"}
    client.post(ADD, sent)
    again = client.post(ADD, sent | {"body": "灯亮了，路平了。"})
    story = Article.objects.get()
    assert again.url == change(story)
    assert story.body == "灯亮了。"
    (draft,) = listed(client, article=story.pk)["drafts"]
    assert (draft["content"]["body"], draft["base"]) == ("灯亮了，路平了。", 1)
    told = [one for one in client.get(again.url).context["messages"] if one.level_tag == "info"]
    assert len(told) == 1


def test_same_form_sent_twice_alarms_nobody(people, story):
    client = client_of(people.writer)
    sent = sent_from(client, story, body="写完了。")
    client.post(change(story), sent)
    again = client.post(change(story), sent, follow=True)
    assert again.context["conflict"] is None
    assert Revision.objects.filter(article=story).count() == 2
    assert listed(client)["drafts"] == []


# Two people


@pytest.fixture
def both(people, story):
    """A form of the writer's, opened before the editor saved."""
    mine = sent_from(client_of(people.writer), story, body="灯亮了。三盏。")
    editor = client_of(people.editor)
    editor.post(change(story), sent_from(editor, story, body="灯亮了。路也平了。"))
    return mine


def test_second_save_writes_nothing_over_and_shows_both(people, story, both):
    shown = client_of(people.writer).post(change(story), both)
    story.refresh_from_db()
    assert story.body == "灯亮了。路也平了。"
    assert Revision.objects.filter(article=story).count() == 2
    conflict = shown.context["conflict"]
    assert conflict["theirs"].by == people.editor
    (difference,) = conflict["differences"]
    assert (difference.name, difference.theirs, difference.mine) == (
        "body",
        "灯亮了。路也平了。",
        "灯亮了。三盏。",
    )
    assert shown.context["adminform"].form["body"].value() == "灯亮了。三盏。"
    assert "灯亮了。路也平了。" in shown.content.decode()


def test_after_both_were_seen_mine_is_saved_over_theirs_which_stays(people, story, both):
    client = client_of(people.writer)
    shown = client.post(change(story), both)
    client.post(change(story), as_shown(shown))
    story.refresh_from_db()
    assert story.body == "灯亮了。三盏。"
    texts = Revision.objects.filter(article=story).order_by("number")
    assert [one.content["body"] for one in texts[1:]] == ["灯亮了。路也平了。", "灯亮了。三盏。"]


def test_third_save_in_between_is_met_again(people, story, both):
    client, editor = client_of(people.writer), client_of(people.editor)
    shown = client.post(change(story), both)
    editor.post(change(story), sent_from(editor, story, body="又改了。"))
    again = client.post(change(story), as_shown(shown))
    assert again.context["conflict"]["theirs"].number == 3
    story.refresh_from_db()
    assert story.body == "又改了。"


def test_conflict_while_submitting_submits_nothing(people, story, both):
    shown = client_of(people.writer).post(change(story), both | {"_submit": "1"})
    story.refresh_from_db()
    assert story.status == Status.DRAFT
    assert shown.context["conflict"]["pressed"] == "_submit"


def test_form_without_a_base_overwrites_nothing(people, story):
    client = client_of(people.writer)
    sent = sent_from(client, story, body="从别处来。")
    del sent["base"]
    shown = client.post(change(story), sent)
    assert shown.context["conflict"]["theirs"].number == 1
    story.refresh_from_db()
    assert story.body != "从别处来。"


def test_field_that_only_the_other_changed_is_marked(people, story):
    mine = sent_from(client_of(people.writer), story, body="我的正文。")
    editor = client_of(people.editor)
    editor.post(change(story), sent_from(editor, story, headline="编辑的标题"))
    shown = client_of(people.writer).post(change(story), mine)
    found = {one.name: one.untouched for one in shown.context["conflict"]["differences"]}
    assert found == {"headline": True, "body": False}


def test_places_and_sections_are_shown_by_their_names(people, story):
    section = make_section("要闻")
    mine = sent_from(client_of(people.writer), story, tags="渡口")
    editor = client_of(people.editor)
    editor.post(change(story), sent_from(editor, story, section=section.pk, tags="灯、路"))
    shown = client_of(people.writer).post(change(story), mine)
    found = {one.name: (one.theirs, one.mine) for one in shown.context["conflict"]["differences"]}
    assert found == {"section": ("要闻", ""), "tags": ("灯、路", "渡口")}


def test_deadline_set_by_an_editor_does_not_alarm_its_writer(people, story):
    client = client_of(people.writer)
    mine = sent_from(client, story, body="灯亮了。三盏。")
    editor = client_of(people.editor)
    times = {"deadline_0": "2026-03-09", "deadline_1": "18:00"}
    editor.post(change(story), sent_from(editor, story, **times))
    answer = client.post(change(story), mine)
    story.refresh_from_db()
    assert (answer.status_code, story.body) == (302, "灯亮了。三盏。")
    assert story.deadline is not None


def test_own_save_in_another_window_is_told_as_ones_own(people, story):
    client = client_of(people.writer)
    first, second = sent_from(client, story, body="一"), sent_from(client, story, body="二")
    client.post(change(story), first)
    conflict = client.post(change(story), second).context["conflict"]
    assert conflict["is_own"] is True


def test_photo_that_somebody_removed_does_not_bar_the_other_from_saving(people, story):
    for caption in ("第一张", "第二张"):
        make_photo(story, caption=caption)
    revisions.record(story, by=people.writer)
    mine = sent_from(client_of(people.writer), story, body="灯亮了。三盏。")
    editor = client_of(people.editor)
    editor.post(change(story), sent_from(editor, story, **{"photos-0-DELETE": "on"}))
    client = client_of(people.writer)
    shown = client.post(change(story), mine)
    assert errors_of(shown).keys() == {""}
    answer = client.post(change(story), as_shown(shown))
    assert answer.status_code == 302
    story.refresh_from_db()
    assert story.body == "灯亮了。三盏。"
    assert [photo.caption for photo in story.photos.all()] == ["第二张"]


def test_new_photo_row_survives_the_renumbering(people, story):
    photo = make_photo(story, caption="旧的")
    revisions.record(story, by=people.writer)
    client = client_of(people.writer)
    mine = with_row(sent_from(client, story), "photos", caption="新的", id="")
    photo.delete()
    revisions.record(story, by=people.editor)
    shown = client.post(change(story), mine)
    rows = next(
        one.formset
        for one in shown.context["inline_admin_formsets"]
        if one.formset.prefix == "photos"
    )
    assert [form["caption"].value() for form in rows.forms] == ["新的"]


def test_programs_that_write_a_text_are_held_to_its_base_too(people, story, both):
    @transaction.atomic
    def write(base: int) -> Revision:
        story.refresh_from_db()
        story.body = "程序写的。"
        story.save()
        return revisions.record(story, by=people.writer, base=base)

    with pytest.raises(ConflictError) as conflict:
        write(base=1)
    story.refresh_from_db()
    assert (conflict.value.theirs.number, story.body) == (2, "灯亮了。路也平了。")
    assert write(base=2).number == 3


def test_bulk_action_changes_no_text(people, story, both):
    client = client_of(people.writer)
    picked = {"action": "submit_stories", "_selected_action": [story.pk]}
    client.post(address("changelist"), picked)
    story.refresh_from_db()
    assert (story.status, story.body) == (Status.SUBMITTED, "灯亮了。路也平了。")


def test_drafts_come_with_the_form_and_are_asked_for_on_the_list(people, story):
    client = client_of(people.writer)
    for page in (change(story), ADD, address("changelist")):
        assert f'data-user="{people.writer.pk}"' in client.get(page).content.decode()


def test_form_nobody_may_change_keeps_nothing(people):
    closed = make_draft(filed_by=people.writer, status=Status.SUBMITTED)
    page = client_of(people.writer).get(change(closed)).content.decode()
    assert 'id="drafts"' not in page


def test_queries_do_not_grow_with_the_drafts(people, story, django_assert_num_queries):
    client = client_of(people.writer)
    for number in range(3):
        drafts.keep(people.writer, f"form-number-{number}", story, 1, {"body": "灯"}, sequence=1)
    with django_assert_num_queries(4):  # session, user, drafts, saved forms
        client.get(address("drafts"), {"article": story.pk, "key": KEY})
