"""Printed pages come in with their issue: live once its day has begun, and never past a lock."""

import datetime

import pytest
from django.utils import timezone

from articles.importing.storing import PageImportError
from articles.models import Article
from issues.models import Issue, IssueEvent, Page, Stage
from issues.page_import import Wishes, import_page
from tests.acceptance.test_import_page import PAGE
from tests.factories import make_issue

pytestmark = pytest.mark.django_db

DAY = datetime.date(2026, 3, 3)
HOUR = datetime.timedelta(hours=1)


def midnight():
    return timezone.make_aware(datetime.datetime.combine(DAY, datetime.time.min))


def read_in(code="A02", text=PAGE, **wishes):
    return import_page(text, Wishes(date=DAY, code=code, **wishes))


def test_issue_and_stories_are_public_from_the_beginning_of_their_day():
    read_in()
    issue = Issue.objects.get()
    before = midnight() - datetime.timedelta(seconds=1)
    assert (issue.stage(before), issue.stage(midnight())) == (Stage.SCHEDULED, Stage.LIVE)
    assert not Article.objects.published(before).exists()
    assert Article.objects.published(midnight()).count() == 3
    event = IssueEvent.objects.get()
    assert (event.kind, event.by) == ("printed", None)


def test_another_page_joins_an_issue_that_is_live():
    read_in()
    read_in("A03", PAGE.replace("爬楼机", "电梯"))
    assert Page.objects.count() == 2
    assert IssueEvent.objects.count() == 1
    assert Article.objects.published(midnight()).count() == 6


def test_page_that_joins_an_issue_before_its_hour_appears_with_it():
    hour = timezone.now() + HOUR
    make_issue(DAY, publish_at=hour)
    read_in()
    assert set(Article.objects.values_list("publish_at", flat=True)) == {hour}
    assert not Article.objects.published().exists()


@pytest.mark.parametrize(
    ("fields", "publish"),
    [
        ({"status": "locked", "publish_at": None}, True),
        ({"status": "locked", "publish_at": None}, False),
        # A draft on a page that has its hour would be an issue with an empty place.
        ({"publish_at": midnight() + datetime.timedelta(days=90000)}, False),
    ],
)
def test_issue_the_newsroom_has_closed_takes_no_page(fields, publish):
    make_issue(DAY, **fields)
    with pytest.raises(PageImportError, match="2026-03-03"):
        read_in(publish=publish)
    assert not Article.objects.exists()
    assert not Page.objects.exists()


def test_page_joins_an_issue_that_is_being_planned():
    make_issue(DAY, status="planning", publish_at=None)
    result = read_in(publish=False)
    assert result.page.placements.count() == 3
    assert Issue.objects.get().stage() == Stage.PLANNING
