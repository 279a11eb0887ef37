"""A saved story, checked with what the newsroom knows."""

from __future__ import annotations

import time

import pytest

from articles.checks import Copy, as_record, check, examine, waivers_of
from articles.models import Term
from articles.waiving import waive
from communities.models import Level
from tests.articles.checks.copies import copy_of
from tests.factories import (
    make_community,
    make_contributor,
    make_district,
    make_draft,
    make_photo,
    sign,
)
from tests.newsroom import make_login

pytestmark = pytest.mark.django_db


def test_every_part_of_a_story_is_checked():
    story = make_draft("路灯亮了，，", kicker="“灯", deck="的的灯", body="灯亮了。。")
    make_photo(story, caption="巷口（北侧")
    found = [(one.field, one.quote) for one in check(story)]
    assert found == [
        ("kicker", "“"),
        ("headline", "，，"),
        ("deck", "的的"),
        ("body", "。。"),
        ("caption-0", "（"),
    ]


def test_the_directory_the_list_and_the_byline_are_asked():
    make_community("北仓社区", within=make_district("临澄区"), level=Level.COMMUNITY)
    Term.objects.create(text="农民工", kind=Term.Kind.PREFERRED, replacement="进城务工人员")
    story = make_draft(body="走进北苍社区，农民工沈研秋说好，沈研秋笑了。")
    sign(story, make_contributor("沈砚秋"))
    assert [(one.kind, one.quote, one.suggestion) for one in check(story)] == [
        ("place", "北苍社区", "北仓社区"),
        ("preferred", "农民工", "进城务工人员"),
        ("name", "沈研秋", "沈砚秋"),
        ("name", "沈研秋", "沈砚秋"),
    ]


def test_it_takes_five_queries_however_much_there_is(django_assert_num_queries):
    district = make_district("临澄区")
    for n in range(4):
        make_community(f"第{n}社区", within=district)
        Term.objects.create(text=f"用词{n}", kind=Term.Kind.SENSITIVE)
    story = make_draft(body="走进第1社区。")
    for _n in range(3):
        make_photo(story, caption="巷口")
    with django_assert_num_queries(5):
        check(story)


def test_windows_line_ends_do_not_move_a_passage():
    story = make_draft(body="第一段。\r\n第二段，，好。")
    [found] = check(story)
    assert (found.start, found.end) == (8, 10)


def test_a_key_stays_while_the_story_around_it_changes():
    [one] = examine(Copy({"body": "先说一句。\n居民来了，，都很高兴。"}))
    [other] = examine(Copy({"body": "再加一段。\n先说一句。\n\n居民来了，，都很高兴。\n又一句。"}))
    assert one.key == other.key
    assert one.start != other.start


def test_another_passage_has_another_key():
    one, other = examine(Copy({"body": "居民来了，，都很高兴。\n老人走了，，都很安静。"}))
    assert one.key != other.key


def test_as_a_record_a_warning_has_its_waiver():
    writer = make_login("reporter", "writer", first_name="砚秋", last_name="")
    story = make_draft(body="居民来了，，都很高兴。灯亮了。。", filed_by=writer)
    first, second = check(story)
    waive(story, first.key, reason="原话如此", by=writer)
    shown = as_record(check(story), waivers_of(story))
    assert [(one["key"], one["reason"], one["by"]) for one in shown] == [
        (first.key, "原话如此", "砚秋"),
        (second.key, "", ""),
    ]
    assert shown[0]["quote"] == "，，"
    assert shown[0]["suggestion"] == "，"
    assert shown[0]["start"] == 4
    assert shown[0]["end"] == 6


def test_a_long_story_is_checked_in_a_moment():
    text = "居民刘桂芳说，“灯亮了”，11月23日（星期一）来了120人，其中男50人、女70人。\n" * 600
    began = time.process_time()
    assert examine(copy_of(text)) == []
    assert time.process_time() - began < 5


@pytest.mark.parametrize("text", ["", "\n\n", "“" * 5000, "（" * 5000, "的" * 5000, "1" * 5000])
def test_strange_texts_are_survived(text):
    began = time.process_time()
    examine(copy_of(text, headline=text[:120]))
    assert time.process_time() - began < 5
