"""What editors move on an issue's board, so that each sees what the others did."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from articles.models.records import Record, RecordQuerySet

from .issue import Issue
from .placement import Role


class Move(Record):
    """One move on the board: whose, which story, from where to where.

    Lighter than an `IssueEvent`: it goes with the issue when that is deleted, and stays out of the
    record of its scheduling, where hundreds of moves would hide the few steps that an inspection
    asks for. Pages are kept by their codes, which outlive the pages; "" is the tray.
    """

    issue = models.ForeignKey(
        Issue, verbose_name=_("issue"), related_name="moves", on_delete=models.CASCADE
    )
    story = models.ForeignKey(
        Article, verbose_name=_("story"), related_name="moves", on_delete=models.PROTECT
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        related_name="moves",
        on_delete=models.PROTECT,
    )
    at = models.DateTimeField(_("at"))
    from_page = models.CharField(_("from page"), max_length=8, blank=True)
    from_role = models.CharField(_("from role"), max_length=8, choices=Role.choices, blank=True)
    to_page = models.CharField(_("to page"), max_length=8, blank=True)
    to_role = models.CharField(_("to role"), max_length=8, choices=Role.choices, blank=True)

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("move on the board")
        verbose_name_plural = _("moves on the board")
        ordering = ["-pk"]
        # Nobody writes one by hand; the board shows them to whoever may see it.
        default_permissions = ()

    def __str__(self) -> str:
        names = {
            "story": self.story.headline,
            "from": self.from_page,
            "page": self.to_page,
            "role": self.get_to_role_display(),
        }
        if not self.to_page:
            return str(_("took “%(story)s” off %(from)s")) % names
        if not self.from_page:
            return str(_("put “%(story)s” on %(page)s (%(role)s)")) % names
        if self.from_page != self.to_page:
            return str(_("moved “%(story)s” from %(from)s to %(page)s (%(role)s)")) % names
        if self.from_role != self.to_role:
            return str(_("made “%(story)s” %(role)s on %(page)s")) % names
        return str(_("moved “%(story)s” within %(page)s")) % names
