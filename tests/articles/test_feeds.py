"""Feeds: held to RFC 4287 and RSS 2.0, to what the public sees, to telling what is new."""

import datetime
import re

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.models import Article, Correction, Tag
from tests.factories import (
    HIDDEN,
    MORNING,
    UNRELEASED,
    make_article,
    make_community,
    make_contributor,
    make_district,
    make_issue,
    make_page,
    make_photo,
    make_section,
    place,
    sign,
)
from tests.feeds import ATOM, hold_to_rfc_4287, hold_to_rss, parsed, read

pytestmark = pytest.mark.django_db

ENCODED = "{http://purl.org/rss/1.0/modules/content/}encoded"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
MEDIA = "{http://search.yahoo.com/mrss/}"


def titles(client, address: str = "/feeds/atom.xml") -> list[str]:
    """Return the headlines a feed brings."""
    return [entry.findtext(f"{ATOM}title") for entry in read(client, address).iter(f"{ATOM}entry")]


@pytest.fixture
def full():
    """A story with everything a feed can print, some of it hostile."""
    district = make_district()
    story = make_article(
        "灯<亮>了\x0b & “夜路”不黑",
        kicker="桂花社区",
        deck="三盏灯\x02",
        dateline=True,
        source="《青禾晚报》",
        body="甲\x01乙]]>丙。\n[图1]\n见[旧闻](/articles/1/)。\n| 灯 | 数 |\n| - | - |\n| 甲 | 3 |",
        section=make_section("要闻"),
    )
    story.communities.add(make_community(within=district))
    story.tags.add("路灯")
    make_photo(story, caption="灯下 <一>", credit="韩冬 摄")
    sign(story, make_contributor("顾一帆"), "全媒体记者")
    sign(story, make_contributor("林小舟"), "通讯员")
    sign(story, Article.objects.get().bylines.first().contributor, "摄")
    return story


def addresses(story: Article, form: str) -> list[str]:
    """Return every feed a story stands in."""
    issue = make_issue()
    place(story, make_page(issue))
    person = story.bylines.first().contributor
    district = story.communities.get().parent
    return [
        reverse("articles:feed", args=[form]),
        reverse("articles:section_feed", args=[story.section.slug, form]),
        reverse("articles:community_feed", args=[district.slug, form]),
        reverse("articles:contributor_feed", args=[person.pk, form]),
        reverse("articles:tag_feed", args=[story.tags.get().slug, form]),
        reverse("issues:issue_feed", args=[issue.date, form]),
    ]


@override_settings(WEBSUB_HUB="https://hub.example.org/")
def test_atom_feeds_hold_to_the_standard_and_bring_the_whole_story(full, client):
    for address in addresses(full, "atom"):
        feed = read(client, address)
        hold_to_rfc_4287(feed)
        assert feed.find(f"{ATOM}link[@rel='hub']").get("href") == "https://hub.example.org/"
        assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "zh-CN"
        (entry,) = feed.iter(f"{ATOM}entry")
        assert entry.findtext(f"{ATOM}title") == "灯<亮>了 & “夜路”不黑"
        assert entry.findtext(f"{ATOM}summary") == "三盏灯"
        names = [one.findtext(f"{ATOM}name") for one in entry.findall(f"{ATOM}author")]
        assert names == ["顾一帆", "林小舟"]
        filed = [one.get("term") for one in entry.findall(f"{ATOM}category")]
        assert filed == ["要闻", "路灯", "桂花社区"]
        text = entry.findtext(f"{ATOM}content")
        for part in ("桂花社区", "本报讯", "甲乙]]&gt;丙。", "全媒体记者：顾一帆", "《青禾晚报》"):
            assert part in text
        assert 'href="http://testserver/articles/1/"' in text
        assert re.search(r'<img src="http://testserver/media/[^"]+\.jpg"', text)
        assert not re.search(r'(href|src)="/', text)
    answer = client.get("/feeds/atom.xml?x=1")
    assert answer["Link"] == (
        '<https://hub.example.org/>; rel="hub", <http://testserver/feeds/atom.xml>; rel="self"'
    )


