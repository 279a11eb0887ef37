"""Stories, and the lists of them, as readers meet them."""

import datetime
from itertools import chain

import pytest
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.models import Article, Tag
from articles.views import KNOWN_BY_STORIES
from bulletin.templatetags.newspaper import by_day, linked_credits, setting
from issues.models import Role
from tests.factories import (
    HIDDEN,
    MORNING,
    SHANGHAI,
    UNRELEASED,
    make_article,
    make_community,
    make_contributor,
    make_district,
    make_issue,
    make_kind,
    make_page,
    make_photo,
    make_section,
    make_station,
    place,
    sign,
)
from tests.reading import headlines, links, tight, without_data, words

pytestmark = pytest.mark.django_db


def read(client, thing) -> str:
    response = client.get(thing.get_absolute_url())
    assert response.status_code == 200
    return without_data(response.content.decode())


class TestStory:
    def test_prints_heads_and_text_in_newspaper_order(self, client):
        story = make_article(
            "巷口装上三盏灯",
            kicker="桂花社区听了三回意见",
            deck="夜归的人不再摸黑",
            dateline=True,
            body="第一段。\n## 灯是怎么来的\n> 有光就有人。\n- 甲灯\n- 乙灯\n末段。",
        )
        sign(story, make_contributor())
        text = tight(read(client, story))
        parts = [
            "桂花社区听了三回意见",
            "巷口装上三盏灯",
            "夜归的人不再摸黑",
            "2024年3月4日08:30",
            "".join(_("Our own report").split()) + "第一段。",
            "灯是怎么来的",
            "有光就有人。",
            "甲灯乙灯",
            "末段。",
            "（通讯员林小舟）",
        ]
        assert [text.index(part) for part in parts] == sorted(text.index(part) for part in parts)

    def test_loses_no_character(self, client):
        said = (
            "“他说：‘好。’”〔2024〕3号，1,234,567.89元，0000-5550112，12345678901234567890。—— ……"
        )
        assert said in read(client, make_article(body=said)).replace("&#x27;", "'")

    def test_dateline_is_printed_only_where_the_story_has_one(self, client):
        assert 'class="dateline"' not in read(client, make_article())

    def test_midnight_is_no_hour(self, client):
        midnight = datetime.datetime(2024, 3, 4, tzinfo=SHANGHAI)
        text = words(read(client, make_article(publish_at=midnight)))
        assert "2024年3月4日" in text
        assert "00:00" not in text

    def test_escapes_what_a_writer_typed(self, client):
        evil = "<script>alert(1)</script>"
        section = make_section("要闻", intro=evil)
        story = make_article(
            evil,
            kicker=evil,
            deck=evil,
            body=evil,
            source=evil,
            unread_credit=evil,
            section=section,
        )
        make_photo(story, caption=evil, credit=evil, alt='"><script>')
        make_article("又一题", section=section)
        for page in (story, section):
            html = read(client, page)
            assert "<script>" not in html
            assert "&lt;script&gt;" in html

    def test_marked_photos_stand_in_the_text_and_others_around_it(self, client):
        story = make_article(body="甲。\n[图2]\n乙。")
        for caption in ("图一说", "图二说", "图三说"):
            make_photo(story, caption=caption, credit="韩冬 摄", alt=f"{caption}所见")
        html = read(client, story)
        order = ["图一说</span>", "甲。</p>", "图二说</span>", "乙。</p>", "图三说</span>"]
        assert [html.index(part) for part in order] == sorted(html.index(part) for part in order)
        assert html.count('width="30" height="20"') == 3
        assert 'alt="图二说所见"' in html
        assert html.count("韩冬 摄") == 3
        text = html.split('class="share"')[0]
        assert text.count('loading="lazy"') == 2  # all but the first

    def test_marked_first_photo_stands_in_the_text_alone(self, client):
        story = make_article(body="甲。\n[图1]\n乙。")
        make_photo(story, caption="图一说")
        html = read(client, story)
        assert html.count("图一说</span>") == 1
        assert html.index("甲。</p>") < html.index("图一说</span>") < html.index("乙。</p>")

    def test_names_lead_to_the_people(self, client):
        story = make_article(unread_credit="图片由受访者提供")
        reporter = make_contributor("顾一帆")
        correspondent = make_contributor("林小舟")
        sign(story, reporter, "全媒体记者")
        sign(story, correspondent, "通讯员")
        html = read(client, story)
        assert "（全媒体记者顾一帆通讯员林小舟图片由受访者提供）" in tight(html)
        for person in (reporter, correspondent):
            assert f'<a href="{person.get_absolute_url()}">{person.name}</a>' in html

    def test_source_of_a_reprint_is_named(self, client):
        story = make_article(source="《青禾晚报》")
        wanted = _("Reprinted from %(source)s") % {"source": "《青禾晚报》"}
        assert wanted in words(read(client, story))

    def test_says_where_it_belongs(self, client):
        district = make_district()
        community = make_community(within=district)
        station = make_station(community=community, kind=make_kind())
        section = make_section("民生")
        column = make_section("街巷快讯", kind="column")
        story = make_article(section=section, column=column)
        story.communities.add(community)
        story.stations.add(station)
        story.tags.add("路灯")
        page = make_page(make_issue())
        place(story, page, Role.LEAD)
        html = read(client, story)
        for thing in (section, column, community, station, page, Tag.objects.get()):
            assert thing.get_absolute_url() in links(html)
        assert "2024年3月4日" in words(html)
        assert "A01版 要闻" in words(html)

    @pytest.mark.parametrize("why", UNRELEASED)
    def test_page_of_an_unreleased_issue_is_not_given_away(self, why, client):
        story = make_article()
        page = make_page(make_issue(**UNRELEASED[why]), code="B07")
        place(story, page)
        assert "B07" not in read(client, story)

    @pytest.mark.parametrize("why", HIDDEN)
    def test_hidden_story_is_not_found(self, why, client):
        story = make_article(**HIDDEN[why])
        response = client.get(story.get_absolute_url())
        # A withdrawn story's address says so; of the others nobody learns that they exist.
        assert response.status_code == (410 if why == "withdrawn" else 404)
        assert (story.headline in response.content.decode()) == (why == "withdrawn")
        assert story.body not in response.content.decode()

    @pytest.mark.parametrize("key", ["99", "9" * 19, "9" * 40])
    def test_unknown_story_is_not_found(self, key, client):
        assert client.get(f"/articles/{key}/").status_code == 404

    def test_leads_on_to_the_rest_of_its_section(self, client):
        section = make_section()
        older = [make_article(f"旧闻{n}", section=section) for n in range(7)]
        make_article("未登的稿子", section=section, **HIDDEN["draft"])
        make_article("别处的稿子")
        story = make_article("这一篇", section=section)
        assert headlines(read(client, story)) == [
            "这一篇",
            *(other.headline for other in older[:1:-1]),
        ]

    def test_metadata_names_the_story(self, client):
        story = make_article("巷口“三盏灯”", body="灯亮了。")
        photo = make_photo(story)
        html = client.get(story.get_absolute_url() + "?utm_source=wechat").content.decode()
        address = "http://testserver" + story.get_absolute_url()
        assert "<title>巷口“三盏灯” · " in html
        assert '<meta name="description" content="灯亮了。">' in html
        assert f'<link rel="canonical" href="{address}">' in html
        assert f'<meta property="og:url" content="{address}">' in html
        assert f'<meta property="og:image" content="http://testserver{photo.image.url}">' in html
        assert 'property="article:published_time" content="2024-03-04T08:30:00+08:00"' in html


