"""What search engines are told: every public address, nothing else, and when it changed."""

import datetime
from xml.etree import ElementTree

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article, Correction
from tests.factories import (
    HIDDEN,
    MORNING,
    UNRELEASED,
    make_activity,
    make_article,
    make_community,
    make_contributor,
    make_district,
    make_issue,
    make_kind,
    make_page,
    make_section,
    make_station,
    sign,
)

pytestmark = pytest.mark.django_db

SITE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
HOST = "http://testserver"


def read(client, address: str) -> dict[str, str | None]:
    """Return what a file lists: each address with its last change."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    root = ElementTree.fromstring(answer.content)  # noqa: S314 (we wrote it)
    return {one.findtext(f"{SITE}loc"): one.findtext(f"{SITE}lastmod") for one in root}


def test_stories_are_listed_by_month_with_their_last_change(client):
    march, april = (
        make_article("三月"),
        make_article("四月", publish_at=MORNING + datetime.timedelta(days=40)),
    )
    # In the newsroom it is May already.
    last_minute = datetime.datetime(2024, 4, 30, 16, 30, tzinfo=datetime.UTC)
    may = make_article("五月", publish_at=last_minute)
    for fields in HIDDEN.values():
        make_article("不见", **fields)
    corrected_at = datetime.datetime(2024, 6, 1, 9, tzinfo=datetime.UTC)
    Correction.objects.create(
        article=march,
        text="是四盏。",
        revision=march.head,
        by=User.objects.create(username="editor"),
        at=corrected_at,
    )
    months = {name: f"{HOST}/sitemaps/stories-2024-{name}.xml" for name in ("03", "04", "05")}
    corrected = "2024-06-01T17:00:00+08:00"
    index = read(client, "/sitemap.xml")
    assert {address: index[address] for address in index if "stories" in address} == {
        months["05"]: "2024-05-01T00:30:00+08:00",
        months["04"]: "2024-04-13T08:30:00+08:00",
        months["03"]: corrected,
    }
    assert read(client, months["03"]) == {HOST + march.get_absolute_url(): corrected}
    assert list(read(client, months["04"])) == [HOST + april.get_absolute_url()]
    assert list(read(client, months["05"])) == [HOST + may.get_absolute_url()]
    assert client.get("/sitemaps/stories-2024-06.xml").status_code == 404
    assert client.get("/sitemaps/stories-2999-01.xml").status_code == 404
    assert client.get("/sitemaps/stories-2024-13.xml").status_code == 404

    gone_at = datetime.datetime(2024, 7, 1, 9, tzinfo=datetime.UTC)
    make_article("又一篇", publish_at=MORNING)
    Article.objects.filter(pk=march.pk).move(
        status="withdrawn", withdrawn_at=gone_at, withdrawal_reason="误发。"
    )
    assert read(client, "/sitemap.xml")[months["03"]] == "2024-07-01T17:00:00+08:00"


def test_pages_places_stations_and_issues_are_listed(client):
    section, district = make_section(), make_district()
    community = make_community(within=district)
    station = make_station(community=community, kind=make_kind())
    activity = make_activity(station=station, repeats="daily")
    make_activity("办完了的", station=station)
    make_activity("没公开的", station=station, repeats="daily", is_public=False)
    issue = make_issue()
    page = make_page(issue)
    for number, fields in enumerate(UNRELEASED.values()):
        hidden = make_issue(datetime.date(2024, 4, 1 + number), number=50 + number, **fields)
        make_page(hidden)
    index = read(client, "/sitemap.xml")
    assert index[f"{HOST}/sitemaps/issues-2024.xml"] == "2024-03-04T08:30:00+08:00"
    found = {address: list(read(client, address)) for address in index}
    fixed = ["/", "/communities/", "/stations/", "/activities/", "/issues/", "/archive/", "/feeds/"]
    pages = found.pop(f"{HOST}/sitemaps/pages.xml")
    assert pages[:7] == [HOST + path for path in fixed]
    assert pages[-1] == HOST + section.get_absolute_url()
    wanted = {
        "places-1": [district, community],
        "stations-1": [station],
        "activities": [activity],
        "issues-2024": [issue, page],
        "news": [],
    }
    assert found == {
        f"{HOST}/sitemaps/{name}.xml": [HOST + one.get_absolute_url() for one in things]
        for name, things in wanted.items()
    }
    for address in (*pages, *(one for some in found.values() for one in some)):
        assert client.get(address.removeprefix(HOST)).status_code == 200, address


def test_issues_have_a_file_for_each_year(client):
    old, new = make_issue(datetime.date(2023, 12, 31), number=1), make_issue(number=2)
    files = ["/sitemaps/issues-2024.xml", "/sitemaps/issues-2023.xml"]
    index = read(client, "/sitemap.xml")
    assert [HOST + file for file in files] == [one for one in index if "issues" in one]
    assert [list(read(client, file)) for file in files] == [
        [HOST + issue.get_absolute_url()] for issue in (new, old)
    ]
    for name in ("issues", "issues-2022", "issues-0", "issues-²", "issues-99999999999999999999"):
        assert client.get(f"/sitemaps/{name}.xml").status_code == 404, name


def test_more_stations_than_a_file_may_hold_have_several(client, monkeypatch):
    community, kind = make_community(within=make_district()), make_kind()
    stations = [
        make_station(f"第{number}站", community=community, kind=kind) for number in range(3)
    ]
    monkeypatch.setattr("bulletin.sitemaps.LARGEST", 2)
    files = [one for one in read(client, "/sitemap.xml") if "stations" in one]
    found = [list(read(client, file)) for file in files if client.get(file).status_code == 200]
    assert [address for some in found for address in some] == [
        HOST + station.get_absolute_url() for station in stations
    ]
    assert all(len(some) <= 2 for some in found)


def test_news_of_the_last_two_days(client):
    now = timezone.now()
    make_article("前天的", publish_at=now - datetime.timedelta(hours=49))
    make_article("明天的", publish_at=now + datetime.timedelta(hours=1))
    story = make_article("灯<亮>\x02了", publish_at=now - datetime.timedelta(hours=47))
    answer = client.get("/sitemaps/news.xml")
    (entry,) = ElementTree.fromstring(answer.content)  # noqa: S314 (we wrote it)
    assert entry.findtext(f"{SITE}loc") == HOST + story.get_absolute_url()
    news = entry.find(f"{NEWS}news")
    assert news.findtext(f"{NEWS}title") == "灯<亮>了"
    told = datetime.datetime.fromisoformat(news.findtext(f"{NEWS}publication_date"))
    assert told == story.publish_at.replace(microsecond=0)
    publication = news.find(f"{NEWS}publication")
    assert [one.text for one in publication] == ["临澄社区报", "zh-cn"]


def test_people_and_words_are_listed_once_a_public_story_names_them(client, monkeypatch):
    person, word = make_contributor("林小舟"), "路灯"
    story = make_article()
    sign(story, person)
    story.tags.add(word)
    for number, fields in enumerate(HIDDEN.values()):
        hidden = make_article("不见", **fields)
        sign(hidden, make_contributor(f"未见报{number}"))
        hidden.tags.add(f"未见报{number}")
    files = ["/sitemaps/contributors-1.xml", "/sitemaps/tags-1.xml"]
    index = read(client, "/sitemap.xml")
    assert [HOST + file for file in files] == [one for one in index if one.endswith("-1.xml")]
    assert list(read(client, files[0])) == [HOST + person.get_absolute_url()]
    assert list(read(client, files[1])) == [HOST + story.tags.get().get_absolute_url()]
    other = make_contributor("顾一帆")
    sign(story, other)
    # A file holds the addresses of two keys; on PostgreSQL keys go on from one test to the next.
    monkeypatch.setattr("bulletin.sitemaps.LARGEST", 2)
    index = [one for one in read(client, "/sitemap.xml") if "contributors" in one]
    assert len(index) == -(-other.pk // 2)
    for one in (person, other):
        file = f"/sitemaps/contributors-{-(-one.pk // 2)}.xml"
        assert list(read(client, file)) == [HOST + one.get_absolute_url()]
    for name in (f"contributors-{len(index) + 1}", "contributors-0", "contributors", "tags-x"):
        assert client.get(f"/sitemaps/{name}.xml").status_code == 404, name


@pytest.mark.parametrize("years", [1, 12])
def test_lists_take_the_same_queries_whatever_there_is(years, client):
    for year in range(years):
        story = make_article(publish_at=MORNING.replace(year=2024 - year))
        sign(story, make_contributor(f"人{year}"))
        story.tags.add(f"词{year}")
        make_page(make_issue(MORNING.replace(year=2024 - year).date(), number=year + 1))
    wanted = {
        "/sitemap.xml": 7,
        "/sitemaps/stories-2024-03.xml": 1,
        "/sitemaps/pages.xml": 1,
        "/sitemaps/places-1.xml": 1,
        "/sitemaps/stations-1.xml": 1,
        "/sitemaps/activities.xml": 1,
        "/sitemaps/issues-2024.xml": 2,
        "/sitemaps/news.xml": 1,
        "/sitemaps/contributors-1.xml": 1,
        "/sitemaps/tags-1.xml": 1,
        "/robots.txt": 0,
    }
    asked = {}
    for address in wanted:
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        asked[address] = len(queries)
    assert asked == wanted
    assert len([one for one in read(client, "/sitemap.xml") if "stories" in one]) == years


def test_robots_are_told_what_to_leave_alone(client):
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert lines == [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /preview/",
        "Disallow: /search/",
        "Disallow: /en/preview/",
        "Disallow: /en/search/",
        f"Sitemap: {HOST}/sitemap.xml",
    ]
    with override_settings(SEARCH_ENGINES="deny"):
        lines = client.get("/robots.txt").content.decode().splitlines()
    assert lines == ["User-agent: *", "Disallow: /"]
