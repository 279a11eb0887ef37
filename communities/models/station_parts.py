"""What hangs on a station: the services it offers, its pictures, the checks of its data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .kinds import Service
from .picture_field import PictureField
from .rendered import Rendered

if TYPE_CHECKING:
    from .station import ServiceStation


class StationService(models.Model):
    """A service that a station offers, and what to bring for it there."""

    station: models.ForeignKey[ServiceStation, ServiceStation] = models.ForeignKey(
        "communities.ServiceStation",
        verbose_name=_("service station"),
        related_name="offers",
        on_delete=models.CASCADE,
    )
    service = models.ForeignKey(
        Service, verbose_name=_("service"), related_name="offers", on_delete=models.PROTECT
    )
    bring = models.CharField(
        _("what to bring"),
        max_length=200,
        blank=True,
        help_text=_("Left empty, what is needed for this service everywhere."),
    )
    note = models.CharField(
        _("note"), max_length=100, blank=True, help_text=_("e.g. 每月15日上午，免费")
    )

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")
        ordering = ["service__position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["station", "service"],
                name="communities_stationservice_once",
                violation_error_message=_("This service is already there."),
            ),
        ]

    def __str__(self) -> str:
        return self.service.name

    @property
    def what_to_bring(self) -> str:
        """What to bring: what the station says, or else what the service always needs."""
        return self.bring or self.service.bring


def station_photo_path(photo: StationPhoto, filename: str) -> str:
    """Return where a station's picture is kept."""
    return f"stations/{photo.station_id or 0}/{filename}"


class StationPhoto(Rendered):
    """A picture of a station: its door, its rooms."""

    # What a story's picture has besides, as templates print it.
    caption = ""
    focus_classes = ""

    station: models.ForeignKey[ServiceStation, ServiceStation] = models.ForeignKey(
        "communities.ServiceStation",
        verbose_name=_("service station"),
        related_name="photos",
        on_delete=models.CASCADE,
    )
    image = PictureField(
        _("picture"),
        upload_to=station_photo_path,
        width_field="width",
        height_field="height",
        max_length=200,
    )
    width = models.PositiveIntegerField(editable=False, default=0)
    height = models.PositiveIntegerField(editable=False, default=0)
    alt = models.CharField(
        _("description for those who cannot see it"),
        max_length=200,
        help_text=_("What the picture shows, in one sentence."),
    )
    credit = models.CharField(
        _("credit"), max_length=60, blank=True, help_text=_("As printed, e.g. 韩冬 摄")
    )

    class Meta(Rendered.Meta):
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.alt


class StationCheck(models.Model):
    """Somebody's word that a station's data was true; it outlives their login."""

    station: models.ForeignKey[ServiceStation, ServiceStation] = models.ForeignKey(
        "communities.ServiceStation",
        verbose_name=_("service station"),
        related_name="checks",
        on_delete=models.CASCADE,
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("checked by"),
        related_name="+",
        null=True,
        on_delete=models.SET_NULL,
    )
    name = models.CharField(_("name at that time"), max_length=150)
    at = models.DateTimeField(_("checked at"))

    class Meta:
        verbose_name = _("station check")
        verbose_name_plural = _("station checks")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.name} {self.at:%Y-%m-%d}"
