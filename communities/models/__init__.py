"""Places. Nothing here imports from another of the project's apps."""

from .activity import Activity, ActivityKind
from .activity_queryset import ActivityQuerySet
from .changed_date import ChangedDate
from .community import Community, Level
from .community_parts import ContactPerson, FormerAddress
from .hours import Calendar, Holiday, OpeningHours, SpecialDay, Weekday
from .kinds import Amenity, Icon, Service, StationKind
from .occurrence import Occurrence
from .picture_field import PictureField
from .position import CHINA_BOX, Positioned
from .rendered import Rendered
from .repetition import Nth, Repeats
from .station import ServiceStation, ServiceStationQuerySet
from .station_parts import StationCheck, StationPhoto, StationService
from .table_file import TableFile

__all__ = [
    "CHINA_BOX",
    "Activity",
    "ActivityKind",
    "ActivityQuerySet",
    "Amenity",
    "Calendar",
    "ChangedDate",
    "Community",
    "ContactPerson",
    "FormerAddress",
    "Holiday",
    "Icon",
    "Level",
    "Nth",
    "Occurrence",
    "OpeningHours",
    "PictureField",
    "Positioned",
    "Rendered",
    "Repeats",
    "Service",
    "ServiceStation",
    "ServiceStationQuerySet",
    "SpecialDay",
    "StationCheck",
    "StationKind",
    "StationPhoto",
    "StationService",
    "TableFile",
    "Weekday",
]
