"""Where a story stands in print."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models import Article

from .issue import Issue, IssueQuerySet, Stage, live_at
from .page import Page
from .planned import PlannedQuerySet, PlannedRow

ISSUE = "page__issue__"


class Role(models.TextChoices):
    """What a story is on its page."""

    LEAD = "lead", _("lead")
    FEATURE = "feature", _("feature")
    PHOTO = "photo", _("photo")
    BRIEF = "brief", _("brief")


class Web(models.TextChoices):
    """When a story that stands in an issue appears on the web."""

    WITH_ISSUE = "issue", _("with the issue")
    FIRST = "first", _("on the web first")
    HELD = "held", _("held for print")


class PlacementQuerySet(PlannedQuerySet["Placement"]):
    """Questions about placements."""

    def with_stories(self) -> PlacementQuerySet:
        """Fetch what a page shows of its stories along (two queries in all)."""
        found = self.select_related("article__section", "article__column", "continued_on")
        return found.along("article__bylines", "article__photos")

    def public(self, at: datetime.datetime | None = None) -> PlacementQuerySet:
        """Placements of stories the public sees, on pages of issues the public sees."""
        now = at or timezone.now()
        # Asked of each story by its key: SQLite would write down all that are published first.
        story = Article.objects.published(now).order_by().filter(pk=OuterRef("article"))
        return self.filter(live_at(now, ISSUE), Exists(story))

    def coming(self, at: datetime.datetime | None = None) -> PlacementQuerySet:
        """Placements from which a story has yet to appear: it waits for its issue, or is held."""
        return self.filter(~live_at(at or timezone.now(), ISSUE) | Q(web=Web.HELD))

    def binding(self, at: datetime.datetime | None = None) -> PlacementQuerySet:
        """Placements that decide when their story appears: it is held, or its issue scheduled."""
        waiting = Q(**{f"{ISSUE}status": Stage.SCHEDULED}) & ~live_at(at or timezone.now(), ISSUE)
        return self.filter(waiting | Q(web=Web.HELD)).select_related("page__issue")


class Placement(PlannedRow):
    """A story on a page, in a role and an order."""

    above = "page"

    page = models.ForeignKey(
        Page, verbose_name=_("page"), related_name="placements", on_delete=models.CASCADE
    )
    article = models.ForeignKey(
        Article,
        verbose_name=_("story"),
        related_name="placements",
        on_delete=models.PROTECT,
        # The change of a published story stands where that story stands.
        limit_choices_to={"revises__isnull": True},
    )
    role = models.CharField(
        _("role on the page"), max_length=8, choices=Role.choices, default=Role.FEATURE
    )
    position = models.PositiveSmallIntegerField(_("order"), default=1)
    web = models.CharField(
        _("on the web"),
        max_length=8,
        choices=Web.choices,
        default=Web.WITH_ISSUE,
        editable=False,
    )
    continued_on = models.ForeignKey(
        Page,
        verbose_name=_("goes on on page"),
        related_name="continuations",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        help_text=_("Where the rest of it stands when it has no room on this page."),
    )

    objects = PlacementQuerySet.as_manager()

    class Meta:
        verbose_name = _("placement")
        verbose_name_plural = _("placements")
        ordering = ["position", "pk"]
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(
                fields=["page"],
                condition=Q(role=Role.LEAD),
                name="issues_placement_one_lead",
                violation_error_message=_("A page has one lead."),
            ),
            models.UniqueConstraint(
                fields=["page", "article"],
                name="issues_placement_once",
                violation_error_message=_("The story already stands on this page."),
            ),
            models.UniqueConstraint(
                fields=["page", "position"],
                name="issues_placement_order",
                violation_error_message=_("Two stories cannot stand at the same place."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.article}"

    @classmethod
    def issues_above(cls, keys: Any) -> IssueQuerySet:
        """Return the issues that these pages belong to."""
        return Issue.objects.filter(pages__in=keys)

    @classmethod
    def issues_of(cls, keys: Any) -> IssueQuerySet:
        """Return the issues these placements stand in."""
        return Issue.objects.filter(pages__placements__in=keys)
