"""The sample newsroom: whole, the same twice, and of today."""

import datetime
import os
import re
from collections import Counter
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.utils import timezone

from articles import body
from articles.models import Article, Byline, Contributor, Genre, Photo, Section, Tag
from bulletin.roles import Role
from bulletin.sample import reading
from bulletin.sample.front_page import has_chinese_type
from bulletin.sample.loading import load
from bulletin.sample.logins import printed_logins, sample_password
from bulletin.sample.pdf_sheet import CLOSING, lines_of, width_of
from communities.models import (
    CHINA_BOX,
    Activity,
    Amenity,
    ChangedDate,
    Community,
    ContactPerson,
    Holiday,
    OpeningHours,
    ServiceStation,
    SpecialDay,
    StationPhoto,
    StationService,
)
from issues import shapes
from issues.models import Issue, Page, PageArea, Pattern, PatternPage, Placement, PressSheet
from issues.press import headlines, pdf
from tests.reading import links

TODAY = datetime.date(2026, 3, 4)
DAYS_AHEAD = datetime.timedelta(days=7)
MODELS = (
    Community,
    ServiceStation,
    OpeningHours,
    SpecialDay,
    Holiday,
    StationService,
    StationPhoto,
    ContactPerson,
    Activity,
    ChangedDate,
    Amenity,
    Section,
    Contributor,
    User,
    Article,
    Byline,
    Photo,
    Tag,
    Issue,
    Page,
    Placement,
    PressSheet,
    PageArea,
    Pattern,
    PatternPage,
)


@pytest.fixture(autouse=True)
def _own_password_file(settings, tmp_path):
    settings.VAR_DIR = tmp_path


@pytest.fixture
def sample(db):
    load(today=TODAY)


def counts():
    return {model.__name__: model.objects.count() for model in MODELS}


def words():
    """Return what readers see of the stories, whatever their keys."""
    return sorted(Article.objects.values_list("origin", "headline", "body", "publish_at", "status"))


def test_sample_has_what_a_small_district_has(sample):
    levels = Counter(Community.objects.values_list("level", flat=True))
    assert levels["district"] == 1
    assert levels["subdistrict"] + levels["town"] == 3
    assert levels["community"] + levels["village"] == 12
    assert ServiceStation.objects.count() == 20
    assert Issue.objects.live().count() == 3
    assert Article.objects.count() >= 40
    assert set(Article.objects.values_list("genre", flat=True)) == set(Genre.values)
    columns = Section.objects.exclude(kind=Section.Kind.SECTION).exclude(column_articles=None)
    assert columns.distinct().count() >= 2
    assert len(set(Activity.objects.values_list("repeats", flat=True))) >= 3
    assert Activity.objects.filter(is_cancelled=True).count() == 1
    assert {change.is_cancelled for change in ChangedDate.objects.all()} == {True, False}
    past = timezone.make_aware(datetime.datetime.combine(TODAY, datetime.time.min))
    assert Activity.objects.past(past).filter(articles__isnull=False).exists()


def test_every_station_can_be_found_and_has_hours(sample):
    for station in ServiceStation.objects.prefetch_related("hours"):
        assert CHINA_BOX.holds(station.longitude, station.latitude)
        assert station.hours_by_days, station
        assert station.kind.name


def test_stories_read_as_of_today(sample):
    text = "\n".join(Article.objects.values_list("body", flat=True))
    assert not re.search(r"\{-?\d+w?\}", text), "a date mark was not replaced"
    assert not re.search(r"20\d\d年", text), "a year would date the sample"
    lead = Placement.objects.get(page__issue__date=TODAY, page__code="A01", role="lead")
    assert timezone.localdate(lead.article.publish_at) == TODAY
    assert not Article.objects.filter(publish_at__gt=timezone.now()).exists()


def test_every_story_is_well_formed(sample):
    for story in Article.objects.prefetch_related("photos", "bylines"):
        assert body.problems(story.blocks) == [], story
        assert max(story.blocks.photo_numbers, default=0) <= story.photos.count(), story
        for photo in story.photos.all():
            assert photo.alt, story
            assert photo.credit, story
        story.full_clean()


def test_every_page_has_one_lead_and_nothing_is_placed_twice(sample):
    for page in Page.objects.filter(issue__in=Issue.objects.live()):
        roles = Counter(page.placements.values_list("role", flat=True))
        assert roles["lead"] == 1, page
        assert sum(roles.values()) >= 7, page
    assert max(Counter(Placement.objects.values_list("article", flat=True)).values()) == 1


def test_second_load_changes_nothing(sample):
    before, said = counts(), words()
    load(today=TODAY)
    assert counts() == before
    assert words() == said


