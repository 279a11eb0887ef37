"""Keeping stations true: somebody who knows looks at the data and puts a name to it."""

from __future__ import annotations

import datetime

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.models import ServiceStation, ServiceStationQuerySet, StationCheck


def awaiting_check(user: User, today: datetime.date | None = None) -> ServiceStationQuerySet:
    """Return the stations somebody keeps that nobody has checked for half a year."""
    return ServiceStation.objects.managed_by(user).stale(today)


@transaction.atomic
def confirm(
    station: ServiceStation, *, by: User, at: datetime.datetime | None = None
) -> StationCheck:
    """Put on record that a station's data is true.

    Args:
        station: the station; its `checked_on` and `checked_by` are brought up to date.
        by: who has looked through it.
        at: when; now, if nothing is given.

    Raises:
        ValidationError: when the station is not theirs to keep; code "not_kept".

    """
    moment = at or timezone.now()
    locked = ServiceStation.objects.managed_by(by).select_for_update(of=("self",))
    if not by.has_perm("communities.change_servicestation") or not locked.filter(pk=station.pk):
        raise ValidationError(_("You do not keep this station."), code="not_kept")
    name = by.get_full_name() or by.get_username()
    check = StationCheck.objects.create(station=station, by=by, name=name, at=moment)
    station.checked_on, station.checked_by = timezone.localdate(moment), by
    station.save(update_fields=["checked_on", "checked_by"])
    return check
