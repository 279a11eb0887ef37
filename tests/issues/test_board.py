"""What the board shows of an issue: fullness, zones, what is missing."""

import pytest

from articles.models import Article
from issues.board import Fill, Fullness, board_of
from issues.lacks import lacks_of
from issues.models import Issue, Page, Role
from tests.factories import make_article, make_section, place
from tests.issues.planning import NOW, plan

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("characters", "budget", "fill", "difference"),
    [
        (0, None, Fill.UNMEASURED, 0),
        (0, 1000, Fill.SHORT, 1000),
        (849, 1000, Fill.SHORT, 151),
        (850, 1000, Fill.FITS, 150),
        (1000, 1000, Fill.FITS, 0),
        (1001, 1000, Fill.OVER, 1),
    ],
)
def test_fullness_is_said_against_the_budget(characters, budget, fill, difference):
    fullness = Fullness(characters, budget)
    assert fullness.fill == fill
    if budget:
        assert fullness.difference == difference


@pytest.fixture
def page():
    return plan("渡口添灯", "巷口议事")


def sheet_of(page):
    (sheet,) = board_of(Issue.objects.get(pk=page.issue_id), NOW).sheets
    return sheet


def test_characters_are_counted_as_the_newsroom_counts_them(page):
    Article.objects.filter(headline="巷口议事").move(characters=0)
    story = make_article("三个字和 two words", body="三个字 two words", publish_at=None)
    place(story, page)
    rest = Article.objects.get(headline="渡口添灯").character_count
    assert story.character_count == 5
    assert sheet_of(page).fullness.characters == rest + 5


def test_stories_stand_by_role_and_briefs_under_their_columns(page):
    filled, free = make_section("街巷快讯", kind="column"), make_section("新闻广角", kind="column")
    other = make_section("邻里问答", kind="column")
    page.columns.set([filled, free])
    for headline, column in (("无栏目", None), ("快讯", filled), ("问答", other)):
        place(make_article(headline, publish_at=None, column=column), page, Role.BRIEF)
    sheet = sheet_of(page)
    assert [(zone.role, zone.is_empty) for zone in sheet.zones] == [
        (Role.LEAD, False),
        (Role.FEATURE, False),
        (Role.PHOTO, True),
        (Role.BRIEF, False),
    ]
    heads = sheet.zones[3].heads
    assert [
        (str(head.column), [one.article.headline for one in head.places], head.lacks)
        for head in heads
    ] == [
        ("街巷快讯", ["快讯"], False),
        ("新闻广角", [], True),
        ("邻里问答", ["问答"], False),
        ("None", ["无栏目"], False),
    ]


def test_page_over_its_budget_is_a_lack_that_blocks_nothing(page):
    Page.objects.update(budget=10)
    issue = Issue.objects.get()
    over = sheet_of(page).fullness.difference
    (said,) = [lack for lack in lacks_of(issue, NOW) if str(over) in lack.message]
    assert said.message == f"A01 版超出字数容量 {over} 字。"
    assert not said.blocks
    Page.objects.update(budget=10_000)
    assert not [lack for lack in lacks_of(Issue.objects.get(), NOW) if "超出" in lack.message]
