"""Proof errors found in an issue after it has been published (编校差错), on record."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Correction
from articles.models.records import Record, RecordQuerySet

from .issue import Issue
from .page import Page


class ProofErrorQuerySet(RecordQuerySet["ProofError"]):
    """Questions about proof errors."""

    def standing(self) -> ProofErrorQuerySet:
        """Errors that have not been struck out."""
        return self.filter(strike__isnull=True)


class ProofError(Record):
    """An error as it was printed, and what it counts.

    `weight` is what this one error counted by the rule when it was noted, doubled already where it
    is `prominent`; what the rule allows of it within its issue is for `issues.quality` to say.
    `correction` is the public correction the error was taken over from.
    """

    class Kind(models.TextChoices):
        """What kind of error it is, in the rule's order."""

        FACT = "fact", _("fact, knowledge, logic or grammar")
        WORDS = "words", _("wrong, superfluous or missing characters")
        TRANSPOSED = "transposed", _("characters transposed")
        FIGURE = "figure", _("a wrong figure")
        NUMERALS = "numerals", _("numerals written against the standard")
        FOREIGN = "foreign", _("a word of a foreign language")
        PUNCTUATION = "punctuation", _("punctuation or symbols")
        LAYOUT = "layout", _("layout and format")
        OTHER = "other", _("something else")

    issue = models.ForeignKey(
        Issue, verbose_name=_("issue"), related_name="proof_errors", on_delete=models.PROTECT
    )
    page = models.ForeignKey(
        Page, verbose_name=_("page"), related_name="proof_errors", on_delete=models.PROTECT
    )
    story = models.ForeignKey(
        Article,
        verbose_name=_("story"),
        related_name="proof_errors",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    wrong = models.CharField(_("printed words"), max_length=200)
    right = models.CharField(_("as it should be"), max_length=200)
    kind = models.CharField(_("kind of error"), max_length=12, choices=Kind.choices)
    prominent = models.BooleanField(_("prominent"), default=False)
    weight = models.DecimalField(_("counts"), max_digits=4, decimal_places=1)
    found_on = models.DateField(_("found on"))
    found_by = models.CharField(_("found by"), max_length=60, blank=True)
    note = models.TextField(_("note"), blank=True)
    correction = models.ForeignKey(
        Correction,
        verbose_name=_("correction"),
        related_name="proof_errors",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("noted by"),
        related_name="proof_errors",
        on_delete=models.PROTECT,
    )
    at = models.DateTimeField(_("noted at"))

    objects = ProofErrorQuerySet.as_manager()

    class Meta:
        verbose_name = _("proof error")
        verbose_name_plural = _("proof errors")
        ordering = ["pk"]
        default_permissions = ("add", "view")
        constraints = [
            models.CheckConstraint(
                name="issues_prooferror_says_what", condition=~Q(wrong="") & ~Q(right="")
            ),
            models.CheckConstraint(name="issues_prooferror_counts", condition=Q(weight__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.wrong} → {self.right}"


class ProofErrorStrike(Record):
    """The striking-out of an error that was noted in error: the row stays, and counts no more."""

    error = models.OneToOneField(
        ProofError, verbose_name=_("proof error"), related_name="strike", on_delete=models.PROTECT
    )
    note = models.TextField(_("reason"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("struck out by"),
        related_name="proof_error_strikes",
        on_delete=models.PROTECT,
    )
    at = models.DateTimeField(_("struck out at"))

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("struck-out error")
        verbose_name_plural = _("struck-out errors")
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(name="issues_strike_has_reason", condition=~Q(note=""))
        ]

    def __str__(self) -> str:
        return self.note