def test_rss_feeds_hold_to_the_standard_and_bring_the_whole_story(full, client):
    for address in addresses(full, "rss"):
        feed = read(client, address)
        hold_to_rss(feed)
        (item,) = feed.iter("item")
        assert item.findtext("description") == "三盏灯"
        assert [one.text for one in item.findall(CREATOR)] == ["顾一帆", "林小舟"]
        assert "甲乙]]&gt;丙。" in item.findtext(ENCODED)
        picture = item.find(f"{MEDIA}content")
        assert (picture.get("width"), picture.get("medium")) == ("30", "image")
        assert picture.findtext(f"{MEDIA}description") == "灯下 <一>"


def test_name_of_a_story_outlives_the_host_and_the_format(full, client):
    (entry,) = read(client, "/feeds/atom.xml").iter(f"{ATOM}entry")
    (item,) = read(client, "/feeds/rss.xml").iter("item")
    assert entry.findtext(f"{ATOM}id") == item.findtext("guid")
    with override_settings(ALLOWED_HOSTS=["news.example.org"]):
        moved = client.get("/feeds/rss.xml", headers={"host": "news.example.org"})
    again = parsed(moved).find("channel/item")
    assert again.findtext("guid") == item.findtext("guid")
    assert again.findtext("link") == f"http://news.example.org{full.get_absolute_url()}"


def test_a_file_that_is_gone_breaks_no_feed(full, client):
    full.photos.get().image.storage.delete(full.photos.get().image.name)
    (item,) = read(client, "/feeds/rss.xml").iter("item")
    assert item.find("enclosure") is None


def test_only_what_the_public_sees_is_in_a_feed(client):
    section, tag = make_section(), Tag.objects.create(name="路灯", slug="ludeng")
    district, person = make_district(), make_contributor()
    issue = make_issue()
    page = make_page(issue)
    for headline, fields in {"可见": {}, **HIDDEN}.items():
        story = make_article(headline, section=section, **fields)
        story.communities.add(district)
        story.tags.add(tag)
        sign(story, person)
        place(story, page)
    make_article("过期通知", section=section, genre="notice", expires_at=MORNING)
    for name, key in {
        "articles:section_feed": section.slug,
        "articles:community_feed": district.slug,
        "articles:contributor_feed": person.pk,
        "articles:tag_feed": tag.slug,
        "issues:issue_feed": issue.date,
    }.items():
        assert titles(client, reverse(name, args=[key, "atom"])) == ["可见"], name
    assert titles(client) == ["可见"]


def test_what_is_unknown_to_the_public_has_no_feed(client):
    person, tag = make_contributor(), Tag.objects.create(name="暗语", slug="anyu")
    hidden = make_article(**HIDDEN["future"])
    sign(hidden, person)
    hidden.tags.add(tag)
    days = [datetime.date(2024, 4, day) for day in range(1, 4)]
    for number, (day, fields) in enumerate(zip(days, UNRELEASED.values(), strict=True)):
        place(hidden, make_page(make_issue(day, number=100 + number, **fields)))
    wanted = [
        reverse("articles:contributor_feed", args=[person.pk, "atom"]),
        reverse("articles:tag_feed", args=[tag.slug, "atom"]),
        *(reverse("issues:issue_feed", args=[day, "atom"]) for day in days),
        "/feeds/sections/nowhere/rss.xml",
        "/feeds/json.xml",
    ]
    assert [client.get(address).status_code for address in wanted] == [404] * len(wanted)


def test_former_address_of_a_place_leads_on(client):
    street = make_community("桥头街道", within=make_district(), level="subdistrict")
    street.former_addresses.create(slug="laoqiaotou")
    answer = client.get("/feeds/communities/laoqiaotou/rss.xml")
    assert (answer.status_code, answer["Location"]) == (
        301,
        reverse("articles:community_feed", args=[street.slug, "rss"]),
    )


def test_unchanged_feed_is_told_in_few_queries(full, client):
    first = client.get("/feeds/atom.xml")
    for headers in (
        {"if-none-match": first["ETag"]},
        {"if-modified-since": first["Last-Modified"]},
    ):
        with CaptureQueriesContext(connection) as queries:
            again = client.get("/feeds/atom.xml", headers=headers)
        assert (again.status_code, again.content, len(queries)) == (304, b"", 2)
        assert again["ETag"] == first["ETag"]


