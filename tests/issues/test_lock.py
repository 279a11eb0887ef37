"""The lock on an issue: what no save, bulk change or deletion gets past."""

import datetime

import pytest
from django.db import transaction

from issues import scheduling
from issues.models import Issue, LockedError, Page, Placement
from tests.factories import make_article, make_issue, make_page
from tests.issues.planning import DAY, HOUR, NOW, bring_to, plan
from tests.newsroom import make_login

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return make_login("issue_editor")


@pytest.fixture
def page():
    return plan("渡口添灯", "巷口议事")


@pytest.fixture
def issue(page):
    return page.issue


@pytest.fixture(params=["locked", "scheduled", "live"])
def closed(request, issue, editor):
    return bring_to(issue, request.param, editor)


def test_holds_pages_placements_and_date(closed, page):
    placement = page.placements.first()
    other = make_page(make_issue(datetime.date(2026, 4, 1), number=9, status="planning"))
    story = make_article("备用稿", publish_at=None)
    late = Placement(page=page, article=story, position=9)
    moved = Placement.objects.create(page=other, article=story)
    moved.page = page
    closed.date = datetime.date(2026, 5, 1)
    page.name = "改过"
    placement.position = 7
    for change in (
        page.save,
        page.delete,
        placement.save,
        placement.delete,
        late.save,
        moved.save,
        closed.save,
        closed.delete,
        lambda: Page.objects.create(issue=closed, code="B01"),
        lambda: Page.objects.bulk_create([Page(issue=closed, code="B01")]),
        lambda: Page.objects.filter(pk=page.pk).update(name="改过"),
        lambda: Page.objects.filter(pk=other.pk).update(issue=closed),
        lambda: Page.objects.filter(pk=page.pk).delete(),
        lambda: Page.objects.bulk_update([page], ["name"]),
        lambda: Placement.objects.bulk_create([late]),
        lambda: page.placements.update(position=5),
        lambda: page.placements.all().delete(),
        lambda: Placement.objects.filter(pk=moved.pk).update(page=page),
        lambda: Placement.objects.bulk_update([placement], ["position"]),
        lambda: page.placements.add(moved),
        lambda: Issue.objects.filter(pk=closed.pk).update(date=DAY),
        lambda: Issue.objects.filter(pk=closed.pk).delete(),
    ):
        # `bulk_update` leaves a transaction of its own broken.
        with pytest.raises(LockedError), transaction.atomic():
            change()
    assert closed.pages.get().placements.count() == 2
    assert Issue.objects.get(pk=closed.pk).date == DAY


def test_holds_status_and_hour_of_any_issue(issue):
    issue.status = "scheduled"
    hour = Issue.objects.get()
    hour.publish_at = HOUR
    for change in (
        issue.save,
        hour.save,
        lambda: Issue.objects.update(status="locked"),
        lambda: Issue.objects.update(publish_at=HOUR),
        lambda: Issue.objects.create(status="locked"),
        lambda: Issue.objects.bulk_create([Issue(publish_at=HOUR)]),
        lambda: Issue.objects.bulk_update([issue], ["status"]),
    ):
        with pytest.raises(LockedError), transaction.atomic():
            change()


def test_is_off_again_once_unlocked(issue, page, editor):
    bring_to(issue, "locked", editor)
    scheduling.unlock(issue, by=editor, note="改头条", at=NOW)
    page.name = "社区"
    page.save()
    page.placements.all().delete()
    issue.date = datetime.date(2026, 5, 1)
    issue.save()


def test_leaves_the_number_alone(closed):
    closed.number = 99
    closed.save()
    assert Issue.objects.get().number == 99


def test_object_read_before_the_verb_puts_nothing_back(issue, editor):
    stale = Issue.objects.get()
    bring_to(issue, "scheduled", editor)
    with pytest.raises(LockedError):
        stale.save()
    assert Issue.objects.get().status == "scheduled"
