"""Stories."""

from __future__ import annotations

import datetime
from functools import cached_property, lru_cache
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from articles import body as body_text
from articles.bylines import Credit, format_credits
from communities.addresses import path_to
from communities.models import Activity, Community, ServiceStation

from . import gate
from .article_queryset import ArticleQuerySet
from .photo import Photo
from .revision import Revision
from .section import Section
from .states import FROZEN, GATED, GUARDED, READY, WITH_WRITER, Genre, Status
from .tag import TaggedArticle

# A broadsheet page holds about 8,000 characters; what is longer than ten is no story, but a paste
# gone wrong, and would have to be compared, checked and shown whole at every step.
LONGEST_BODY = 100_000
# A body up to this length is parsed once for all the pages that show it; so many are kept, and
# twice as many beginnings.
KEPT_BODY, KEPT_BODIES = 10_000, 512
_parsed = lru_cache(maxsize=KEPT_BODIES)(body_text.parse)


@lru_cache(maxsize=2 * KEPT_BODIES)
def _beginning(text: str, length: int) -> str:
    """Return a body's excerpt: a page names it up to four times, and many pages the same one."""
    return body_text.excerpt(_parsed(text), length)


@lru_cache(maxsize=KEPT_BODIES)
def _count(text: str) -> int:
    return body_text.character_count(_parsed(text))


