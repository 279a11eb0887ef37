"""Moves on an issue's board: what each does, what it refuses, what stays on record."""

import pytest
from django.contrib.auth.models import AnonymousUser, Permission
from django.core.exceptions import PermissionDenied

from articles.models import Article, Status
from issues import placing
from issues.models import Issue, LockedError, Move, Placement, Role
from issues.placing import (
    LeadTakenError,
    NotReadyError,
    PageGoneError,
    PlacingError,
    Seen,
    Spot,
    StoryMovedError,
)
from tests.factories import make_article, make_draft, make_page, outline, place
from tests.issues.planning import NOW, bring_to, place_of, plan
from tests.newsroom import make_login

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return make_login("issue_editor", first_name="叶知秋")


@pytest.fixture
def other():
    return make_login("issue_editor", "another", first_name="顾行")


@pytest.fixture
def page():
    """A page with a lead and two features; a second page stands beside it."""
    page = plan("渡口添灯", "巷口议事", "桥头义诊")
    make_page(page.issue, "A02", "社区", editor="顾行", proof="马文远")
    return page


@pytest.fixture
def second(page):
    return page.issue.pages.get(code="A02")


@pytest.fixture
def story():
    return make_article("河堤补道", publish_at=None)


def article(headline):
    return Article.objects.get(headline=headline)


def shown(page):
    """Return what stands on a page, in its order; positions have to run from 1."""
    rows = list(page.placements.order_by("position"))
    assert [row.position for row in rows] == list(range(1, len(rows) + 1))
    return [(row.article.headline, row.role) for row in rows]


def put(page, story, by, role=Role.FEATURE, before=None, **more):
    return placing.place(page.issue, story, Spot(page, role, before), by=by, at=NOW, **more)


def shift(headline, origin, page, by, role=Role.FEATURE, before=None, **more):
    story = article(headline)
    spot = Spot(page, role, before)
    return placing.move(page.issue, story, origin, spot, by=by, at=NOW, **more)


@pytest.mark.parametrize(
    ("role", "before", "expected"),
    [
        ("feature", None, ["渡口添灯", "巷口议事", "桥头义诊", "河堤补道"]),
        ("feature", "巷口议事", ["渡口添灯", "河堤补道", "巷口议事", "桥头义诊"]),
        ("photo", None, ["渡口添灯", "巷口议事", "桥头义诊", "河堤补道"]),
        ("lead", None, ["河堤补道", "渡口添灯", "巷口议事", "桥头义诊"]),
    ],
)
def test_story_is_put_where_it_is_wished(role, before, expected, page, story, editor):
    before = article(before).pk if before else None
    put(page, story, editor, role, before)
    assert [headline for headline, _role in shown(page)] == expected
    assert (story.headline, role) in shown(page)


def test_first_of_a_role_stands_between_the_roles_before_and_after_it(page, story, editor):
    place(make_article("街巷快讯", publish_at=None), page, Role.BRIEF)
    put(page, story, editor, Role.PHOTO)
    assert shown(page)[3:] == [("河堤补道", "photo"), ("街巷快讯", "brief")]


def test_second_lead_makes_a_feature_of_the_first_and_says_so(page, story, editor):
    done = put(page, story, editor, Role.LEAD, seen=Seen(lead=article("渡口添灯").pk))
    assert shown(page)[:2] == [("河堤补道", "lead"), ("渡口添灯", "feature")]
    assert done.said == ["A01 版原来的头条《渡口添灯》改为一般稿件。"]
    assert [str(move) for move in Move.objects.all()] == [
        "把《河堤补道》排上 A01 版（头条）",
        "在 A01 版把《渡口添灯》改为“一般”",
    ]


def test_lead_that_was_not_seen_is_not_displaced(page, story, editor, other):
    put(page, make_article("新头条", publish_at=None), other, Role.LEAD)
    with pytest.raises(LeadTakenError, match="顾行刚把《新头条》定为 A01 版的头条"):
        put(page, story, editor, Role.LEAD, seen=Seen(lead=article("渡口添灯").pk))
    assert shown(page)[0] == ("新头条", "lead")
    put(page, story, editor, Role.LEAD, seen=Seen(lead=article("新头条").pk))
    assert shown(page)[:2] == [("河堤补道", "lead"), ("新头条", "feature")]


