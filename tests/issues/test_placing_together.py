"""Editors who move at the same time, each in a thread and a connection of their own."""

from __future__ import annotations

import pytest

from issues import placing, scheduling
from issues.models import Issue, LockedError, Move, Placement, Role
from issues.placing import LeadTakenError, Seen, Spot, StoryMovedError
from tests.factories import make_article, make_page
from tests.issues.planning import plan
from tests.newsroom import make_login
from tests.same_time import together

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def editors():
    logins = [make_login("issue_editor", f"editor{number}") for number in range(2)]
    for login in logins:
        login.has_perms(placing.RIGHTS)
    return logins


@pytest.fixture
def page():
    page = plan("渡口添灯")
    make_page(page.issue, "A02", editor="顾行", proof="马文远")
    return page


@pytest.fixture
def second(page):
    return page.issue.pages.get(code="A02")


def positions(page):
    return list(page.placements.order_by("position").values_list("position", flat=True))


def test_nothing_is_lost_when_two_fill_one_page(page, editors):
    stories = [make_article(f"第{number}篇", publish_at=None) for number in range(12)]

    def fill(by, mine):
        def attempt():
            for story in mine:
                placing.place(page.issue, story, Spot(page, Role.FEATURE), by=by)

        return attempt

    assert together(fill(editors[0], stories[::2]), fill(editors[1], stories[1::2])) == [None, None]
    assert {one.article_id for one in page.placements.all()} >= {story.pk for story in stories}
    assert positions(page) == list(range(1, 14))
    assert Move.objects.count() == 12


@pytest.mark.parametrize("_time", range(3))
def test_one_story_put_on_two_pages_comes_to_one(_time, page, second, editors):
    story = make_article("抢手的稿", publish_at=None)
    answers = together(
        lambda: placing.place(page.issue, story, Spot(page, Role.FEATURE), by=editors[0]),
        lambda: placing.place(page.issue, story, Spot(second, Role.LEAD), by=editors[1]),
    )
    assert sum(isinstance(answer, StoryMovedError) for answer in answers) == 1
    assert Placement.objects.filter(article=story).count() == 1
    assert Move.objects.count() == 1


@pytest.mark.parametrize("_time", range(3))
def test_two_leads_at_once_leave_one_and_lose_none(_time, second, editors):
    first, other = (make_article(name, publish_at=None) for name in ("甲头条", "乙头条"))
    answers = together(
        *(
            lambda story=story, by=by: placing.place(
                second.issue, story, Spot(second, Role.LEAD), by=by, seen=Seen(lead=0)
            )
            for story, by in zip((first, other), editors, strict=True)
        )
    )
    assert sum(isinstance(answer, LeadTakenError) for answer in answers) == 1
    assert second.placements.get().role == Role.LEAD


def test_stories_that_cross_from_page_to_page_both_arrive(page, second, editors):
    first = page.placements.get().article
    other = make_article("对调的稿", publish_at=None)
    placing.place(page.issue, other, Spot(second, Role.LEAD), by=editors[0])
    spots = Spot(second, Role.FEATURE), Spot(page, Role.FEATURE)
    answers = together(
        lambda: placing.move(page.issue, first, page, spots[0], by=editors[0]),
        lambda: placing.move(page.issue, other, second, spots[1], by=editors[1]),
    )
    assert [answer.move is not None for answer in answers] == [True, True]
    assert [one.article for one in page.placements.all()] == [other]
    assert [one.article for one in second.placements.all()] == [first]
    assert positions(page) == positions(second) == [1]


@pytest.mark.parametrize("_time", range(3))
def test_locking_comes_before_or_after_a_move_and_never_between(_time, page, second, editors):
    placing.place(
        page.issue, make_article("补白", publish_at=None), Spot(second, Role.LEAD), by=editors[0]
    )
    late = make_article("赶来的稿", publish_at=None)
    _event, answer = together(
        lambda: scheduling.lock(page.issue, by=editors[0]),
        lambda: placing.place(page.issue, late, Spot(page, Role.FEATURE), by=editors[1]),
    )
    assert Issue.objects.get().status == "locked"
    assert isinstance(answer, LockedError) != late.placements.exists()


def test_one_story_moved_and_taken_off_at_once_ends_in_one_place(page, second, editors):
    story = page.placements.get().article
    moved, off = together(
        lambda: placing.move(page.issue, story, page, Spot(second, Role.LEAD), by=editors[0]),
        lambda: placing.take_off(page.issue, story, page, by=editors[1]),
    )
    # Whoever comes first wins, and the other is told.
    assert sum(isinstance(one, StoryMovedError) for one in (moved, off)) == 1
    assert story.placements.exists() == isinstance(off, StoryMovedError)
