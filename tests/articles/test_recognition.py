"""What a text names, and its figures."""

from __future__ import annotations

import pytest

from articles.models import Section, Tag
from articles.recognition import Chosen, figures, recognise
from communities.models import Level
from tests.factories import (
    make_community,
    make_contributor,
    make_district,
    make_kind,
    make_section,
    make_station,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def places():
    district = make_district("临澄区")
    street = make_community("北仓街道", within=district, level=Level.SUBDISTRICT)
    north = make_community("北仓社区", within=street, other_name="北仓")
    make_community("柳堤社区", within=street)
    make_station("北仓社区驿站", community=north, kind=make_kind())
    return district


def named(body: str, chosen: Chosen | None = None, **fields: str):
    return recognise({**fields, "body": body}, chosen)


def names_of(offers):
    return [offer.name for offer in offers]


def test_places_are_found_longest_first(places):
    found = named("走进北仓社区驿站，柳堤社区的人也在。", headline="北仓街道的灯")
    assert names_of(found.stations) == ["北仓社区驿站"]
    assert names_of(found.communities) == ["北仓街道", "柳堤社区"]


def test_a_place_says_where_it_lies_and_goes_by_its_other_name(places):
    [offer] = named("北仓的灯亮了。").communities
    assert (offer.name, offer.detail, offer.into) == ("北仓社区", "北仓街道", "communities")


def test_a_name_inside_a_longer_one_is_another_place(places):
    assert named("走进新北仓社区，灯亮着。新北仓社区的人说好。").communities == []


def test_namesakes_are_all_offered_until_one_is_chosen(places):
    other = make_community("青石镇", within=places, level=Level.TOWN)
    twin = make_community("柳堤社区", within=other, slug="liudi-2")
    assert len(named("柳堤社区的灯。").communities) == 2
    assert named("柳堤社区的灯。", Chosen(communities=[twin.pk])).communities == []


def test_what_is_chosen_is_not_offered_again(places):
    [offer] = named("柳堤社区的灯。").communities
    assert named("柳堤社区的灯。", Chosen(communities=[offer.pk])).communities == []


def test_sections_and_columns_named_in_the_text_are_offered():
    make_section("民生服务")
    column = make_section("新闻广角", kind=Section.Kind.COLUMN)
    found = named("新闻广角：民生服务再上门。")
    assert [(one.name, one.into) for one in found.sections] == [
        ("新闻广角", "column"),
        ("民生服务", "section"),
    ]
    again = named("新闻广角：民生服务再上门。", Chosen(sections=[column.pk]))
    assert names_of(again.sections) == ["民生服务"]


def test_people_are_offered_with_their_role_unless_the_byline_has_them():
    make_contributor("沈砚秋", title="记者")
    [offer] = named("图为义诊现场。沈砚秋摄").contributors
    assert (offer.name, offer.detail, offer.into) == ("沈砚秋", "记者", "credit_line")
    assert named("沈砚秋摄", Chosen(credit_line="记者 沈砚秋")).contributors == []


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("记者 高兴 通讯员 何桂兰", True),
        ("高兴摄", True),
        ("居民们都很高兴。", False),
        ("高兴的事很多。", False),
        ("记者高兴地说。", False),
    ],
)
def test_a_name_that_is_a_word_too_needs_a_role(text, is_found):
    make_contributor("高兴")
    assert (names_of(named(text).contributors) == ["高兴"]) is is_found


def test_tags_come_by_how_often_the_text_says_them():
    for name in ("医保", "便民", "路灯"):
        Tag.objects.create(name=name, slug=name)
    found = named("医保便民，医保上门。")
    assert names_of(found.tags) == ["医保", "便民"]
    assert names_of(named("医保便民。", Chosen(tags=["便民"])).tags) == ["医保"]


def test_queries_do_not_grow_with_the_directory(places, django_assert_num_queries):
    for n in range(30):
        make_community(f"第{n}社区", within=places)
        make_contributor(f"林小{n}")
    with django_assert_num_queries(5):
        named("走进第3社区、第4社区和北仓社区驿站，林小5说。")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("建成180平方米的阅览室", ("180", "平方米", "阅览室")),
        ("投入资金11.8万元，", ("11.8万", "元", "资金")),
        ("收到3200多册图书。", ("3200多", "册", "图书")),
        ("120名志愿者参加活动", ("120", "名", "志愿者")),
        ("建筑面积达1,200平方米。", ("1,200", "平方米", "建筑面积")),
        ("满意率98.5%。", ("98.5", "%", "满意率")),
        ("一共二十三名党员", ("二十三", "名", "党员")),
    ],
)
def test_a_figure_says_of_what_it_is(text, expected):
    [found] = figures({"body": text})
    assert (found.number, found.unit, found.what) == expected


def test_figures_stand_once_and_not_for_tables_dates_and_ages():
    text = (
        "## 120名志愿者\n11月23日，120名志愿者来了，一个人都没缺，最大的78岁。\n"
        "| 志愿者 | 120名 |\n[图1]"
    )
    assert [(one.number, one.what) for one in figures({"body": text})] == [("120", "志愿者")]