def test_story_moves_to_another_page_and_leaves_no_gap(page, second, editor):
    shift("巷口议事", page, second, editor, Role.LEAD)
    assert shown(page) == [("渡口添灯", "lead"), ("桥头义诊", "feature")]
    assert shown(second) == [("巷口议事", "lead")]
    move = Move.objects.get()
    assert str(move) == "把《巷口议事》从 A01 版移到 A02 版（头条）"
    assert (move.by, move.at) == (editor, NOW)


def test_order_changes_within_a_role(page, editor):
    shift("桥头义诊", page, page, editor, before=article("巷口议事").pk)
    assert [headline for headline, _role in shown(page)] == ["渡口添灯", "桥头义诊", "巷口议事"]
    assert str(Move.objects.get()) == "在 A01 版里调整了《桥头义诊》的次序"


def test_taking_off_leaves_the_rest_in_order_and_the_story_whole(page, editor):
    placing.take_off(page.issue, article("渡口添灯"), page, by=editor, at=NOW)
    assert shown(page) == [("巷口议事", "feature"), ("桥头义诊", "feature")]
    assert str(Move.objects.get()) == "把《渡口添灯》从 A01 版撤下"
    assert article("渡口添灯").status == Status.APPROVED


class TestMeanwhile:
    """What somebody else has done between the look at the board and the move."""

    def test_story_put_elsewhere_stays_there(self, page, second, story, editor, other):
        put(second, story, other)
        with pytest.raises(StoryMovedError, match="顾行刚把《河堤补道》放到了 A02 版"):
            put(page, story, editor)
        assert shown(second) == [("河堤补道", "feature")]

    def test_story_moved_on_stays_there(self, page, second, editor, other):
        shift("巷口议事", page, second, other)
        third = make_page(page.issue, "A03")
        with pytest.raises(StoryMovedError, match="顾行刚把《巷口议事》放到了 A02 版"):
            shift("巷口议事", page, third, editor)
        with pytest.raises(StoryMovedError, match="A02"):
            placing.take_off(page.issue, article("巷口议事"), page, by=editor)
        assert shown(second) == [("巷口议事", "feature")]

    def test_story_taken_off_stays_off(self, page, second, editor, other):
        placing.take_off(page.issue, article("巷口议事"), page, by=other)
        with pytest.raises(StoryMovedError, match="顾行刚把《巷口议事》从版上撤下了"):
            shift("巷口议事", page, second, editor)
        assert shown(second) == []

    def test_another_order_stands_in_nobodys_way(self, page, editor, other):
        shift("桥头义诊", page, page, other, before=article("巷口议事").pk)
        shift("巷口议事", page, page, editor, Role.PHOTO, seen=Seen(role="feature"))
        assert shown(page) == [("渡口添灯", "lead"), ("桥头义诊", "feature"), ("巷口议事", "photo")]

    def test_whoever_only_changes_the_order_keeps_the_new_role(self, page, editor, other):
        shift("巷口议事", page, page, other, Role.PHOTO)
        shift("巷口议事", page, page, editor, Role.FEATURE, seen=Seen(role="feature"))
        assert ("巷口议事", "photo") in shown(page)

    def test_story_to_stand_before_has_gone(self, page, story, editor, other):
        gone = article("桥头义诊")
        placing.take_off(page.issue, gone, page, by=other)
        done = put(page, story, editor, before=gone.pk)
        assert shown(page)[-1] == ("河堤补道", "feature")
        assert done.said == ["原要排在它前面的那篇已经不在那里，所以排在最后。"]

    def test_page_has_gone(self, page, second, story, editor):
        second.delete()
        second.pk = 999_999
        with pytest.raises(PageGoneError):
            put(second, story, editor)

    def test_issue_was_locked(self, page, second, story, editor):
        place(make_article("补白", publish_at=None), second, Role.LEAD)
        bring_to(page.issue, "locked", editor)
        for attempt in (
            lambda: put(page, story, editor),
            lambda: shift("巷口议事", page, second, editor),
            lambda: placing.take_off(page.issue, article("巷口议事"), page, by=editor),
        ):
            with pytest.raises(LockedError):
                attempt()
        assert not Move.objects.exists()


