"""The shape that the sample's issues have, and the next of them, which is being planned."""

from __future__ import annotations

import datetime

from django.contrib.auth.models import User

from articles.models import Article
from issues import patterns, placing
from issues.models import Issue, IssueQuerySet, Page, Pattern, PatternPage, Placement, Role, Stage

NAME = "每周两版"
# The sample's paper goes out at midnight, by itself.
HOUR = datetime.time.min
WEEK = datetime.timedelta(weeks=1)
# The story of the desk that the next issue begins with, and who plans it.
FIRST_PLACED = "sample/d-luodeng"
PLANNER = "ye.zhiqiu"


def load_pattern(newest: Issue) -> Pattern:
    """Load the pattern that the coming issues can take their shape from.

    Its weekday moves along with the issues', which are counted back from the day the sample is
    loaded; its pages are those of the newest one.

    Args:
        newest: the newest issue, with its pages.

    """
    if newest.date is None:
        raise ValueError(newest)
    pattern, _created = Pattern.objects.update_or_create(
        name=NAME, defaults={"weekdays": str(newest.date.isoweekday()), "hour": HOUR}
    )
    for page in newest.pages.all():
        PatternPage.objects.update_or_create(
            pattern=pattern,
            code=page.code,
            defaults={name: getattr(page, name) for name in Page.SHAPE},
        )
    return pattern


def load_coming(pattern: Pattern, newest: Issue) -> None:
    """Begin the next issue, so that the board has something on it; one that is there stays.

    Args:
        pattern: the shape it takes.
        newest: the issue before it.

    """
    if newest.number is None or newest.date is None or _coming(newest.number).exists():
        return
    planner = User.objects.get(username=PLANNER)
    issue = patterns.issue_from(
        pattern, date=newest.date + WEEK, number=newest.number + 1, by=planner
    )
    story = Article.objects.get(origin=FIRST_PLACED)
    if not Placement.objects.filter(article=story).exists():
        spot = placing.Spot(issue.pages.all()[0], Role.LEAD)
        placing.place(issue, story, spot, by=planner)


def move_coming_on(number: int, today: datetime.date) -> None:
    """Let the issue being planned stand a week ahead again, and so leave today to the newest.

    Args:
        number: the newest issue's number.
        today: the day of the newest issue.

    """
    for issue in _coming(number).filter(status=Stage.PLANNING):
        issue.date = today + WEEK
        issue.save(update_fields=["date"])


def _coming(number: int) -> IssueQuerySet:
    return Issue.objects.filter(number=number + 1)
