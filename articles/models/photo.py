"""Pictures of a story."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from communities.models import PictureField, Rendered
from communities.models.cuts import Cut, thumb

from .story_part import StoryPart, StoryPartQuerySet


def photo_path(photo: Photo, filename: str) -> str:
    """Return where an uploaded picture is kept: by story, under the name it came with."""
    return f"photos/{photo.article_id or 0}/{filename}"


class Photo(Rendered, StoryPart):
    """A picture in a story, with what is printed under it."""

    article = models.ForeignKey(
        "articles.Article",
        verbose_name=_("story"),
        related_name="photos",
        on_delete=models.CASCADE,
    )
    image = PictureField(
        _("picture"),
        upload_to=photo_path,
        width_field="width",
        height_field="height",
        max_length=200,
    )
    width = models.PositiveIntegerField(editable=False, default=0)
    height = models.PositiveIntegerField(editable=False, default=0)
    caption = models.CharField(_("caption"), max_length=300, blank=True)
    credit = models.CharField(
        _("credit"), max_length=60, blank=True, help_text=_("As printed, e.g. 韩冬 摄")
    )
    alt = models.CharField(
        _("description for those who cannot see it"),
        max_length=200,
        blank=True,
        help_text=_("What the picture shows, in one sentence."),
    )
    focus_x = models.PositiveSmallIntegerField(_("focus across, in hundredths"), default=50)
    focus_y = models.PositiveSmallIntegerField(_("focus down, in hundredths"), default=50)
    position = models.PositiveSmallIntegerField(_("order"), default=1)
    # The focus around which the small pictures were cut.
    cut_x = models.PositiveSmallIntegerField(default=50, editable=False)
    cut_y = models.PositiveSmallIntegerField(default=50, editable=False)

    waiting = ~Q(rendered_from=F("image"), cut_x=F("focus_x"), cut_y=F("focus_y"))

    objects = StoryPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        ordering = ["position", "pk"]
        indexes = [
            models.Index(
                fields=["id"],
                condition=~Q(rendered_from=F("image"), cut_x=F("focus_x"), cut_y=F("focus_y")),
                name="photo_waiting",
            ),
            models.Index(fields=["renditions"], name="photo_renditions"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "position"],
                name="articles_photo_order",
                violation_error_message=_("Two photos cannot stand at the same place."),
            ),
            models.CheckConstraint(
                name="articles_photo_position_from_one",
                condition=Q(position__gte=1),
                violation_error_message=_("Photos are counted from 1."),
            ),
            models.CheckConstraint(
                name="articles_photo_focus_in_picture",
                condition=Q(focus_x__lte=100, focus_y__lte=100),
            ),
        ]

    def __str__(self) -> str:
        return self.caption or self.image.name or ""

    @property
    def thumb(self) -> Cut | None:
        """What small pictures show of it, where that is worth files of its own."""
        return thumb(self.width, self.height, (self.focus_x, self.focus_y))

    @property
    def has_thumb(self) -> bool:
        """Whether that part was cut out around the focus as it is now."""
        return (self.cut_x, self.cut_y) == (self.focus_x, self.focus_y)

    @property
    def state(self) -> dict[str, Any]:
        """What its renditions are made from: the picture, and its focus."""
        return {**super().state, "focus_x": self.focus_x, "focus_y": self.focus_y}

    @property
    def mark(self) -> dict[str, Any]:
        """What it says once it has been worked on in this state."""
        return {**super().mark, "cut_x": self.focus_x, "cut_y": self.focus_y}

    @property
    def focus_classes(self) -> str:
        """The classes by which a style sheet keeps the focus in sight when it crops the picture.

        A page carries no style of its own; so there are five places across and five down, fx-0 to
        fx-4 and fy-0 to fy-4. A picture whose focus is its middle needs none.
        """
        across, down = (int(focus / 25 + 0.5) for focus in (self.focus_x, self.focus_y))
        return "" if across == down == 2 else f"fx-{across} fy-{down}"


def loose_path(picture: LoosePicture, filename: str) -> str:
    """Return where a picture waits for its story."""
    return f"loose/{picture.user_id}/{filename}"


class LoosePicture(models.Model):
    """A picture that was uploaded for a story which has not been saved with it yet."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("uploaded by"),
        related_name="loose_pictures",
        on_delete=models.CASCADE,
    )
    image = PictureField(
        _("picture"),
        upload_to=loose_path,
        width_field="width",
        height_field="height",
        max_length=200,
    )
    name = models.CharField(_("name"), max_length=200, blank=True)
    width = models.PositiveIntegerField(editable=False, default=0)
    height = models.PositiveIntegerField(editable=False, default=0)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("picture without a story")
        verbose_name_plural = _("pictures without a story")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name or self.image.name or ""
