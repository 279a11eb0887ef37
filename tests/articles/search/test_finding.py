"""What is found, and in which order: the same cases on whatever database the suite runs on."""

import datetime
import random

import pytest
from django.utils import timezone

from articles.models import Article
from articles.search import finding, indexing, loosening, storage
from articles.search.filters import Filters
from articles.search.finding import IN_HEADLINE, TOGETHER, find
from articles.search.query import Query
from tests.factories import (
    HIDDEN,
    MORNING,
    make_article,
    make_community,
    make_contributor,
    make_district,
    make_kind,
    make_photo,
    make_section,
    make_station,
    sign,
)

from .newsroom import DAY, NOW, headlines_for, make_findable

pytestmark = pytest.mark.django_db

YEARS = IN_HEADLINE // DAY


@pytest.fixture
def newsroom():
    """Make stories of everything that is looked for; the later ones are newer."""
    district = make_district("青禾区")
    street = make_community("桥头街道", within=district, level="subdistrict")
    community = make_community("桂花社区", within=street, other_name="桂花里")
    other = make_community("河湾社区", within=district)
    station = make_station("望江驿站", community=other, kind=make_kind())
    section, column = make_section("民生"), make_section("街巷快讯", kind="column")
    wang, ayi = make_contributor("王芳"), make_contributor("阿依古丽·买买提")

    lamp = make_findable("巷口装上路灯", body="灯亮了，路就平了。3月4日傍晚完工，总长3.5公里。")
    make_findable("一件小事", days=1, body="老人下楼，路灯照着。电话0556-1234567，花了1,234元。")
    lift = make_findable(
        "加装电梯谈成了",
        days=2,
        body="七楼的老人不再爬楼。\n## 钱怎么分\n加装电梯的补贴到账。",
        kicker="民事民议",
        deck="开了四十一次会",
        section=section,
    )
    make_findable("电梯里的扶手", days=3, body="有人加装，有人等电梯。", column=column)
    photo = make_findable("图片新闻", days=4, genre="photo", body="秋收。")
    place = make_findable("走进小巷", days=5, body="居民学习《民法典》，AED 急救箱到了。")
    long = make_findable("长篇", days=6, body="网格员走访。\n" * 3000 + "末尾说到鲸歌。")
    make_findable("臺灣的燈籠", days=7, body="電車與廣場。")
    sign(lamp, wang)
    sign(lift, ayi, "全媒体记者")
    make_photo(photo, caption="稻田里的收割机")
    place.communities.add(community)
    place.stations.add(station)
    place.tags.add("协商议事")
    indexing.index([lamp.pk, lift.pk, photo.pk, place.pk, long.pk])
    return {
        "section": section,
        "column": column,
        "street": street,
        "community": community,
        "other": other,
        "person": wang,
    }


LAMP, LIFT, RAIL, PHOTO, PLACE = (
    "巷口装上路灯",
    "加装电梯谈成了",
    "电梯里的扶手",
    "图片新闻",
    "走进小巷",
)
CASES = {
    "路灯": [LAMP, "一件小事"],
    "路燈": [LAMP, "一件小事"],
    "灯": ["臺灣的燈籠", LAMP, "一件小事"],
    "灯亮": [LAMP],
    "了路": [],
    "加装电梯": [LIFT],
    "加装 电梯": [LIFT, RAIL],
    "电梯 加装": [LIFT, RAIL],
    "电梯": [RAIL, LIFT],
    "“加装电梯”": [LIFT],
    "“加装 电梯”": [LIFT],
    "加装 -补贴": [RAIL],
    "-加装 电梯": [],
    "电梯 -“加装电梯”": [RAIL],
    "老人": [LIFT, "一件小事"],
    "老人 路灯": ["一件小事"],
    "老人 路灯 电梯": [],
    "钱怎么分": [LIFT],
    "民事民议": [LIFT],
    "四十一次": [LIFT],
    "民生": [LIFT],
    "街巷快讯": [RAIL],
    "收割机": [PHOTO],
    "桂花社区": [PLACE],
    "桂花里": [PLACE],
    "望江驿站": [PLACE],
    "协商议事": [PLACE],
    "guihua": [PLACE],
    "GHSQ": [PLACE],
    "wjyz": [PLACE],
    "王芳": [LAMP],
    "王": [LAMP],
    "wangfang": [LAMP],
    "wang fang": [LAMP],
    "wf": [LAMP],
    "阿依古丽买买提": [LIFT],
    "古丽·买买提": [LIFT],
    "民法典": [PLACE],
    "学习民法典": [PLACE],
    "aed急救": [PLACE],
    "ＡＥＤ": [PLACE],
    "AE": [],
    "3月4日": [LAMP],
    "３月": [LAMP],
    "3": [LAMP],
    "3.5": [LAMP],
    "３．５公里": [LAMP],
    "5": [],
    "1234567": ["一件小事"],
    "0556-1234567": ["一件小事"],
    "1234元": ["一件小事"],
    "鲸歌": ["长篇"],
    "网格员走访": ["长篇"],
    "走访网格员": [],
    "灯笼": ["臺灣的燈籠"],
    "台湾": ["臺灣的燈籠"],
    "电车": ["臺灣的燈籠"],
    "火星": [],
}