class TestTwice:
    """The same move sent again, because no answer came to the first."""

    def test_putting(self, page, story, editor):
        put(page, story, editor, Role.LEAD, seen=Seen(lead=article("渡口添灯").pk))
        again = put(page, story, editor, Role.LEAD, seen=Seen(lead=article("渡口添灯").pk))
        assert again.move is None
        assert Move.objects.count() == 2
        assert shown(page)[0] == ("河堤补道", "lead")

    def test_moving_to_another_page(self, page, second, editor):
        for _time in range(2):
            shift("巷口议事", page, second, editor, Role.LEAD, seen=Seen("feature", 0))
        assert shown(second) == [("巷口议事", "lead")]
        assert Move.objects.count() == 1

    def test_moving_within_a_page(self, page, editor):
        for _time in range(2):
            shift("桥头义诊", page, page, editor, before=article("巷口议事").pk)
        assert Move.objects.count() == 1

    def test_taking_off(self, page, editor):
        for _time in range(2):
            placing.take_off(page.issue, article("巷口议事"), page, by=editor)
        assert Move.objects.count() == 1


@pytest.mark.parametrize("status", [Status.DRAFT, Status.SUBMITTED, Status.RETURNED])
def test_story_that_has_passed_no_review_is_not_planned_with(status, page, editor):
    with pytest.raises(NotReadyError, match="没写完"):
        put(page, make_article("没写完", status=status, publish_at=None), editor)


@pytest.mark.parametrize("status", [Status.FIRST_PASSED, Status.SECOND_PASSED, Status.APPROVED])
def test_story_that_has_passed_a_review_is(status, page, editor):
    put(page, make_article("将要写完", status=status, publish_at=None), editor)
    assert shown(page)[-1] == ("将要写完", "feature")


def test_change_of_a_published_story_is_not_planned_with(page, story, editor):
    copy = make_article("改过的", status=Status.SECOND_PASSED, publish_at=None, revises=story)
    with pytest.raises(NotReadyError):
        put(page, copy, editor)


def test_story_that_went_back_to_its_writer_can_still_be_moved_and_taken_off(page, second, editor):
    draft = make_draft("退回的")
    place(draft, page)
    shift("退回的", page, second, editor)
    placing.take_off(page.issue, draft, second, by=editor)
    assert not Placement.objects.filter(article=draft).exists()


def test_story_that_stands_twice_is_told_apart_by_its_page(page, second, editor):
    place(article("巷口议事"), second)
    with pytest.raises(PlacingError, match="《巷口议事》已经在 A02 版上了"):
        shift("巷口议事", page, second, editor)
    placing.take_off(page.issue, article("巷口议事"), second, by=editor)
    assert shown(second) == []
    assert ("巷口议事", "feature") in shown(page)


def test_areas_stay_within_a_page_and_go_with_it(page, second, editor):
    outline(place_of("巷口议事"))
    shift("巷口议事", page, page, editor, Role.PHOTO)
    assert place_of("巷口议事").areas.count() == 1
    done = shift("巷口议事", page, second, editor)
    assert place_of("巷口议事").areas.count() == 0
    assert done.said == ["它在原来那一版版面图上的热区已一并去掉。"]


def test_how_a_story_appears_on_the_web_goes_along(page, second, editor):
    Placement.objects.filter(article=article("巷口议事")).update(web="held")
    shift("巷口议事", page, second, editor)
    assert place_of("巷口议事").web == "held"


@pytest.mark.parametrize("missing", placing.RIGHTS)
def test_takes_every_right_that_the_forms_ask_for(missing, page, story):
    half = make_login("issue_editor", "half")
    half.groups.clear()
    for right in {*placing.RIGHTS} - {missing}:
        half.user_permissions.add(Permission.objects.get(codename=right.split(".")[1]))
    for attempt in (
        lambda: put(page, story, half),
        lambda: shift("巷口议事", page, page, half),
        lambda: placing.take_off(page.issue, article("巷口议事"), page, by=half),
        lambda: put(page, story, AnonymousUser()),
    ):
        with pytest.raises(PermissionDenied):
            attempt()


def test_issue_with_moves_can_be_deleted_while_it_is_planned(page, story, editor):
    put(page, story, editor)
    Issue.objects.get().delete()
    assert not Move.objects.exists()
    story.refresh_from_db()


@pytest.mark.parametrize("count", [4, 30])
def test_move_costs_the_same_on_a_full_page(count, page, second, editor, django_assert_num_queries):
    for number in range(count):
        place(make_article(f"第{number}篇", publish_at=None), second)
    story, spot = article("巷口议事"), Spot(second, Role.FEATURE, article("第3篇").pk)
    editor.has_perms(placing.RIGHTS)
    with django_assert_num_queries(14):
        placing.move(page.issue, story, page, spot, by=editor)
