"""What pages tell machines: addresses, dates, people, places; and what they keep to themselves."""

import json
import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth.models import User

from articles.models import Correction
from articles.previews import make_link
from tests.factories import (
    HIDDEN,
    MORNING,
    make_article,
    make_community,
    make_contributor,
    make_district,
    make_draft,
    make_issue,
    make_kind,
    make_page,
    make_photo,
    make_section,
    make_station,
    place,
    sign,
)

pytestmark = pytest.mark.django_db

HOST = "http://testserver"
DATA = re.compile(r'<script type="application/ld\+json">([^<]*)</script>')
META = re.compile(r'<meta (?:property|name)="([^"]+)" content="([^"]*)">')


def facts(client, address: str) -> dict[str, dict]:
    """Return what a page says in JSON-LD, by type."""
    found = [json.loads(text) for text in DATA.findall(client.get(address).content.decode())]
    assert {one["@context"] for one in found} == {"https://schema.org"}
    return {one["@type"]: one for one in found}


def meta(client, address: str) -> list[tuple[str, str]]:
    """Return a page's meta elements."""
    return [(n, unescape(v)) for n, v in META.findall(client.get(address).content.decode())]


@pytest.fixture
def printed():
    """A story with everything there is to tell."""
    district = make_district()
    story = make_article(
        "灯亮</script>了", deck="三盏", section=make_section("要闻"), publish_at=MORNING
    )
    story.communities.add(make_community(within=district))
    story.tags.add("路灯")
    person = make_contributor("林小舟")
    sign(story, person)
    sign(story, person, "摄")
    make_photo(story, caption="灯下", credit="韩冬 摄")
    Correction.objects.create(
        article=story,
        text="是<四>盏。",
        revision=story.head,
        by=User.objects.create(username="editor"),
        at=MORNING.replace(hour=20),
    )
    place(story, make_page(make_issue(), "A03"))
    return story


def test_story_says_what_it_is(printed, client):
    address = printed.get_absolute_url()
    found = facts(client, address)
    story = found["NewsArticle"]
    person = printed.bylines.first().contributor
    assert {
        name: story[name]
        for name in ("headline", "articleSection", "datePublished", "dateModified", "author")
    } == {
        "headline": "灯亮</script>了",
        "articleSection": ["要闻"],
        "datePublished": "2024-03-04T08:30:00+08:00",
        "dateModified": "2024-03-04T20:30:00+08:00",
        "author": [
            {
                "@type": "Person",
                "name": "林小舟",
                "jobTitle": "通讯员、摄",
                "url": HOST + person.get_absolute_url(),
            }
        ],
    }
    assert story["url"] == story["mainEntityOfPage"] == HOST + address
    assert story["publisher"]["name"] == "临澄社区报"
    assert [one["name"] for one in story["contentLocation"]] == ["桂花社区"]
    assert [one["creditText"] for one in story["image"]] == ["韩冬 摄"]
    assert story["image"][0]["url"].startswith(f"{HOST}/media/")
    issue = printed.placements.get().page
    assert [(one["url"], one["pagination"]) for one in story["isPartOf"]] == [
        (HOST + issue.get_absolute_url(), "A03")
    ]
    assert [one["text"] for one in story["correction"]] == ["是<四>盏。"]
    way = [(one["name"], one["item"]) for one in found["BreadcrumbList"]["itemListElement"]]
    assert way == [
        ("临澄社区报", f"{HOST}/"),
        ("要闻", HOST + printed.section.get_absolute_url()),
        (printed.headline, HOST + address),
    ]
    told = meta(client, address)
    for one in (
        ("description", "三盏"),
        ("og:type", "article"),
        ("og:url", HOST + address),
        ("twitter:card", "summary_large_image"),
        ("article:published_time", "2024-03-04T08:30:00+08:00"),
        ("article:modified_time", "2024-03-04T20:30:00+08:00"),
        ("article:section", "要闻"),
        ("article:tag", "路灯"),
    ):
        assert one in told