class TestCreditLine:
    """The line with links says what `Article.credit_line` says, character for character."""

    @pytest.mark.parametrize(
        ("credits", "linked"),
        [
            ([("记者", "甲乙", "")], ["甲乙"]),
            ([("文", "李文", ""), ("摄", "李文", "")], ["李文"]),
            ([("记者", "张三", "张三工作室")], ["张三"]),
            ([("记者", "付玉", ""), ("通讯员", "付玉兰", "")], ["付玉", "付玉兰"]),
            ([("记者", "甲乙", ""), ("通讯员", "丙丁", ""), ("摄", "甲乙", "")], ["甲乙", "丙丁"]),
            ([("通讯员", "阿依古丽·买买提", "区医保局")], ["阿依古丽·买买提"]),
        ],
    )
    def test_links_every_person(self, credits, linked):
        story = make_article()
        people = {}
        for role, name, organisation in credits:
            people[name] = people.get(name) or make_contributor(name)
            sign(story, people[name], role, organisation=organisation)
        html = linked_credits(story)
        assert words(html).replace(" ", "") == story.credit_line.replace(" ", "")
        for name in linked:
            assert f'<a href="{people[name].get_absolute_url()}">{name}</a>' in html

    def test_is_escaped(self):
        story = make_article(unread_credit="<b>")
        sign(story, make_contributor("<i>"), role="<u>")
        html = linked_credits(story)
        assert "<b>" not in html
        assert "<i>" not in html
        assert "<u>" not in html


