"""The usage report: what it counts, who sees it, and the stories behind a figure."""

import datetime
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from articles import publishing, usage
from articles.usage import Period
from tests.articles.desk import advance, file_story, make_people, rewrite
from tests.factories import (
    MORNING,
    make_article,
    make_community,
    make_contributor,
    make_district,
    make_photo,
    make_section,
    sign,
)
from tests.newsroom import client_of, make_login

pytestmark = pytest.mark.django_db
MARCH = Period(datetime.date(2024, 3, 1), datetime.date(2024, 3, 31))
ASKED = {"first": "2024-03-01", "last": "2024-03-31"}
DAY = datetime.timedelta(days=1)


def accepted(story, by, at=MORNING):
    """Put a final pass of a story on record."""
    story.reviews.create(
        revision=story.head, round=1, stage="final", decision="pass", by=by, at=at, persons=3
    )


def lines(dimension, period=MARCH):
    found = usage.report(period, dimension)
    return [
        (row.name, row.accepted, row.published, row.characters, row.photos) for row in found.rows
    ]


@pytest.fixture
def stories():
    """Two stories of March and one of April; one person has two roles under the first."""
    reviewer = make_login("final_reviewer")
    section = make_section("要闻")
    place = make_community("桂花社区", within=make_district(), level="community")
    writer, other = make_contributor("林小舟"), make_contributor("阮青禾")
    first = make_article("一", body="十个字的正文在这里。", section=section)
    second = make_article("二", body="五个字呀。")
    third = make_article("三", body="四月的稿。", publish_at=MORNING + 31 * DAY)
    for story in (first, second, third):
        accepted(story, reviewer, story.publish_at)
    sign(first, writer, "通讯员")
    sign(first, writer, "摄")
    sign(first, other, "记者")
    sign(second, writer)
    make_photo(first)
    make_photo(first)
    first.communities.add(place)
    return {
        "first": first,
        "second": second,
        "third": third,
        "writer": writer,
        "reviewer": reviewer,
    }


def test_counts_each_story_once_for_each_person_whatever_their_roles(stories):
    assert lines("contributor") == [("林小舟", 2, 2, 15, 2), ("阮青禾", 1, 1, 10, 2)]
    total = usage.report(MARCH, "contributor").total
    assert (total.accepted, total.published, total.characters, total.photos) == (2, 2, 15, 2)


def test_breaks_down_by_section_and_place_and_names_what_has_none(stories):
    assert lines("section") == [("要闻", 1, 1, 10, 2), ("", 1, 1, 5, 0)]
    assert lines("community") == [("桂花社区", 1, 1, 10, 2), ("", 1, 1, 5, 0)]


def test_breaks_down_by_month_in_their_order(stories):
    half = Period(datetime.date(2024, 1, 1), datetime.date(2024, 6, 30))
    assert lines("month", half) == [("2024-03", 2, 2, 15, 2), ("2024-04", 1, 1, 5, 0)]


def test_days_count_whole_in_the_newsrooms_time(stories):
    midnight = MORNING.replace(hour=0, minute=0)
    last_day = make_article("三月末", publish_at=midnight + 28 * DAY - DAY / 1440)
    next_day = make_article("四月初", publish_at=midnight + 28 * DAY)
    found = set(usage.published_in(MARCH))
    assert last_day in found
    assert next_day not in found


def test_accepted_but_not_published_counts_as_accepted_alone(stories):
    waiting = make_article("等着", publish_at=None)
    sign(waiting, stories["writer"])
    accepted(waiting, stories["reviewer"])
    assert lines("contributor")[0] == ("林小舟", 3, 2, 15, 2)


def test_a_change_of_a_published_story_counts_as_none():
    people = make_people()
    story = file_story(people)
    advance(story, people, "public")
    copy = publishing.revise(story, by=people.editor)
    rewrite(copy, people.editor, "改过的字。", correction_note="原文有误。")
    copy.refresh_from_db()
    advance(copy, people, "approved")
    publishing.publish(copy, by=people.editor)
    spring = Period(datetime.date(2026, 1, 1), datetime.date(2026, 6, 30))
    total = usage.report(spring, "month").total
    assert (total.accepted, total.published) == (1, 1)
    story.refresh_from_db()
    assert (total.characters, story.characters) == (5, 5)


@pytest.mark.parametrize("dimension", usage.DIMENSIONS)
def test_figure_opens_exactly_the_stories_it_counts(dimension, stories):
    for row in usage.report(MARCH, dimension).rows:
        behind = list(usage.stories_behind(MARCH, dimension, row.key))
        assert len(behind) == row.published
        assert sum(story.characters for story in behind) == row.characters


@pytest.mark.parametrize("dimension", usage.DIMENSIONS)
def test_queries_do_not_grow_with_the_stories(dimension, stories):
    def queries():
        with CaptureQueriesContext(
            connection,
        ) as captured:
            usage.report(MARCH, dimension)
        return len(captured)

    few = queries()
    for n in range(20):
        sign(make_article(f"又一{n}"), make_contributor(f"人{n}"))
    assert queries() == few


class TestPage:
    address = reverse("admin:articles_article_usage")

    def test_shows_the_figures_with_a_way_to_the_stories(self, stories):
        client = client_of(stories["reviewer"])
        page = client.get(self.address, {**ASKED, "by": "contributor"})
        (row, name, address), *_rest = page.context["lines"]
        assert (name, row.published) == ("林小舟", 2)
        behind = client.get(address).content.decode()
        assert all(f">{headline}<" in behind for headline in "一二")
        assert ">三<" not in behind

    def test_leaves_as_a_spreadsheet(self, stories):
        writer = stories["writer"]
        writer.name = "=1+1"
        writer.save()
        response = client_of(stories["reviewer"]).get(
            reverse("admin:articles_article_usage_xlsx"), {**ASKED, "by": "contributor"}
        )
        assert "usage-contributor-2024-03-01-2024-03-31.xlsx" in response["Content-Disposition"]
        sheet = load_workbook(io.BytesIO(response.content)).active
        assert [cell.value for cell in sheet[2]] == ["=1+1", 2, 2, 15, 2]
        assert sheet["A2"].data_type == "s"
        assert [cell.value for cell in sheet[4]][1:] == [2, 2, 15, 2]

    @pytest.mark.parametrize(
        "asked",
        [
            {"first": "2024-03-09", "last": "2024-03-01"},
            {"first": "gestern"},
            {"by": "zodiac"},
        ],
    )
    def test_wrong_question_is_told_at_its_field(self, asked, stories):
        page = client_of(stories["reviewer"]).get(self.address, {**ASKED, **asked})
        assert page.status_code == 200
        assert page.context["form"].errors
        assert "report" not in page.context
        spreadsheet = reverse("admin:articles_article_usage_xlsx")
        assert client_of(stories["reviewer"]).get(spreadsheet, asked).status_code == 404

    @pytest.mark.parametrize("role", ["correspondent", "reporter", "community_manager"])
    def test_is_for_those_who_see_every_story(self, role, stories):
        client = client_of(make_login(role))
        for name in ("usage", "usage_xlsx", "usage_stories"):
            assert client.get(reverse(f"admin:articles_article_{name}")).status_code == 403