@pytest.mark.parametrize("count", [1, 40])
def test_feed_takes_the_same_queries_whatever_there_is(count, full, client):
    for number in range(count):
        sign(make_article(f"第{number}篇"), full.bylines.first().contributor)
    with CaptureQueriesContext(connection) as queries:
        feed = read(client, "/feeds/rss.xml")
    assert len(queries) == 5
    assert len(list(feed.iter("item"))) == min(count + 1, 30)


def test_feed_of_something_takes_one_query_more(full, client):
    subjects = {
        f"sections/{full.section.slug}": 6,
        f"communities/{full.communities.first().slug}": 6,
        f"contributors/{full.bylines.first().contributor_id}": 6,
        f"tags/{full.tags.first().slug}": 6,
    }
    asked = {}
    for subject in subjects:
        with CaptureQueriesContext(connection) as queries:
            assert read(client, f"/feeds/{subject}/rss.xml").find("channel/item") is not None
        asked[subject] = len(queries)
    assert asked == subjects


class Reader:
    """A reading program: it asks what is new since it asked last, in one of the two ways."""

    def __init__(self, client, way: str):
        self.client, self.way, self.known = client, way, None

    def has_news(self) -> bool:
        """Ask again."""
        names = {"ETag": "if-none-match", "Last-Modified": "if-modified-since"}
        headers = {names[self.way]: self.known} if self.known else {}
        answer = self.client.get("/feeds/atom.xml", headers=headers)
        self.known = answer.get(self.way, self.known)
        return answer.status_code == 200


@pytest.mark.parametrize("way", ["ETag", "Last-Modified"])
def test_every_change_that_readers_see_is_news(way, client, monkeypatch):
    """Each step is at a later hour; only the steps that change the feed are news."""
    make_article("一直在", publish_at=MORNING)
    reader = Reader(client, way)
    steps = []

    def step(hours: int) -> datetime.datetime:
        moment = datetime.datetime(2030, 1, 1, tzinfo=datetime.UTC) + datetime.timedelta(
            hours=hours
        )
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
        return moment

    now = step(0)
    steps.append(("first", reader.has_news()))
    story = make_article("排定的", publish_at=now + datetime.timedelta(hours=2))
    notice = make_article("通知", genre="notice", publish_at=now + datetime.timedelta(hours=9))
    Article.objects.filter(pk=notice.pk).update(expires_at=now + datetime.timedelta(hours=11))
    step(1)
    steps.append(("scheduled only", reader.has_news()))
    step(3)
    steps.append(("its hour has come", reader.has_news()))
    moment = step(4)
    Correction.objects.create(
        article=story,
        text="是四盏。",
        revision=story.head,
        by=User.objects.create(username="editor"),
        at=moment,
    )
    Article.objects.filter(pk=story.pk).move(updated_at=moment)
    steps.append(("corrected", reader.has_news()))
    entry = read(client, "/feeds/atom.xml").find(f"{ATOM}entry")
    assert datetime.datetime.fromisoformat(entry.findtext(f"{ATOM}updated")) == moment
    assert "是四盏。" in entry.findtext(f"{ATOM}content")
    moment = step(5)
    Article.objects.filter(pk=story.pk).move(
        status="withdrawn", withdrawn_at=moment, withdrawal_reason="误发。"
    )
    steps.append(("withdrawn", reader.has_news()))
    step(6)
    steps.append(("nothing", reader.has_news()))
    step(10)
    steps.append(("notice", reader.has_news()))
    step(12)
    steps.append(("notice is past", reader.has_news()))
    quiet = {"scheduled only", "nothing"}
    assert steps == [(name, name not in quiet) for name, _ in steps]
    assert titles(client) == ["一直在"]


def test_page_lists_the_feeds_and_pages_name_theirs(full, client):
    html = client.get("/feeds/").content.decode()
    assert 'href="/feeds/rss.xml"' in html
    for name, thing in (
        ("articles:section_feed", full.section),
        ("articles:community_feed", full.communities.get()),
    ):
        address = reverse(name, args=[thing.slug, "atom"])
        assert f'href="{address}"' in html
        page = client.get(thing.get_absolute_url()).content.decode()
        head = page.split("</head>")[0]
        assert f'type="application/atom+xml" title="{thing.name} · Atom" href="{address}"' in head
        assert f'<a href="{address}"' in page