@pytest.mark.parametrize(
    ("headline", "names"),
    [
        ("巷口装上三盏灯", ""),
        ("巷口添了灯 夜路不再黑", "phrased"),
        ("桂花社区：巷口添了灯", "phrased"),
        ("这一部分写得实在太长了放不进一行里 短的", ""),
        ("从“等一等”到“马上办”，一张长桌怎样把加装电梯的难题谈成了", "long"),
        ("桂花社区：巷口添了三盏灯 夜路不再黑，晚归的人不再怕", "long phrased"),
        ("石埠社区：早市收摊后多了一班洒水车", "phrased broad"),
    ],
)
def test_headline_is_set_by_its_length_and_parts(headline, names):
    assert setting(headline) == names


def test_days_are_the_newsrooms_not_the_servers():
    late = datetime.datetime(2024, 3, 4, 23, 30, tzinfo=SHANGHAI)
    early = datetime.datetime(2024, 3, 4, 0, 30, tzinfo=SHANGHAI)  # still March 3rd in UTC
    stories = [make_article("晚", publish_at=late), make_article("早", publish_at=early)]
    assert by_day(stories) == [(datetime.date(2024, 3, 4), stories)]


def section_list(story=None):
    section = make_section()
    if story:
        Article.objects.filter(pk=story.pk).update(section=section)
    return section


def column_list(story=None):
    column = make_section("街巷快讯", kind="column")
    if story:
        Article.objects.filter(pk=story.pk).update(column=column)
    return column


def contributor_list(story=None):
    person = make_contributor()
    if story:
        sign(story, person)
    return person


def tag_list(story=None):
    if not story:
        return Tag.objects.create(name="路灯", slug="ludeng")
    story.tags.add("路灯")
    return Tag.objects.get()


LISTS = {
    "section": section_list,
    "column": column_list,
    "contributor": contributor_list,
    "tag": tag_list,
}


@pytest.mark.parametrize("kind", LISTS)
class TestList:
    def test_shows_its_published_story(self, kind, client):
        story = make_article("该登的稿子")
        make_article("别处的稿子")
        assert headlines(read(client, LISTS[kind](story))) == ["该登的稿子"]

    @pytest.mark.parametrize("why", HIDDEN)
    def test_hides_what_is_not_published(self, why, kind, client):
        subject = LISTS[kind](make_article("不该登的稿子", **HIDDEN[why]))
        response = client.get(subject.get_absolute_url())
        assert response.status_code == (404 if kind in KNOWN_BY_STORIES else 200)
        assert "不该登的稿子" not in response.content.decode()
        if kind in KNOWN_BY_STORIES:
            assert str(subject) not in response.content.decode()

    def test_empty_one_says_so_and_leads_on(self, kind, client):
        if kind in KNOWN_BY_STORIES:
            assert client.get(LISTS[kind]().get_absolute_url()).status_code == 404
            return
        html = read(client, LISTS[kind]())
        assert '<p class="empty">' in html
        assert reverse("home") in links(html)

    @pytest.mark.parametrize(
        "place",
        ["x", "before-1", "after-x-1", "before--1-1", "before-1-99999999999999999999", "\0"],
    )
    def test_place_nobody_gave_out_is_not_found(self, place, kind, client):
        subject = LISTS[kind](make_article())
        response = client.get(subject.get_absolute_url(), {"from": place})
        assert response.status_code == 404

    def test_place_beyond_the_end_leads_back(self, kind, client):
        subject = LISTS[kind](make_article())
        html = client.get(subject.get_absolute_url(), {"from": "before-0-0"}).content.decode()
        assert _("There is nothing further here.") in html
        assert subject.get_absolute_url() in links(html)


