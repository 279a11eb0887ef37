"""Warnings let pass, with a reason that stays on record."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from articles import reviews
from articles.checks import check
from articles.models import Stage, Waiver
from articles.waiving import WaivingError, keep_sent, may_waive, read_sent, waive
from tests.factories import MORNING, make_draft
from tests.newsroom import make_login

pytestmark = pytest.mark.django_db
BODY = "居民来了，，都很高兴。灯亮了。。"


@pytest.fixture
def writer():
    return make_login("reporter", "writer")


@pytest.fixture
def story(writer):
    return make_draft(body=BODY, filed_by=writer)


def test_a_warning_is_let_pass_by_whoever_may_change_the_story(story, writer):
    first, _second = check(story)
    waive(story, first.key, reason=" 原话如此 ", by=writer, at=MORNING)
    [kept] = Waiver.objects.all()
    assert (kept.article, kept.key, kept.reason, kept.by) == (story, first.key, "原话如此", writer)
    assert kept.at == MORNING
    assert "，，" in kept.message


def test_without_a_reason_nothing_is_let_pass(story, writer):
    with pytest.raises(WaivingError):
        waive(story, check(story)[0].key, reason="  ", by=writer)
    assert not Waiver.objects.exists()


def test_a_warning_that_is_not_there_cannot_be_let_pass(story, writer):
    with pytest.raises(WaivingError):
        waive(story, "doubled_mark:0", reason="原话如此", by=writer)
    assert not Waiver.objects.exists()


def test_the_first_reason_stands(story, writer):
    key = check(story)[0].key
    waive(story, key, reason="原话如此", by=writer)
    waive(story, key, reason="改个说法", by=make_login("final_reviewer", "other"))
    assert [one.reason for one in Waiver.objects.all()] == ["原话如此"]


@pytest.mark.parametrize(
    ("role", "allowed"),
    [
        ("correspondent", False),
        ("community_manager", False),
        ("first_reviewer", True),
        ("administrator", True),
    ],
)
def test_who_may_let_a_warning_of_anothers_story_pass(story, writer, role, allowed):
    reviews.submit(story, by=writer)
    person = make_login(role, "somebody", is_superuser=role == "administrator")
    assert may_waive(person, story) is allowed
    if not allowed:
        with pytest.raises(PermissionDenied):
            waive(story, check(story)[0].key, reason="原话如此", by=person)


def test_the_writer_is_done_once_the_story_is_submitted(story, writer):
    correspondent = make_login("correspondent", "other")
    mine = make_draft(body=BODY, filed_by=correspondent)
    assert may_waive(correspondent, mine)
    reviews.submit(mine, by=correspondent)
    mine.refresh_from_db()
    assert not may_waive(correspondent, mine)


def test_a_review_keeps_what_the_checks_said_and_what_was_let_pass(story, writer):
    first, second = check(story)
    waive(story, first.key, reason="原话如此", by=writer)
    reviews.submit(story, by=writer)
    review = reviews.pass_review(story, stage=Stage.FIRST, by=make_login("first_reviewer"))
    assert [(one["key"], one["reason"]) for one in review.problems] == [
        (first.key, "原话如此"),
        (second.key, ""),
    ]


def test_a_returned_text_is_recorded_with_its_warnings_too(story, writer):
    reviews.submit(story, by=writer)
    reviewer = make_login("first_reviewer")
    review = reviews.send_back(story, stage=Stage.FIRST, by=reviewer, note="标点要改。")
    assert [one["quote"] for one in review.problems] == ["，，", "。。"]


def test_each_review_checks_the_text_it_judges(story, writer):
    reviews.submit(story, by=writer)
    reviews.send_back(story, stage=Stage.FIRST, by=make_login("first_reviewer"), note="改标点。")
    story.body = "居民来了，都很高兴。灯亮了。。"
    story.save()
    reviews.submit(story, by=writer)
    reviewer = make_login("first_reviewer", "another")
    review = reviews.pass_review(story, stage=Stage.FIRST, by=reviewer)
    assert [one["quote"] for one in review.problems] == ["。。"]


def test_what_a_form_carried_along_is_kept_once_its_story_is(story, writer):
    first, _second = check(story)
    keep_sent(story, {first.key: "原话如此", "doubled_mark:gone": "没有了"}, by=writer)
    assert [(one.key, one.reason) for one in Waiver.objects.all()] == [(first.key, "原话如此")]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("", {}),
        ("{", {}),
        ("[]", {}),
        ("null", {}),
        ('{"a": 1, "b": "  ", "c": " 好 "}', {"c": "好"}),
    ],
)
def test_what_a_form_sends_is_read_with_care(text, read):
    assert read_sent(text) == read
