"""The search page, as readers meet it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from articles.search import indexing
from tests.factories import (
    HIDDEN,
    MORNING,
    make_community,
    make_contributor,
    make_district,
    make_kind,
    make_photo,
    make_section,
    make_station,
    sign,
)
from tests.reading import headlines, links, words

from .newsroom import make_findable

pytestmark = pytest.mark.django_db


def search(client, typed="", **asked) -> str:
    response = client.get(reverse("articles:search"), {"q": typed, **asked})
    assert response.status_code == 200
    assert response["X-Robots-Tag"] == "noindex"
    assert not response.cookies
    return response.content.decode()


def test_hits_are_marked_in_headline_and_passage_and_escaped(client):
    body = "第一句没有。这里有<b>路灯</b>和路燈，还有电梯。"
    make_findable("巷口<i>装路灯</i>", body=body)
    html = search(client, "路灯 电梯")
    assert "巷口&lt;i&gt;装<mark>路灯</mark>&lt;/i&gt;</a>" in html
    assert (
        "这里有&lt;b&gt;<mark>路灯</mark>&lt;/b&gt;和<mark>路燈</mark>，还有<mark>电梯</mark>。"
    ) in html
    assert "第一句" not in html
    assert "1 篇稿件" in words(html)


def test_page_is_for_nobody_to_list_and_says_what_was_looked_for(client):
    html = search(client, '路灯"><script>')
    assert '<meta name="robots" content="noindex">' in html
    assert "<script>" not in html
    assert 'value="路灯&quot;&gt;&lt;script&gt;"' in html


def test_names_lead_to_places_and_people(client):
    community = make_community("桂花社区", within=make_district())
    station = make_station("桂花驿站", community=community, kind=make_kind())
    person, hidden = make_contributor("桂花香"), make_contributor("桂花落")
    sign(make_findable("路灯"), person)
    sign(make_findable("灯", **HIDDEN["draft"]), hidden)
    html = search(client, "桂花")
    for one in (community, station, person):
        assert one.get_absolute_url() in links(html)
    assert "桂花落" not in html
    # A person nobody knows yet is no condition either.
    assert "桂花落" not in search(client, "灯", contributor=hidden.pk)
    assert "桂花香" in search(client, "灯", contributor=person.pk)


def test_conditions_narrow_and_are_taken_out_again(client):
    section = make_section("民生")
    make_findable("路灯一", section=section)
    make_findable("路灯二", days=1)
    asked = {"section": section.slug, "since": "2024-03-01", "until": "2024-03-31"}
    html = search(client, "路灯", **asked)
    assert headlines(html) == ["路灯一"]
    without = {name: value for name, value in asked.items() if name != "section"}
    assert f"/search/?{urlencode({'q': '路灯', **without})}" in links(html)
    html = search(client, "路灯", until=MORNING.date())
    assert headlines(html) == ["路灯一"]


def test_nothing_found_leads_on(client):
    section = make_section("民生")
    make_findable("路灯亮了", body="加装电梯的补贴。")
    html = search(client, "路灯 火星", section="")
    assert _("No story holds “%(words)s”") % {"words": "路灯 火星"} in words(html)
    assert f"/search/?{urlencode({'q': '路灯'})}" in links(html)
    assert section.get_absolute_url() in links(html)
    assert reverse("communities:communities") in links(html)
    # Fewer conditions come before fewer words, and a long word is taken apart.
    html = search(client, "路灯", section=section.slug)
    assert f"/search/?{urlencode({'q': '路灯'})}" in links(html)
    html = search(client, "加装电梯补贴")
    assert headlines(html) == ["路灯亮了"]
    assert "<mark>加装电梯</mark>的<mark>补贴</mark>" in html


def test_without_a_question_the_page_helps(client):
    for typed in ("", "，。！", "-电梯"):
        html = search(client, typed)
        assert _("How to search") in words(html)
        assert headlines(html) == []
    assert _("Only words to leave out were given. Add one to look for.") in words(html)


BAD = [
    "长" * 10_000,
    "a" * 10_000,
    "\x00",
    "路\x00灯",
    '"',
    '"" - -- -" “',
    "路灯 AND OR NOT NEAR(a b) * ^ : { } [ ] ( )",
    "grams:路灯",
    "'; DROP TABLE articles_article; --",
    "路灯 & | ! <-> \\ '",
    "%_%",
    "\ud800",
    "🙂 🙂",
    "‮路灯",
    "0" * 400,
    " ".join("甲乙丙丁戊己庚辛壬癸" * 20),
]


def test_bad_input_is_answered(client):
    make_findable("路灯亮了")
    for typed in BAD:
        assert "</html>" in search(client, typed.encode("utf-8", "replace").decode()), typed[:20]
    for name in ("section", "community", "contributor", "since", "until", "page"):
        for value in ("\x00", "x", "9" * 30, "-1", "0001-01-01", "9999-12-31", "路灯"):
            assert "</html>" in search(client, "路灯", **{name: value})
    html = search(client, "路灯", since="2024-03-03", until="2024-03-01", section="nowhere")
    assert _("A condition could not be read; it is left out.") in words(html)
    assert headlines(html) == ["路灯亮了"]


def test_pages_follow_each_other(client):
    for number in range(25):
        make_findable(f"路灯{number}", days=number)
    first = search(client, "路灯")
    assert headlines(first) == [f"路灯{number}" for number in range(24, 4, -1)]
    address = f"/search/?{urlencode({'q': '路灯', 'page': 2})}"
    assert address in links(first)
    second = client.get(address).content.decode()
    assert headlines(second) == [f"路灯{number}" for number in range(4, -1, -1)]
    assert f"/search/?{urlencode({'q': '路灯'})}" in links(second)
    assert headlines(search(client, "路灯", page=10)) == []


# Index, stories and what is shown of them (9), names (3), filters (2), the masthead (2).
QUERIES = 14


def test_queries_do_not_grow_with_what_is_found(client):
    section, community = make_section(), make_community(within=make_district())
    station = make_station(community=community, kind=make_kind())
    asked = []
    for count in (3, 30):
        for number in range(count):
            story = make_findable(f"路灯{number}", section=section)
            story.communities.add(community)
            story.stations.add(station)
            story.tags.add("路灯")
            sign(story, make_contributor(f"桂花{number}"))
            make_photo(story, caption="灯下")
        indexing.rebuild()
        with CaptureQueriesContext(connection) as queries:
            search(client, "路灯 桂花")
        asked.append(len(queries))
    assert asked == [QUERIES, QUERIES]


def test_every_page_has_a_way_to_search(client):
    html = client.get("/").content.decode()
    assert '<form class="quick-search" method="get" action="/search/" role="search">' in html
    assert "/search/" in links(html)
    # On its own page the large field is enough.
    assert 'class="quick-search"' not in search(client)