def test_unknown_lists_are_not_found(client):
    for address in ("/sections/none/", "/tags/none/", "/contributors/99/"):
        assert client.get(address).status_code == 404


def walk(client, address: str, rel: str) -> tuple[list[list[str]], str]:
    """Follow a list's `rel` links to the end; return each page's headlines and the last address."""
    pages = []
    while True:
        html = client.get(address).content.decode()
        pages.append(headlines(html))
        onward = [tag for tag in html.split("<a ") if f'rel="{rel}"' in tag.split(">")[0]]
        if not onward:
            return pages, address
        address = address.split("?")[0] + onward[0].split('href="')[1].split('"')[0]


def test_every_story_is_met_once_both_ways(client):
    section = make_section()
    # Ties in time, as a whole issue appears at one moment.
    wanted = [
        make_article(
            f"第{n}篇", section=section, publish_at=MORNING + datetime.timedelta(hours=n // 9)
        ).headline
        for n in range(47)
    ][::-1]
    older, last = walk(client, section.get_absolute_url(), "next")
    assert [len(page) for page in older] == [20, 20, 7]
    assert list(chain(*older)) == wanted
    newer, _first = walk(client, last, "prev")
    assert list(chain(*newer[::-1])) == wanted


def test_list_of_exactly_one_page_offers_no_other(client):
    section = make_section()
    for n in range(20):
        make_article(f"第{n}篇", section=section)
    html = read(client, section)
    assert len(headlines(html)) == 20
    assert "?from=" not in html


def test_story_published_meanwhile_moves_nothing(client):
    section = make_section()
    stories = [make_article(f"第{n}篇", section=section) for n in range(30)]
    html = read(client, section)
    onward = next(link for link in links(html) if "from=" in link)
    make_article("刚刚登出", section=section, publish_at=MORNING + datetime.timedelta(days=1))
    second = client.get(section.get_absolute_url() + onward).content.decode()
    assert headlines(second) == [story.headline for story in stories[9::-1]]


def test_only_the_newest_story_opens_a_list(client):
    section = make_section()
    for n in range(25):
        make_article(f"第{n}篇", section=section)
    html = read(client, section)
    assert html.count('class="lead') == 1
    second = client.get(section.get_absolute_url() + links(html)[-6]).content.decode()
    assert 'class="lead' not in second


def test_brief_does_not_open_a_list(client):
    section = make_section()
    make_article(section=section, genre="brief")
    assert 'class="lead' not in read(client, section)


def test_section_is_marked_in_the_bar(client):
    section, other = make_section("要闻"), make_section("民生")
    story = make_article(section=section)
    assert f'<a href="{section.get_absolute_url()}" aria-current="page">' in read(client, section)
    html = read(client, story)
    assert f'<a href="{section.get_absolute_url()}" aria-current="true">' in html
    assert f'<a href="{other.get_absolute_url()}">' in html


def test_contributor_is_introduced(client):
    community = make_community(within=make_district())
    person = make_contributor(
        "林小舟",
        title="通讯员",
        organisation="青禾区融媒体中心",
        community=community,
        bio="写了十年街巷。",
    )
    sign(make_article(), person)
    html = read(client, person)
    for said in ("林小舟", "通讯员", "青禾区融媒体中心", "桂花社区", "写了十年街巷。"):
        assert said in words(html)
    assert community.get_absolute_url() in links(html)