def test_lists_say_what_they_hold_and_where_they_stand(printed, client):
    section, place_ = printed.section, printed.communities.get()
    for number in range(21):
        make_article(f"第{number}篇", section=section, publish_at=MORNING.replace(day=5))
    address = section.get_absolute_url()
    first = client.get(address).content.decode()
    older = unescape(re.search(r'rel="next" href="([^"]+)"', first)[1])
    page = client.get(address + older).content.decode()
    assert f'<link rel="canonical" href="{HOST}{address}{older}">' in page
    assert "<title>要闻（2024年3月5日及更早） · " in page
    assert "<title>要闻 · " in first
    items = facts(client, address + older)["CollectionPage"]["mainEntity"]["itemListElement"]
    assert items[-1] == {
        "@type": "ListItem",
        "position": 2,
        "url": HOST + printed.get_absolute_url(),
    }
    station = make_station(community=place_, kind=make_kind())
    issue = printed.placements.get().page
    for thing, names in (
        (place_, ["社区", "青禾区", "桂花社区"]),
        (station, ["站点", "桂花驿站"]),
        (issue.issue, ["往期报纸", str(issue.issue)]),
        (issue, ["往期报纸", str(issue.issue), "A03 要闻"]),
    ):
        way = facts(client, thing.get_absolute_url())["BreadcrumbList"]["itemListElement"]
        assert [one["name"] for one in way] == ["临澄社区报", *names]
        assert way[-1]["item"] == HOST + thing.get_absolute_url()
    told = facts(client, issue.issue.get_absolute_url())["PublicationIssue"]
    assert told["datePublished"] == "2024-03-04T08:30:00+08:00"
    assert [one["url"] for one in told["hasPart"]] == [HOST + printed.get_absolute_url()]
    site = facts(client, "/")["WebSite"]
    assert site["url"] == f"{HOST}/"
    search = site["potentialAction"]["target"]["urlTemplate"]
    assert search == f"{HOST}/search/?q={{search_term_string}}"


def test_page_that_is_not_public_tells_machines_nothing(client):
    editor = User.objects.create_superuser("editor")
    story = make_article(**HIDDEN["future"])
    preview = client.get(f"/preview/{make_link(story, by=editor).token}/").content.decode()
    withdrawn = make_article(**HIDDEN["withdrawn"])
    for html in (preview, client.get(withdrawn.get_absolute_url()).content.decode()):
        assert not DATA.search(html)
        assert "oembed" not in html
        assert "article:published_time" not in html
        assert '<meta name="robots" content="noindex">' in html


def test_another_site_shows_a_story(printed, client):
    html = client.get(printed.get_absolute_url()).content.decode()
    link = unescape(re.search(r'type="application/json\+oembed"[^>]* href="([^"]+)"', html)[1])
    assert parse_qs(urlsplit(link).query) == {"url": [HOST + printed.get_absolute_url()]}
    answer = client.get(link + "&maxwidth=320&maxheight=9999&format=json")
    assert answer["Access-Control-Allow-Origin"] == "*"
    told = answer.json()
    assert (told["version"], told["type"], told["title"]) == ("1.0", "rich", printed.headline)
    assert (told["width"], told["height"]) == (320, 240)
    assert told["thumbnail_url"].startswith(f"{HOST}/media/")
    assert "<script" not in told["html"]
    english = client.get("/oembed/", {"url": f"{HOST}/en{printed.get_absolute_url()}"}).json()
    assert english["title"] == printed.headline
    assert f'href="{HOST}{printed.get_absolute_url()}"' in told["html"]


def test_another_site_shows_only_public_stories_of_ours(printed, client):
    hidden = [make_article(name, **fields) for name, fields in HIDDEN.items()]
    copy = make_draft("改动", revises=printed)
    addresses = [
        *(HOST + story.get_absolute_url() for story in (*hidden, copy)),
        f"https://elsewhere.example.org{printed.get_absolute_url()}",
        f"ftp://testserver{printed.get_absolute_url()}",
        f"{HOST}{printed.section.get_absolute_url()}",
        printed.get_absolute_url(),
        "http://[",
        "",
    ]
    answers = [client.get("/oembed/", {"url": address}).status_code for address in addresses]
    assert answers == [404] * len(addresses)
    asked = {"url": HOST + printed.get_absolute_url(), "format": "xml"}
    assert client.get("/oembed/", asked).status_code == 501
