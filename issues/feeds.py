"""The paper by its issues as feeds: what stood in it on a day, and which issues have appeared."""

from __future__ import annotations

import datetime
import hashlib
import uuid
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db.models import Exists, Max, OuterRef
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _

from articles.feeds import PaperFeed, StoryFeed
from articles.feeds.feed import NAMES
from articles.feeds.formats import whole_seconds
from articles.feeds.freshness import BEFORE_ALL, EDITION, Freshness
from articles.models import Article, ArticleQuerySet
from issues.models import Issue, Page, Placement

LATEST_ISSUES = 20
PRINTED = ("article__headline", "article__publish_at", "article__updated_at")


class IssueFeed(StoryFeed):
    """The stories of an issue that the public sees."""

    address = "issues:issue_feed"
    # A broadsheet of sixteen pages has some two hundred.
    stories = 300

    def subject(self, asked: dict[str, Any]) -> Issue:
        """Return the issue, if the public sees it."""
        return get_object_or_404(Issue.objects.published(self.at), **asked)

    def within(self, stories: ArticleQuerySet, subject: Issue) -> ArticleQuerySet:
        """Leave the stories that stand in it."""
        placed = Placement.objects.filter(page__issue=subject)
        return stories.filter(Exists(placed.filter(article=OuterRef("pk"))))

    def title(self, subject: Issue) -> str:
        """Return the day of the issue and the paper's name."""
        day = formats.date_format(subject.date, "DATE_FORMAT") if subject.date else ""
        return super().title(_("Issue of %(date)s") % {"date": day})


class IssuesFeed(PaperFeed):
    """The latest issues: each with its pages and their headlines, leading to the e-paper."""

    address = "issues:issues_feed"

    def freshness(self, subject: None, said: Iterable[object]) -> Freshness:
        """Tell which issues it brings, and since when (four queries).

        Issues are few, and headlines short: what is printed is read at once, and what it says is
        what the ETag is made of.
        """
        self.issues = list(Issue.objects.published(self.at)[:LATEST_ISSUES])
        keys = [issue.pk for issue in self.issues]
        self.pages = list(Page.objects.filter(issue__in=keys).select_related("issue"))
        placed = Placement.objects.filter(page__issue__in=keys)
        public = placed.public(self.at).select_related("article").only("page", *PRINTED)
        self.placements: dict[int, list[Placement]] = {}
        for placement in public.order_by("position"):
            self.placements.setdefault(placement.page_id, []).append(placement)
        here = Exists(placed.filter(article=OuterRef("pk")))
        gone = Article.objects.withdrawn(self.at).filter(here)
        withdrawn_at = gone.order_by().aggregate(at=Max("withdrawn_at"))["at"]
        changes = [self.changed_at(issue) for issue in self.issues]
        changed_at = max([BEFORE_ALL, *changes, *([withdrawn_at] if withdrawn_at else [])])
        printed = [
            (page.issue_id, page.code, page.name, self._headlines(page)) for page in self.pages
        ]
        told = [(issue.date, issue.number, issue.publish_at) for issue in self.issues]
        names = (EDITION, settings.SITE_NAME, settings.USAGE_TERMS, settings.WEBSUB_HUB)
        digest = hashlib.sha256(repr([*names, *said, told, printed, changed_at]).encode())
        return Freshness(keys, changed_at, f'"{digest.hexdigest()[:32]}"')

    def _pages(self, issue: Issue) -> list[Page]:
        return [page for page in self.pages if page.issue_id == issue.pk]

    def _headlines(self, page: Page) -> list[tuple[int, str]]:
        placed = self.placements.get(page.pk, [])
        return [(one.article_id, one.article.headline) for one in placed]

    def changed_at(self, issue: Issue) -> datetime.datetime:
        """Return when an issue appeared, or a story of it appeared or changed last."""
        stories = [
            placement.article
            for page in self._pages(issue)
            for placement in self.placements.get(page.pk, [])
        ]
        moments = [moment for one in stories for moment in (one.publish_at, one.updated_at)]
        return max(moment for moment in [issue.publish_at, *moments] if moment)

    def title(self, subject: None) -> str:
        """Return the feed's name."""
        return super().title(_("All issues"))

    def description(self, subject: None) -> str:
        """Return what it brings."""
        return _("Every issue of %(paper)s, page by page") % {"paper": settings.SITE_NAME}

    subtitle = description

    def link(self, subject: None) -> str:
        """Return the page it belongs to."""
        return reverse("issues:issues")

    def items(self) -> list[Issue]:
        """Return the issues."""
        return self.issues

    def item_title(self, item: Issue) -> str:
        """Return the day of the issue and its number."""
        day = formats.date_format(item.date, "DATE_FORMAT") if item.date else ""
        number = _("No. %(number)d") % {"number": item.number} if item.number else ""
        return " ".join(part for part in (day, number) if part)

    def item_description(self, item: Issue) -> str:
        """Return the names of the pages."""
        return " ".join(f"{page.code} {page.name}" for page in self._pages(item))

    def item_guid(self, item: Issue) -> str:
        """Return the issue's lasting name: no two issues of a paper are of the same day."""
        return uuid.uuid5(NAMES, f"{settings.SITE_NAME} {item.date}").urn

    def item_pubdate(self, item: Issue) -> datetime.datetime | None:
        """Return when the issue appeared."""
        return whole_seconds(item.publish_at) if item.publish_at else None

    def item_updateddate(self, item: Issue) -> datetime.datetime:
        """Return when it changed last."""
        return whole_seconds(self.changed_at(item))

    def item_extra_kwargs(self, item: Issue) -> dict[str, Any]:
        """Return the pages and headlines as HTML; an issue is the paper's, and nobody's alone."""
        pages = [(page, self.placements.get(page.pk, [])) for page in self._pages(item)]
        content = {"pages": pages, "root": self.root}
        html = render_to_string("issues/_feed_issue.html", content)
        return {"content": html, "authors": [], "picture": {}}
