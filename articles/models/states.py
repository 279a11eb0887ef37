"""What kinds of stories there are, and where each stands on its way to the reader."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Genre(models.TextChoices):
    """What kind of text a story is; it decides how it is printed."""

    STORY = "story", _("news story")
    PHOTO = "photo", _("photo news")
    BRIEF = "brief", _("brief")
    NOTICE = "notice", _("notice")
    INTERVIEW = "interview", _("interview")


class Status(models.TextChoices):
    """Where a story stands on its way to the reader; `articles.reviews` says how it moves."""

    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("awaiting first review")
    FIRST_PASSED = "first_passed", _("awaiting second review")
    SECOND_PASSED = "second_passed", _("awaiting final review")
    APPROVED = "approved", _("approved")
    RETURNED = "returned", _("returned")
    WITHDRAWN = "withdrawn", _("withdrawn")
    DISCARDED = "discarded", _("discarded")


# With its writer; with the reviewers; closed to any change of its text.
WITH_WRITER = (Status.DRAFT, Status.RETURNED)
IN_REVIEW = (Status.SUBMITTED, Status.FIRST_PASSED, Status.SECOND_PASSED)
# Passed at least once: page editors may plan with it.
READY = (Status.FIRST_PASSED, Status.SECOND_PASSED, Status.APPROVED)
FROZEN = (Status.APPROVED, Status.WITHDRAWN, Status.DISCARDED)

# The columns that decide whether a story is public: changed by verbs alone (see `gate`).
GATED = frozenset(
    {
        "status",
        "publish_at",
        "withdrawn_at",
        "withdrawal_reason",
        "revises_id",
        "head_id",
        "approved_revision_id",
        "round",
        "stage_since",
        "characters",
    }
)
# What the reader reads: a change of it is a change of the text.
TEXT = frozenset(
    {
        "genre",
        "kicker",
        "headline",
        "deck",
        "body",
        "dateline",
        "source",
        "original_title",
        "original_author",
        "responsible_editor",
        "unread_credit",
    }
)
# What a reprint (转载) has to name besides its source before it can be approved.
REPRINT = ("original_title", "original_author", "responsible_editor")
GUARDED = GATED | TEXT