class Article(models.Model):
    """A story: headlines, structured body text (see `articles.body`), where it belongs."""

    genre = models.CharField(_("genre"), max_length=10, choices=Genre.choices, default=Genre.STORY)
    kicker = models.CharField(
        _("kicker"), max_length=120, blank=True, help_text=_("The smaller line above the headline.")
    )
    headline = models.CharField(
        _("headline"),
        max_length=120,
        error_messages={
            "blank": _("A story needs a headline."),
            "required": _("A story needs a headline."),
        },
    )
    deck = models.CharField(
        _("deck"), max_length=200, blank=True, help_text=_("The smaller line below the headline.")
    )
    body = models.TextField(
        _("body"),
        validators=[
            MaxLengthValidator(
                LONGEST_BODY,
                _(
                    "The body has %(show_value)d characters; a story may have %(limit_value)d at "
                    "most. All of it is still here: divide it, or take out what is not the story."
                ),
            )
        ],
        error_messages={
            "blank": _("A story needs a body."),
            "required": _("A story needs a body."),
        },
        help_text=_(
            "One line is one paragraph. “## ” begins a subhead, “- ” a list item, "
            "“> ” a quotation; [图1] alone on a line puts the first photo there."
        ),
    )
    dateline = models.BooleanField(
        _("begins with 本报讯"),
        default=False,
        help_text=_("Printed by the page; do not type it into the body."),
    )
    section = models.ForeignKey(
        Section,
        verbose_name=_("section"),
        related_name="articles",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        limit_choices_to={"kind": Section.Kind.SECTION},
    )
    column = models.ForeignKey(
        Section,
        verbose_name=_("standing column"),
        related_name="column_articles",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        limit_choices_to=~Q(kind=Section.Kind.SECTION),
    )
    communities = models.ManyToManyField(
        Community, verbose_name=_("communities"), related_name="articles", blank=True
    )
    stations = models.ManyToManyField(
        ServiceStation, verbose_name=_("service stations"), related_name="articles", blank=True
    )
    activities = models.ManyToManyField(
        Activity,
        verbose_name=_("activities"),
        related_name="articles",
        blank=True,
        help_text=_("What the story tells of; the activity's page leads to it."),
    )
    tags = TaggableManager(
        through=TaggedArticle,
        blank=True,
        verbose_name=_("tags"),
        help_text=_("Divide them with 、 or a comma."),
    )
    source = models.CharField(
        _("reprinted from"), max_length=120, blank=True, help_text=_("As printed, e.g. 新华社")
    )
    original_title = models.CharField(_("original title"), max_length=120, blank=True)
    original_author = models.CharField(_("original author"), max_length=120, blank=True)
    responsible_editor = models.CharField(
        _("responsible editor"),
        max_length=60,
        blank=True,
        help_text=_("Who answers for the reprint in this newsroom."),
    )
    unread_credit = models.CharField(
        _("credit that could not be read"),
        max_length=200,
        blank=True,
        help_text=_("Printed as it stands; turn it into bylines and empty this field."),
    )
    status = models.CharField(
        _("status"), max_length=16, choices=Status.choices, default=Status.DRAFT, editable=False
    )
    publish_at = models.DateTimeField(_("publish at"), null=True, blank=True, editable=False)
    deadline = models.DateTimeField(
        _("deadline"), null=True, blank=True, help_text=_("When it has to be approved.")
    )
    expires_at = models.DateTimeField(
        _("expires at"),
        null=True,
        blank=True,
        help_text=_("For notices: from then on it leaves the lists and says that it is past."),
    )
    head = models.ForeignKey(
        Revision,
        verbose_name=_("present text"),
        related_name="+",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
    )
    approved_revision = models.ForeignKey(
        Revision,
        verbose_name=_("approved text"),
        related_name="+",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
    )
    revises = models.OneToOneField(
        "self",
        verbose_name=_("changes the published story"),
        related_name="working_copy",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
    )
    correction_note = models.TextField(
        _("correction"),
        blank=True,
        help_text=_("Published under the story with the date: what was wrong, and what is right."),
    )
    characters = models.PositiveIntegerField(_("characters"), default=0, editable=False)
    round = models.PositiveIntegerField(_("round"), default=0, editable=False)
    stage_since = models.DateTimeField(_("waiting since"), null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True, editable=False)
    withdrawal_reason = models.TextField(_("reason of the withdrawal"), blank=True, editable=False)
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("filed by"),
        related_name="articles",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
    )
    origin = models.CharField(
        _("import key"), max_length=120, unique=True, null=True, blank=True, editable=False
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("last changed at"), auto_now=True)

    objects = ArticleQuerySet.as_manager()
    # What the row held when it was read.
    _held: dict[str, Any]

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")
        ordering = ["-pk"]
        permissions = [
            ("edit_any_article", _("Can edit stories filed by others")),
            ("publish_article", _("Can publish approved stories")),
            ("withdraw_article", _("Can withdraw published stories")),
        ]
        constraints = [
            models.CheckConstraint(
                name="articles_article_has_headline",
                condition=~Q(headline=""),
                violation_error_message=_("A story needs a headline."),
            ),
            models.CheckConstraint(
                name="articles_article_has_body",
                condition=~Q(body=""),
                violation_error_message=_("A story needs a body."),
            ),
            models.CheckConstraint(
                name="articles_article_approved_text_known",
                condition=~Q(status=Status.APPROVED) | Q(approved_revision__isnull=False),
            ),
            models.CheckConstraint(
                name="articles_article_copy_is_not_public",
                condition=Q(revises__isnull=True) | Q(publish_at__isnull=True),
            ),
            models.CheckConstraint(
                name="articles_article_withdrawn_with_reason",
                condition=~Q(status=Status.WITHDRAWN)
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawal_reason="")),
            ),
        ]
        # Only approved stories are ever listed in public, newest first, whole or by one condition.
        indexes = [
            models.Index(
                fields=[*fields, "-publish_at", "-id"],
                name=name,
                condition=Q(status=Status.APPROVED),
            )
            for name, fields in {
                "article_published": (),
                "article_published_in_section": ("section",),
                "article_published_in_column": ("column",),
                "article_published_of_genre": ("genre",),
            }.items()
        ] + [
            # When each appeared, by key: puts what search has found in order.
            models.Index(
                fields=["id", "publish_at"],
                name="article_hour",
                condition=Q(status=Status.APPROVED),
            ),
            # The queues: what waits for a review, the longest wait first.
            models.Index(
                fields=["status", "stage_since", "id"],
                name="article_awaiting",
                condition=~Q(status=Status.APPROVED),
            ),
            # What feeds and sitemaps ask about first: SQLite cannot use the queues' index for it.
            models.Index(
                fields=["publish_at", "withdrawn_at"],
                name="article_withdrawn",
                condition=Q(status=Status.WITHDRAWN),
            ),
            # The tray of an issue's board: what may stand in print, the latest first.
            models.Index(
                fields=["-stage_since", "-id"],
                name="article_ready",
                condition=Q(status__in=READY, revises__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.headline

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save what is for everybody to save.

        Raises:
            articles.models.gate.GateError: when the status, the time or an approved text would
                change: that is for the verbs of `articles.reviews` and `articles.publishing`.

        """
        gate.refuse(self.changed_behind_the_gate())
        if self._state.adding:
            # A made-up key must not write over a story that exists.
            kwargs["force_insert"] = True
        super().save(*args, **kwargs)
        self.remember()

    def get_absolute_url(self) -> str:
        """The story's page on the public site."""
        return path_to("articles:article", self.pk)

    @classmethod
    def from_db(cls, *args: Any, **kwargs: Any) -> Article:
        """Remember what the row held, so that a save can tell what it would change."""
        story = super().from_db(*args, **kwargs)
        story.remember()
        return story

    def refresh_from_db(
        self, using: str | None = None, fields: Any = None, from_queryset: Any = None
    ) -> None:
        """Read the row, or some of its columns, again, and remember what was read."""
        super().refresh_from_db(using, fields, from_queryset)
        # What was changed in memory and not read again is no memory of the row.
        self.remember(GUARDED if fields is None else GUARDED.intersection(fields))

    def remember(self, names: frozenset[str] = GUARDED) -> None:
        """Take the values the row has now for the ones it was read with."""
        held = {name: self.__dict__[name] for name in names if name in self.__dict__}
        self._held = {**getattr(self, "_held", {}), **held}

    def changed_behind_the_gate(self) -> set[str]:
        """Return the columns a save would change that are not for saves to change."""
        if self._state.adding:
            fresh = Article()
            return {name for name in GATED if getattr(self, name) != getattr(fresh, name)}
        guarded = GUARDED if self._held.get("status") in FROZEN else GATED
        return {
            name for name in guarded & self._held.keys() if self._held[name] != getattr(self, name)
        }

    def is_public(self, at: datetime.datetime | None = None) -> bool:
        """Whether the public sees this story at a moment; says the same as `published`."""
        return (
            self.status == Status.APPROVED
            and self.publish_at is not None
            and self.publish_at <= (at or timezone.now())
        )

    @property
    def identity(self) -> Article:
        """The story this is, or that this is the working copy of: what the record speaks of."""
        return self.revises or self

    @property
    def is_frozen(self) -> bool:
        """Whether the text is closed to change, because it was approved, withdrawn or discarded."""
        return self.status in FROZEN

    def has_expired(self, at: datetime.datetime | None = None) -> bool:
        """Whether a notice's time is over."""
        return self.expires_at is not None and self.expires_at <= (at or timezone.now())

    def is_editable_by(self, user: User | AnonymousUser) -> bool:
        """Whether someone may change this text now.

        A story is its writer's until it is submitted and again when it is returned; in review it
        is for those with the right to all stories; an approved text is for nobody: it is reopened,
        or changed in a working copy.
        """
        if self.is_frozen:
            return False
        if user.has_perm("articles.edit_any_article"):
            return True
        return self.filed_by_id == user.pk and self.status in WITH_WRITER

    @cached_property
    def blocks(self) -> body_text.Body:
        """The body, parsed."""
        return _parsed(self.body) if len(self.body) <= KEPT_BODY else body_text.parse(self.body)

    @property
    def credits(self) -> list[Credit]:
        """The bylines as credits, in their order (one query, none after `with_bylines`)."""
        return [Credit(line.name, line.role, line.organisation) for line in self.bylines.all()]

    @property
    def credit_line(self) -> str:
        """The bylines as a newspaper prints them, without brackets; "" where there are none."""
        printed = format_credits(self.credits)
        return " ".join(part for part in (printed, self.unread_credit) if part)

    @property
    def character_count(self) -> int:
        """The body's length as newsrooms count it (字数)."""
        if len(self.body) <= KEPT_BODY:
            return _count(self.body)
        return body_text.character_count(self.blocks)

    @property
    def modified_at(self) -> datetime.datetime | None:
        """When what readers read changed last: at its publication, or with its last correction.

        None for a story without a time (one query, none after `with_everything`).
        """
        changes = [correction.at for correction in self.corrections.all()]
        return max([self.publish_at, *changes]) if self.publish_at else None

    @property
    def printed_on(self) -> list[Any]:
        """The pages the public can open that this story stands on, the earliest first."""
        pages = [placement.page for placement in self.placements.all()]
        return sorted(
            (page for page in pages if page.issue.is_public()), key=lambda page: page.issue.date
        )

    @property
    def first_photo(self) -> Photo | None:
        """The picture that stands for the story in lists (no query after `for_lists`)."""
        return next(iter(self.photos.all()), None)

    @property
    def long_summary(self) -> str:
        """The beginning of a story that leads a page."""
        return self.summary(170)

    def summary(self, length: int = 90) -> str:
        """The story's beginning, for lists.

        Args:
            length: at most this many characters.

        """
        if len(self.body) <= KEPT_BODY:
            return _beginning(self.body, length)
        return body_text.excerpt(self.blocks, length)