def test_load_on_a_later_day_moves_the_paper_on(sample):
    before = counts()
    later = TODAY + datetime.timedelta(days=7)
    load(today=later)
    assert counts() == before
    assert list(Issue.objects.order_by("-date").values_list("date", flat=True)[:2]) == [
        later + datetime.timedelta(days=7),
        later,
    ]


def test_a_login_for_every_role_with_a_password_made_here(sample):
    groups = Counter(User.objects.values_list("groups__name", flat=True))
    assert groups == Counter({role.value: 1 for role in Role})
    user = User.objects.get(username="he.guilan")
    assert user.check_password(sample_password())
    assert not user.is_superuser
    printed = "\n".join(printed_logins())
    assert sample_password() in printed
    assert "he.guilan" in printed


def test_if_empty_leaves_a_newsroom_alone(db):
    Community.objects.create(name="甲区", slug="jia", level="district")
    call_command("sample", "--if-empty")
    assert Article.objects.count() == 0


def test_story_files_name_what_exists():
    places = reading.table("places")
    communities = {row["name"] for row in places["communities"]}
    stations = {row["name"] for row in places["stations"]}
    for file in reading.stories():
        assert set(file.head.get("communities", [])) <= communities, file.slug
        assert set(file.head.get("stations", [])) <= stations, file.slug


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("{-2}上午", "3月2日上午"),
        ("{-2w}", "星期一"),
        ("{0}起", "3月4日起"),
        ("{-4}", "2月28日"),
        ("没有{记号}", "没有{记号}"),
    ],
)
def test_date_marks_count_from_the_story_s_day(text, printed):
    assert reading.date_in(text, TODAY) == printed


def need_chinese_type():
    if not has_chinese_type():
        missing = "no Chinese type on this machine; on Debian: apt-get install fonts-noto-cjk"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)


def test_sample_has_a_printed_page_that_every_story_is_reached_from(sample, client):
    need_chinese_type()
    page = PressSheet.objects.get().page
    assert (page.issue.date, page.code) == (TODAY, "A01")
    html = client.get(page.get_absolute_url()).content.decode()
    reached = set(links(html.split("<svg")[1].split("</svg>")[0]))
    placed = [placement.article for placement in page.placements.all()]
    assert reached == {story.get_absolute_url() for story in placed}
    text = pdf.characters(Path(page.press.pdf.path))
    found = headlines.propose(text, {story.pk: story.headline for story in placed})
    assert set(found) == {story.pk for story in placed}
    for area in PageArea.objects.all():
        left, top, right, bottom = shapes.box_of(found[area.placement.article_id])
        assert area.left - 8 <= left < right <= area.right + 30
        assert area.top - 8 <= top < bottom <= area.bottom + 8


def test_printed_page_is_left_alone_until_its_day_passes(sample):
    need_chinese_type()
    before = PressSheet.objects.get()
    load(today=TODAY)
    assert PressSheet.objects.get() == before
    load(today=TODAY + datetime.timedelta(days=1))
    assert PressSheet.objects.get() != before


@pytest.mark.parametrize("width", [4, 7.5, 12])
def test_type_is_set_in_lines_that_fit_and_begin_with_no_closing_mark(width):
    words = "她问：“这就能走了？”“能走了。”楼长替她按下“1”，27秒（从6楼到1楼）。" * 3
    lines = list(lines_of(words, width))
    assert "".join(lines) == words
    assert all(0 < width_of(line) <= width + 1 for line in lines)
    assert not [line for line in lines if line[0] in CLOSING]


def test_standing_pattern_has_the_shape_and_the_weekday_of_the_newest_issue(sample):
    pattern, newest = Pattern.objects.get(), Issue.objects.live().order_by("-date")[0]
    assert pattern.is_for(TODAY)
    assert [(page.code, page.name, page.editor) for page in pattern.pages.all()] == [
        (page.code, page.name, page.editor) for page in newest.pages.all()
    ]


def test_standing_pattern_moves_on_with_the_sample(sample):
    load(today=TODAY + datetime.timedelta(days=1))
    assert Pattern.objects.get().is_for(TODAY + datetime.timedelta(days=1))


def test_the_next_issue_is_being_planned(sample):
    coming = Issue.objects.order_by("-date")[0]
    assert (coming.number, coming.date, coming.stage()) == (427, TODAY + DAYS_AHEAD, "planning")
    assert [(page.code, page.budget) for page in coming.pages.all()] == [
        ("A01", 4800),
        ("A02", 4800),
    ]
    placed = Placement.objects.get(page__issue=coming)
    assert (placed.page.code, placed.role, placed.article.status) == (
        "A01",
        "lead",
        "second_passed",
    )


def test_an_issue_that_is_planned_further_stays_as_it_is(sample):
    Placement.objects.filter(page__issue__number=427).delete()
    load(today=TODAY)
    assert not Placement.objects.filter(page__issue__number=427).exists()
