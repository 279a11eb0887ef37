"""The three reviews (三审三校) and all else that happens to a story, on record."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from communities.models import Community

from .records import Record, RecordQuerySet
from .revision import Revision
from .section import Section


class Stage(models.TextChoices):
    """A review; the newsroom's three, and the press's own for a page that has been printed."""

    FIRST = "first", _("first review")
    SECOND = "second", _("second review")
    FINAL = "final", _("final review")
    PRINTED = "printed", _("as printed")


# The reviews a person makes, in their order.
STAGES = (Stage.FIRST, Stage.SECOND, Stage.FINAL)


class Review(Record):
    """One judgement of one text by one person.

    `persons` is how many different people the newsroom's rule asked for then (three, or two in a
    small newsroom); `problems` is what the copy-desk's checks said of the text at that moment.
    """

    class Decision(models.TextChoices):
        """What a reviewer decided."""

        PASS = "pass", _("passed")
        RETURN = "return", _("returned")
        DECLINE = "decline", _("not used")

    article = models.ForeignKey(
        "articles.Article",
        verbose_name=_("story"),
        related_name="reviews",
        on_delete=models.PROTECT,
    )
    revision = models.ForeignKey(
        Revision, verbose_name=_("revision"), related_name="reviews", on_delete=models.PROTECT
    )
    round = models.PositiveIntegerField(_("round"))
    stage = models.CharField(_("stage"), max_length=8, choices=Stage.choices)
    decision = models.CharField(_("decision"), max_length=8, choices=Decision.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("reviewer"),
        related_name="reviews",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    note = models.TextField(_("note"), blank=True)
    at = models.DateTimeField(_("at"))
    persons = models.PositiveSmallIntegerField(_("persons required"))
    problems = models.JSONField(_("warnings of the checks"), default=list)

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ["pk"]
        permissions = [
            ("review_first", _("Can make the first review")),
            ("review_second", _("Can make the second review")),
            ("review_final", _("Can make the final review")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["revision", "round", "stage"],
                condition=Q(decision="pass"),
                name="articles_review_passed_once",
            ),
            models.CheckConstraint(
                name="articles_review_by_a_person",
                condition=Q(by__isnull=False) | Q(stage=Stage.PRINTED),
            ),
            models.CheckConstraint(
                name="articles_review_returned_with_reason",
                condition=Q(decision="pass") | ~Q(note=""),
            ),
        ]
        indexes = [models.Index(fields=["at"], name="review_by_time")]

    def __str__(self) -> str:
        return f"{self.get_stage_display()} {self.get_decision_display()}"


class StoryEvent(Record):
    """Anything else that moved a story: who, when, why."""

    class Kind(models.TextChoices):
        """What happened."""

        SUBMITTED = "submitted", _("submitted")
        RECALLED = "recalled", _("taken back by its writer")
        CHANGED = "changed", _("changed during review")
        REOPENED = "reopened", _("reopened")
        SCHEDULED = "scheduled", _("given its time of publication")
        UNSCHEDULED = "unscheduled", _("time of publication taken away")
        UPDATED = "updated", _("changed after publication")
        DISCARDED = "discarded", _("discarded")
        RECOVERED = "recovered", _("recovered")
        DROPPED = "dropped", _("change dropped")
        WITHDRAWN = "withdrawn", _("withdrawn")
        REINSTATED = "reinstated", _("withdrawal undone")

    article = models.ForeignKey(
        "articles.Article",
        verbose_name=_("story"),
        related_name="events",
        on_delete=models.PROTECT,
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    revision = models.ForeignKey(
        Revision,
        verbose_name=_("revision"),
        related_name="events",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        related_name="story_events",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    at = models.DateTimeField(_("at"))
    note = models.TextField(_("note"), blank=True)

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["pk"]
        indexes = [models.Index(fields=["at"], name="story_event_by_time")]

    def __str__(self) -> str:
        return self.get_kind_display()


class Comment(models.Model):
    """A remark on a passage of a story, to be settled."""

    article = models.ForeignKey(
        "articles.Article",
        verbose_name=_("story"),
        related_name="comments",
        on_delete=models.PROTECT,
    )
    revision = models.ForeignKey(
        Revision, verbose_name=_("revision"), related_name="comments", on_delete=models.PROTECT
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        related_name="comments",
        on_delete=models.PROTECT,
    )
    at = models.DateTimeField(_("at"))
    text = models.TextField(_("remark"))
    field = models.CharField(_("field"), max_length=20, blank=True)
    quote = models.CharField(_("passage"), max_length=500, blank=True)
    start = models.PositiveIntegerField(null=True, blank=True)
    resolved_at = models.DateTimeField(_("settled at"), null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("settled by"),
        related_name="+",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(name="articles_comment_has_text", condition=~Q(text=""))
        ]

    def __str__(self) -> str:
        return self.text


class ReviewDuty(models.Model):
    """Who reviews what: a stage, for a section, a place, or (both empty) everything."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("reviewer"),
        related_name="review_duties",
        on_delete=models.CASCADE,
    )
    stage = models.CharField(
        _("stage"), max_length=8, choices=[(stage.value, stage.label) for stage in STAGES]
    )
    section = models.ForeignKey(
        Section,
        verbose_name=_("section"),
        related_name="review_duties",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
    )
    community = models.ForeignKey(
        Community,
        verbose_name=_("place"),
        related_name="review_duties",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
    )

    class Meta:
        verbose_name = _("review duty")
        verbose_name_plural = _("review duties")
        ordering = ["stage", "user"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "stage", "section", "community"],
                name="articles_reviewduty_once",
            )
        ]

    def __str__(self) -> str:
        where = self.section or self.community
        return f"{self.user} {self.get_stage_display()}" + (f" {where}" if where else "")
