"""Bylines typed as a line become people, and nobody is guessed."""

import pytest

from articles import revisions, signing
from articles.models import Contributor, GateError
from articles.signing import SigningError
from tests.factories import (
    make_article,
    make_community,
    make_contributor,
    make_district,
    make_draft,
)
from tests.factories import sign as put_under
from tests.newsroom import make_login

pytestmark = pytest.mark.django_db


def printed(story):
    return [
        (row.position, row.role, row.name, row.organisation, row.kind)
        for row in story.bylines.order_by("position")
    ]


@pytest.fixture
def writer():
    return make_login("correspondent")


@pytest.fixture
def story(writer):
    return make_draft(filed_by=writer)


@pytest.fixture
def people():
    return {name: make_contributor(name) for name in ("付明", "黄小雨", "李雪")}


def test_line_as_printed_becomes_bylines_in_its_order(story, people, writer):
    signing.sign(story, "全媒体记者 付明 通讯员 黄小雨 李雪", by=writer)
    assert printed(story) == [
        (1, "全媒体记者", "付明", "", "reporter"),
        (2, "通讯员", "黄小雨", "", "correspondent"),
        (3, "通讯员", "李雪", "", "correspondent"),
    ]
    assert [row.contributor for row in story.bylines.order_by("position")] == list(people.values())
    assert story.credit_line == "全媒体记者 付明 通讯员 黄小雨 李雪"


def test_one_person_in_two_roles_is_one_contributor(story, people, writer):
    signed = signing.sign(story, "文/付明 图/付明、李雪", by=writer)
    assert [(one.name, one.roles) for one in signed.people] == [
        ("付明", ("文", "图")),
        ("李雪", ("图",)),
    ]
    assert [row.contributor for row in story.bylines.order_by("position")] == [
        people["付明"],
        people["付明"],
        people["李雪"],
    ]


def test_name_without_a_role_is_a_name_here(story, people, writer):
    signing.sign(story, "黄小雨", by=writer)
    assert printed(story) == [(1, "", "黄小雨", "", "other")]


def test_rows_that_stay_are_kept_and_others_move_around_them(story, people, writer):
    signing.sign(story, "通讯员 付明 黄小雨 李雪", by=writer)
    before = {row.name: row.pk for row in story.bylines.all()}
    signing.sign(story, "通讯员 李雪 付明", by=writer)
    assert [(row.name, row.pk) for row in story.bylines.order_by("position")] == [
        ("李雪", before["李雪"]),
        ("付明", before["付明"]),
    ]


def test_line_signed_again_changes_nothing(story, people, writer):
    signing.sign(story, "通讯员 付明 黄小雨", by=writer)
    first = revisions.record(story, by=writer)
    signing.sign(story, story.credit_line, by=writer)
    assert revisions.record(story, by=writer) == first


def test_empty_line_takes_everybody_away(story, people, writer):
    signing.sign(story, "通讯员 付明 （本报综合）", by=writer)
    signing.sign(story, "", by=writer)
    assert not story.bylines.exists()
    story.refresh_from_db()
    assert story.unread_credit == ""


def test_unknown_name_is_made_only_when_confirmed(story, people, writer):
    with pytest.raises(SigningError) as refusal:
        signing.sign(story, "通讯员 付明 阮青禾", by=writer)
    assert refusal.value.code == "new"
    assert "阮青禾" in refusal.value.messages[0]
    assert not story.bylines.exists()
    assert not Contributor.objects.filter(name="阮青禾").exists()

    signing.sign(story, "通讯员 付明 阮青禾", by=writer, new_people=["阮青禾"])
    made = Contributor.objects.get(name="阮青禾")
    assert (made.title, made.organisation, made.user, made.community) == ("通讯员", "", None, None)
    assert story.bylines.get(position=2).contributor == made


def test_confirming_a_name_that_is_known_makes_nobody(story, people, writer):
    signing.sign(story, "通讯员 付明", by=writer, new_people=["付明", "谁也不是"])
    assert Contributor.objects.count() == len(people)


def test_what_somebody_did_once_is_not_their_usual_role(story, writer):
    signing.sign(story, "摄影 阮青禾", by=writer, new_people=["阮青禾"])
    assert Contributor.objects.get().title == ""


def test_words_that_name_nobody_stay_with_the_story(story, people, writer):
    signed = signing.sign(story, "这是一句不相干的话。 通讯员 付明", by=writer)
    story.refresh_from_db()
    assert [row[2] for row in printed(story)] == ["付明"]
    assert story.unread_credit == "这是一句不相干的话"
    assert signed.unread == ("这是一句不相干的话",)


@pytest.mark.parametrize("line", ["新华社供稿", "（本报综合）"])
def test_sources_are_kept_and_need_no_warning(story, writer, line):
    signed = signing.sign(story, line, by=writer)
    story.refresh_from_db()
    assert story.unread_credit == line.strip("（）")
    assert signed.unread == ()


def test_words_too_many_to_be_kept_are_refused(story, writer):
    with pytest.raises(SigningError) as refusal:
        signing.sign(story, "并非署名。" * 60, by=writer)
    assert refusal.value.code == "too_long"


class TestNamesakes:
    @pytest.fixture
    def two(self):
        district = make_district()
        here = make_community("桂花社区", within=district)
        there = make_community("柳荫社区", within=district)
        return [make_contributor("王敏", community=here), make_contributor("王敏", community=there)]

    def test_are_asked_for(self, story, two, writer):
        with pytest.raises(SigningError) as refusal:
            signing.sign(story, "通讯员 王敏", by=writer)
        assert refusal.value.code == "which"
        assert signing.read("通讯员 王敏", article=story).people[0].candidates == tuple(two)
        assert not story.bylines.exists()

    def test_one_that_was_chosen_is_taken(self, story, two, writer):
        signing.sign(story, "通讯员 王敏", by=writer, choices=[two[1].pk])
        assert story.bylines.get().contributor == two[1]

    def test_one_under_the_story_stays(self, story, two, writer):
        put_under(story, two[1])
        signing.sign(story, "摄影 王敏", by=writer)
        assert [row.contributor for row in story.bylines.all()] == [two[1]]

    def test_one_of_the_writers_community_is_taken(self, story, two, writer):
        make_contributor("阮青禾", community=two[1].community, user=writer)
        signing.sign(story, "通讯员 王敏", by=make_login("first_reviewer"))
        assert story.bylines.get().contributor == two[1]

    def test_one_whose_organisation_is_printed_is_taken(self, story, two, writer):
        Contributor.objects.filter(pk=two[0].pk).update(organisation="临澄日报")
        signing.sign(story, "临澄日报 记者 王敏", by=writer)
        assert story.bylines.get().contributor == two[0]

    def test_somebody_of_another_name_cannot_be_chosen(self, story, two, people, writer):
        with pytest.raises(SigningError):
            signing.sign(story, "通讯员 王敏", by=writer, choices=[people["付明"].pk])


def test_pen_name_stays_with_its_person(story, people, writer):
    put_under(story, people["付明"], name="小葵花")
    signing.sign(story, "记者 小葵花", by=writer)
    row = story.bylines.get()
    assert (row.contributor, row.name, row.role) == (people["付明"], "小葵花", "记者")


def test_bylines_of_an_approved_story_are_closed(people, writer):
    story = make_article()
    with pytest.raises(GateError):
        signing.sign(story, "通讯员 付明", by=writer)
    assert not story.bylines.exists()