def test_every_case_gives_its_stories_in_their_order(newsroom):
    assert {typed: headlines_for(typed) for typed in CASES} == CASES


def test_filters_narrow(newsroom):
    made = newsroom
    day = MORNING.date()
    assert headlines_for("电梯", section=made["section"]) == [LIFT]
    assert headlines_for("电梯", section=made["column"]) == [RAIL]
    assert headlines_for("居民", community=made["street"]) == [PLACE]
    assert headlines_for("居民", community=made["other"]) == []
    assert headlines_for("路灯", contributor=made["person"]) == [LAMP]
    assert headlines_for("路灯", until=day) == [LAMP]
    assert headlines_for("路灯", since=day + DAY) == ["一件小事"]
    assert headlines_for("路灯", since=datetime.date.min, until=datetime.date.max) == [
        LAMP,
        "一件小事",
    ]


def test_headline_counts_for_two_years_and_side_by_side_for_one():
    texts = {"headline": "路灯与电梯", "side": "路灯电梯都好。", "both": "路灯有了，电梯也有了。"}
    days = {"headline": 0, "side": TOGETHER // DAY, "both": YEARS}
    # The day decides between what fits otherwise; an hour either way turns the order round.
    for off, order in ((-1, ["headline", "side", "both"]), (1, ["both", "side", "headline"])):
        Article.objects.move(publish_at=None)
        for number, (name, text) in enumerate(texts.items()):
            fields = {"headline": text} if name == "headline" else {"headline": name, "body": text}
            make_findable(**{"days": days[name] + number * off - 2000, **fields})
        found = headlines_for("路灯 电梯")
        assert [{"路灯与电梯": "headline"}.get(one, one) for one in found] == order


def test_later_filed_comes_first_where_all_is_the_same():
    stories = [make_findable("路灯") for _number in range(3)]
    assert find(Query.read("路灯"), at=NOW).keys == [story.pk for story in reversed(stories)]


@pytest.mark.parametrize("why", HIDDEN)
def test_what_the_public_may_not_see_is_neither_found_nor_counted(why):
    shown = make_findable("路灯亮了")
    make_findable("路灯灭了", **HIDDEN[why])
    # Whatever the index holds: a row left behind gives nothing away.
    hidden = make_article("路灯坏了")
    indexing.index([hidden.pk])
    Article.objects.filter(pk=hidden.pk).move(**HIDDEN[why])
    found = find(Query.read("路灯"), at=NOW)
    assert (found.keys, found.total) == ([shown.pk], 1)
    assert loosening.apart(Query.read("路灯坏了吗"), NOW) is None or headlines_for("坏了") == []


def test_scheduled_story_is_found_from_its_hour_on():
    story = make_findable("路灯亮了", publish_at=NOW)
    query = Query.read("路灯")
    assert find(query, at=NOW - datetime.timedelta(seconds=1)).keys == []
    assert find(query, at=NOW).keys == [story.pk]


def test_pages_follow_each_other_and_end(monkeypatch):
    monkeypatch.setattr(finding, "PER_PAGE", 3)
    monkeypatch.setattr(finding, "MOST_PAGES", 2)
    stories = [make_findable("路灯", days=n).pk for n in range(8)][::-1]
    query = Query.read("路灯")
    first, second = (find(query, number=number, at=NOW) for number in (1, 2))
    assert (first.keys, first.total, first.has_next) == (stories[:3], 8, True)
    assert (second.keys, second.has_next) == (stories[3:6], False)


ALPHABET = "灯路电梯装，a1 "


@pytest.mark.parametrize(
    ("few", "near", "late"), [(2000, 3000, 500), (2, 10, 500), (2, 10, 1), (0, 1, 500), (0, 1, 0)]
)
def test_answers_are_those_of_a_walk_over_all(few, near, late, monkeypatch):
    """Few and many hits go different ways to the same answer; random texts find the difference."""
    monkeypatch.setattr(finding, "FEW", few)
    monkeypatch.setattr(finding, "FEW_READ", few // 2)
    monkeypatch.setattr(finding, "NARROW", few * 3)
    monkeypatch.setattr(finding, "AT_ONCE", near // 2)
    monkeypatch.setattr(storage, "OUT_OF_ORDER", late)
    monkeypatch.setattr(storage, "BY_KEY", 20)
    monkeypatch.setattr(finding, "FIRST", 2)
    monkeypatch.setattr(finding, "MORE", 2)
    monkeypatch.setattr(finding, "PER_PAGE", 3)
    chance = random.Random(few)  # noqa: S311 - the same texts each time

    def some(length: int) -> str:
        return "".join(chance.choice(ALPHABET) for _n in range(length))

    section, person = make_section(), make_contributor("王芳")
    for number in range(25):
        story = make_findable(
            f"题{some(5)}",
            days=chance.randrange(-1200, 90),
            body=f"文{some(14)}",
            section=section if number % 3 else None,
        )
        if number % 4:
            sign(story, person)
    indexing.rebuild()
    stories = {
        story.pk: (story, indexing.row_of(story)) for story in Article.objects.published(NOW)
    }
    for _number in range(60):
        typed = " ".join(
            some(chance.randrange(1, 4)).strip() for _n in range(chance.randrange(1, 4))
        )
        query = Query.read(typed + chance.choice(["", " -装", ' "灯路"']))
        wanted = section if chance.random() < 0.4 else None
        writer = person if chance.random() < 0.4 else None
        since = chance.choice([None, NOW.date() - datetime.timedelta(days=chance.randrange(900))])
        among = [
            (story, row)
            for story, row in stories.values()
            if wanted in (None, story.section)
            and (writer is None or story.bylines.exists())
            and (since is None or timezone.localdate(story.publish_at) >= since)
        ]
        answer = find(query, Filters(section=wanted, contributor=writer, since=since), at=NOW)
        assert answer.keys == walk_over(query, among), query.text


def walk_over(query: Query, among: list) -> list[int]:
    """Return what has to be found, by reading every story."""
    hits = []
    for story, row in among if query.words else ():
        words = [word.phrase for word in query.words]
        if all(word in row.text for word in words) and not any(
            word.phrase in row.text for word in query.without
        ):
            together = query.together is not None and query.together.phrase in row.text
            in_headline = all(word in row.head for word in words)
            hits.append(
                (story.publish_at + IN_HEADLINE * in_headline + TOGETHER * together, story.pk)
            )
    return [key for _rank, key in sorted(hits, reverse=True)[:3]]


def test_long_words_are_taken_apart_where_their_parts_occur():
    make_findable("老楼装电梯", body="加装电梯的补贴怎样申请，一看便知。")
    looser = loosening.apart(Query.read("加装电梯补贴申请"), NOW)
    assert [word.typed for word in looser.words] == ["加装电梯", "补贴", "申请"]
    assert loosening.apart(Query.read("火星移民计划"), NOW) is None
    assert loosening.apart(Query.read("“加装电梯补贴”"), NOW) is None


def test_ways_on_lead_to_what_is_there():
    make_findable("路灯亮了")
    ways = loosening.ways_on(Query.read("路灯 火星 -月球"), Filters(), NOW)
    assert [(way.query.text, way.left_out.typed, way.found.total) for way in ways] == [
        ("路灯 -月球", "火星", 1)
    ]
