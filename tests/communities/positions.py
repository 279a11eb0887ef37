"""A small town to reckon with in one's head: 0.001 degrees north are 111 metres."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from communities.models import Community, ServiceStation, StationKind
from tests.factories import make_community, make_district, make_kind, make_station

# In GCJ-02, some place in China.
X, Y = Decimal("117.450000"), Decimal("30.810000")
STEP = Decimal("0.001")


def north(steps: float) -> dict[str, Decimal]:
    """Return a position so many times 111 metres north of the middle, as a model's fields."""
    return {"longitude": X, "latitude": Y + STEP * Decimal(str(steps))}


class Town:
    """A district, a subdistrict, a community in the middle, and stations to the north of it."""

    def __init__(self) -> None:
        self.district: Community = make_district()
        self.street: Community = make_community(
            "桥头街道", within=self.district, level="subdistrict", **north(1)
        )
        self.community: Community = make_community(within=self.street, **north(0))
        self.kind: StationKind = make_kind()

    def station(self, name: str, steps: float | None, **fields: Any) -> ServiceStation:
        """Make a station so many times 111 metres north of the middle; None: without a position."""
        place = {} if steps is None else north(steps)
        return make_station(
            name, **{"community": self.community, "kind": self.kind, **place, **fields}
        )
