"""Pages (版) of an issue."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from communities.addresses import path_to

from .issue import Issue, IssueQuerySet
from .page_shape import PageShape
from .planned import PlannedQuerySet, PlannedRow


class Page(PageShape, PlannedRow):
    """A page of an issue, and where its stories stand."""

    above = "issue"

    issue = models.ForeignKey(
        Issue, verbose_name=_("issue"), related_name="pages", on_delete=models.CASCADE
    )

    objects = PlannedQuerySet.as_manager()

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        ordering = ["position", "code"]
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(
                fields=["issue", "code"],
                name="issues_page_code_once",
                violation_error_message=_("The issue already has a page of this code."),
            ),
            models.CheckConstraint(
                name="issues_page_has_code",
                condition=~Q(code=""),
                violation_error_message=_("A page needs a code."),
            ),
        ]

    def get_absolute_url(self) -> str:
        """The page on the public site."""
        if self.issue.date is None:
            return self.issue.get_absolute_url()
        return path_to("issues:page", self.issue.date, self.code)

    @property
    def answerable(self) -> list[tuple[str, str]]:
        """Who answers for the page: what each is to it, and the name."""
        return [
            (str(_("page editor")), self.editor),
            (str(_("layout by")), self.layout),
            (str(_("proof-reader")), self.proof),
        ]

    @classmethod
    def issues_above(cls, keys: Any) -> IssueQuerySet:
        """Return the issues of these keys."""
        return Issue.objects.filter(pk__in=keys)

    @classmethod
    def issues_of(cls, keys: Any) -> IssueQuerySet:
        """Return the issues these pages belong to."""
        return Issue.objects.filter(pages__in=keys)
