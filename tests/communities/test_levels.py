"""The levels of places: what lies within what."""

from __future__ import annotations

import pytest

from communities.models import Community, Level
from tests.factories import make_community, make_district

pytestmark = pytest.mark.django_db


def test_place_that_can_hold_no_other_is_all_that_lies_within_it():
    district = make_district()
    street = make_community("桥头街道", within=district, level=Level.SUBDISTRICT)
    community = make_community("桂花社区", within=street)
    village = make_community("石桥村", within=street, level=Level.VILLAGE)
    within = Community.objects.within
    assert set(within(district)) == {district, street, community, village}
    assert set(within(street)) == {street, community, village}
    assert list(within(community)) == [community]
    assert list(within(village)) == [village]
