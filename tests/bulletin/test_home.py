"""The front page."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from articles import publishing
from bulletin.frontpage import BRIEFS, FEATURES, PER_SECTION, PHOTOS, compose
from issues.models import Role
from tests.factories import (
    HIDDEN,
    MORNING,
    UNRELEASED,
    make_article,
    make_community,
    make_district,
    make_issue,
    make_kind,
    make_page,
    make_photo,
    make_section,
    make_station,
    place,
)
from tests.newsroom import make_login
from tests.reading import headlines, links, words

pytestmark = pytest.mark.django_db

HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def home(client):
    """Return a function that reads the front page."""

    def read() -> str:
        response = client.get("/")
        assert response.status_code == 200
        return response.content.decode()

    return read


def test_latest_issues_front_page_leads(home):
    issue = make_issue()
    second, first = make_page(issue, "A02", position=2), make_page(issue, "A01", position=1)
    place(make_article("二版头条"), second, Role.LEAD)
    place(make_article("一版次条"), first)
    place(make_article("一版头条"), first, Role.LEAD)
    make_article("网上的新稿", publish_at=MORNING + HOUR)
    assert headlines(home()) == ["一版头条", "一版次条", "二版头条", "网上的新稿"]


def test_issue_without_a_lead_is_led_by_its_first_feature(home):
    page = make_page(make_issue())
    place(make_article("次条"), page)
    make_article("网上的新稿", publish_at=MORNING + HOUR)
    assert headlines(home())[0] == "次条"


def test_without_an_issue_the_newest_story_leads(home):
    make_article("旧稿", publish_at=MORNING - HOUR)
    make_article("新稿")
    make_article("更新的简讯", genre="brief", publish_at=MORNING + HOUR)
    assert headlines(home())[:2] == ["新稿", "旧稿"]


@pytest.mark.parametrize("why", UNRELEASED)
def test_unreleased_issue_does_not_lead(why, home):
    released = make_page(make_issue())
    place(make_article("上期头条"), released, Role.LEAD)
    planned = make_issue(datetime.date(2024, 3, 11), number=8, **UNRELEASED[why])
    story = make_article("下期头条", publish_at=MORNING + HOUR)
    place(story, make_page(planned, "B07"), Role.LEAD)
    html = home()
    assert headlines(html)[0] == "上期头条"
    assert planned.get_absolute_url() not in links(html)
    assert "B07" not in html


@pytest.mark.parametrize("genre", ["story", "photo", "brief", "notice"])
@pytest.mark.parametrize("why", HIDDEN)
def test_hides_what_is_not_published(why, genre, home):
    story = make_article("不该登的稿子", genre=genre, section=make_section(), **HIDDEN[why])
    make_photo(story)
    place(story, make_page(make_issue()), Role.LEAD)
    assert "不该登的稿子" not in home()


def test_no_story_stands_in_two_places(home):
    sections = [make_section("要闻"), make_section("民生")]
    page = make_page(make_issue())
    for n in range(60):
        genre = ("story", "brief", "photo")[n % 3]
        story = make_article(f"第{n}篇", section=sections[n % 2], genre=genre)
        make_photo(story)
        if n < 6:
            place(story, page, Role.LEAD if n == 0 else Role.FEATURE)
    shown = headlines(home())
    assert len(shown) == len(set(shown))
    assert len(shown) == 1 + FEATURES + PHOTOS + BRIEFS + 2 * PER_SECTION


def test_section_stays_full_when_its_newest_stories_stand_above():
    section = make_section()
    for n in range(40):
        make_article(f"第{n}篇", section=section, genre="brief" if n > 20 else "story")
    [(shown_section, stories)] = compose().sections
    assert shown_section == section
    assert len(stories) == PER_SECTION


def test_section_is_opened_by_its_newest_story_with_a_picture():
    section = make_section()
    for n in range(1 + FEATURES + PER_SECTION):
        story = make_article(f"第{n}篇", section=section)
        if n in (1, 2):
            make_photo(story)
    [(_section, stories)] = compose().sections
    assert [story.headline for story in stories] == ["第2篇", "第3篇", "第1篇", "第0篇"]


def test_story_of_no_section_can_be_found_on_the_front_page(home):
    make_article("不归版块的稿子")
    assert "不归版块的稿子" in headlines(home())


def test_photo_news_without_a_picture_is_no_photo_news(home):
    make_article("没有照片的图片新闻", genre="photo")
    assert 'aria-labelledby="photo-news"' not in home()


def test_scheduled_story_appears_at_its_hour(home, time_machine):
    make_article("定时的稿子", publish_at=MORNING)
    time_machine.move_to(MORNING - datetime.timedelta(seconds=1), tick=False)
    assert "定时的稿子" not in home()
    time_machine.move_to(MORNING, tick=False)
    assert "定时的稿子" in home()


def test_masthead_carries_date_issue_and_pages(home, time_machine):
    time_machine.move_to(datetime.datetime(2026, 11, 22, 17, 0, tzinfo=datetime.UTC))
    issue = make_issue(number=128)
    page = make_page(issue, "A03", "社区")
    html = home()
    masthead = words(html.split("<nav")[0])
    assert "2026年11月23日 星期一" in masthead  # one o'clock at night here
    assert "128" in masthead
    assert "A03 社区" in masthead
    assert page.get_absolute_url() in links(html)


def test_empty_site_says_so_and_leads_on(home):
    html = home()
    assert html.count('<p class="empty">') == 3  # no story, no community, no station
    for name in ("communities:communities", "communities:stations", "issues:issues"):
        assert reverse(name) in links(html)


def test_names_communities_and_stations(home):
    street = make_community("桥头街道", within=make_district(), level="subdistrict")
    community = make_community(within=street)
    station = make_station(community=community, kind=make_kind(), opened_on=timezone.localdate())
    shown = links(home())
    for thing in (street, community, station):
        assert thing.get_absolute_url() in shown


def test_names_communities_right_below_a_district(home):
    community = make_community(within=make_district())
    assert community.get_absolute_url() in links(home())


def test_names_stations_whose_opening_day_is_unknown(home):
    station = make_station(community=make_community(within=make_district()), kind=make_kind())
    assert station.get_absolute_url() in links(home())


def test_many_communities_are_left_to_their_subdistricts(home):
    street = make_community("桥头街道", within=make_district(), level="subdistrict")
    for n in range(90):
        make_community(f"社区{n}", within=street, slug=f"shequ-{n}")
    shown = links(home())
    assert street.get_absolute_url() in shown
    assert not [link for link in shown if link.startswith("/communities/shequ-")]


def test_withdrawn_story_leaves_at_once(home):
    story = make_article("登过的稿子")
    assert "登过的稿子" in home()
    publishing.withdraw(story, by=make_login("issue_editor"), reason="地名有误。")
    assert "登过的稿子" not in home()


def test_what_appeared_on_this_day_in_earlier_years_is_remembered(home, monkeypatch):
    today = datetime.datetime(2026, 3, 4, 12, tzinfo=datetime.UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: today)
    for number in range(9):
        make_article(f"新稿{number}", publish_at=today - HOUR)
    assert "那年今日" not in home()
    make_article("前一天", publish_at=today.replace(year=2025, day=3))
    for year in (2025, 2024, 2019, 2015):
        make_article(f"{year}年的今天", publish_at=today.replace(year=year))
    html = home()
    remembered = html.split('id="this-day"')[1].split("</section>")[0]
    assert headlines(remembered) == ["2025年的今天", "2024年的今天", "2019年的今天"]
    # It stands above the places, and no story stands in two places.
    assert html.index('id="this-day"') < html.index('id="communities"')
    assert len(headlines(html)) == len(set(headlines(html)))
