"""Where on the printed page a story stands."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from issues import shapes

from .placement import Placement


def check_points(points: object) -> None:
    """Refuse what is no list of corners, or no shape (`issues.shapes.check`)."""
    pairs = points if isinstance(points, list) else []
    if not all(
        isinstance(pair, list | tuple) and len(pair) == 2 and all(type(n) is int for n in pair)
        for pair in pairs
    ):
        raise ValidationError(_("Corners are pairs of whole numbers."), code="no_points")
    shapes.check([(x, y) for x, y in pairs])


class PageArea(models.Model):
    """An outline over the page's picture that leads to a story.

    A story that jumps over an advertisement has two of them.
    """

    placement = models.ForeignKey(
        Placement, verbose_name=_("placement"), related_name="areas", on_delete=models.CASCADE
    )
    position = models.PositiveSmallIntegerField(_("order"), default=1)
    points = models.JSONField(
        _("corners"),
        validators=[check_points],
        help_text=_("Pairs of permille of the picture's width and height."),
    )
    # The box around the corners; what the database itself can check of a shape.
    left = models.PositiveSmallIntegerField(editable=False)
    top = models.PositiveSmallIntegerField(editable=False)
    right = models.PositiveSmallIntegerField(editable=False)
    bottom = models.PositiveSmallIntegerField(editable=False)

    class Meta:
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        ordering = ["placement__position", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["placement", "position"], name="issues_area_order"),
            models.CheckConstraint(
                name="issues_area_position_from_one", condition=Q(position__gte=1)
            ),
            models.CheckConstraint(
                name="issues_area_on_the_page",
                condition=Q(
                    left__lt=F("right"),
                    top__lt=F("bottom"),
                    right__lte=shapes.WHOLE,
                    bottom__lte=shapes.WHOLE,
                ),
            ),
        ]

    def __str__(self) -> str:
        return shapes.write_corners(self.corners)

    @classmethod
    def over(
        cls, placement: Placement, points: Sequence[shapes.Point], position: int = 1
    ) -> PageArea:
        """Return an area of these corners, not saved yet.

        Raises:
            ValidationError: when the corners make no shape (`issues.shapes.check`).

        """
        shapes.check(points)
        left, top, right, bottom = shapes.box_of(points)
        return cls(
            placement=placement,
            position=position,
            points=[list(point) for point in points],
            left=left,
            top=top,
            right=right,
            bottom=bottom,
        )

    @property
    def corners(self) -> list[shapes.Point]:
        """The corners as pairs of permille."""
        return [(x, y) for x, y in self.points]

    @property
    def outline(self) -> str:
        """The corners as an SVG polygon writes them, in a picture of 1000 by 1000."""
        return " ".join(f"{x},{y}" for x, y in self.points)
