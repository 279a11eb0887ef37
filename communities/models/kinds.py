"""What stations are, and what they have: kinds, amenities, services."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Icon(models.TextChoices):
    """The signs of static/img/amenities.svg, by the names they have there."""

    WATER = "water", _("cup of hot water")
    MICROWAVE = "microwave", _("microwave oven")
    FRIDGE = "fridge", _("refrigerator")
    CHARGING = "charging", _("charging")
    SOCKET = "socket", _("socket")
    FIRST_AID = "first-aid", _("first-aid case")
    AED = "aed", _("defibrillator")
    PRESSURE = "pressure", _("blood pressure")
    WHEELCHAIR = "wheelchair", _("wheelchair")
    TOILET = "toilet", _("toilet")
    NURSING = "nursing", _("nursing room")
    GLASSES = "glasses", _("reading glasses")
    PRINTER = "printer", _("printer")
    WIFI = "wifi", _("wireless network")
    PAPER = "paper", _("newspapers")
    UMBRELLA = "umbrella", _("umbrella")
    PUMP = "pump", _("tyre pump")
    NEEDLE = "needle", _("needle and thread")
    CHAIR = "chair", _("chair")
    COOLING = "cooling", _("air conditioning")


class StationKind(models.Model):
    """What a station is for: party-mass service station, warm-heart post, insurance desk."""

    name = models.CharField(_("name"), max_length=40, unique=True)
    slug = models.SlugField(_("address name"), max_length=80, unique=True, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("station kind")
        verbose_name_plural = _("station kinds")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="communities_stationkind_has_slug",
                condition=~Q(slug=""),
                violation_error_message=_("An address name is needed."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Amenity(models.Model):
    """What a station offers: microwave, first-aid kit, hot water, a place to sit."""

    name = models.CharField(_("name"), max_length=40, unique=True)
    slug = models.SlugField(_("address name"), max_length=80, unique=True, blank=True)
    icon = models.CharField(
        _("sign"),
        max_length=16,
        choices=Icon.choices,
        blank=True,
        help_text=_("A small drawing beside the name; the name always stands with it."),
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("amenity")
        verbose_name_plural = _("amenities")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="communities_amenity_has_slug",
                condition=~Q(slug=""),
                violation_error_message=_("An address name is needed."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Service(models.Model):
    """What residents come for: a card renewed, a certificate, blood pressure taken."""

    name = models.CharField(_("name"), max_length=40, unique=True)
    slug = models.SlugField(_("address name"), max_length=80, unique=True, blank=True)
    bring = models.CharField(
        _("what to bring"),
        max_length=200,
        blank=True,
        help_text=_("Where it is the same at all stations, e.g. 身份证、医保卡"),
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="communities_service_has_slug",
                condition=~Q(slug=""),
                violation_error_message=_("An address name is needed."),
            )
        ]

    def __str__(self) -> str:
        return self.name
