"""Service stations: half of them in the crowded middle, with hours and what they offer."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator, Sequence

from articles.models import NamePinyin
from articles.search import pinyin
from articles.search.units import BREAK
from bulletin.filling.newsroom import CENTRE, MARK, Place
from bulletin.filling.phrases import odd
from bulletin.filling.tables import Table
from communities.models import Amenity, OpeningHours, ServiceStation, StationKind

KINDS = ("驿站", "党群服务站", "新时代文明实践站", "医保服务点", "便民服务站")
# Each with of how many stations one has it.
AMENITIES = {"微波炉": 3, "饮水机": 2, "急救箱": 20, "除颤仪": 1000}
SPREAD, CROWD = (0.35, 0.45), 0.05
OPENS, CLOSES = (8, 9), (12, 17, 20)
WORKDAYS = 5


class Stations:
    """So many stations of the made-up places, written a batch at a time."""

    def __init__(self, places: Sequence[Place], *, count: int, seed: int) -> None:
        """Note what is wanted, and make the kinds and amenities.

        Args:
            places: the communities they lie in.
            count: how many stations.
            seed: decides everything that is left to chance.

        """
        self.places, self.count = places, count
        self.chance = random.Random(f"stations {seed}")  # noqa: S311 - the same city each time
        self.kinds = [
            StationKind.objects.get_or_create(name=name, defaults={"slug": f"{MARK}-{n}"})[0].pk
            for n, name in enumerate(KINDS)
        ]
        self.amenities = {
            Amenity.objects.get_or_create(name=name, defaults={"slug": f"{MARK}-{n}"})[0].pk: every
            for n, (name, every) in enumerate(AMENITIES.items())
        }
        self.stations, self.hours = Table(ServiceStation), Table(OpeningHours)
        self.has, self.names = Table(ServiceStation.amenities.through), Table(NamePinyin)
        self.made: list[Place] = []

    @property
    def tables(self) -> list[Table]:
        """The tables, those that others lead to before these."""
        return [self.stations, self.hours, self.has, self.names]

    def make(self, batch: int) -> Iterator[int]:
        """Make all stations; yields their number each time that a batch can be written."""
        for n in range(self.count):
            self._add(n)
            if (n + 1) % batch == 0:
                yield n + 1
        yield self.count

    def write(self) -> None:
        """Write what was made since the last time, in a transaction that is the caller's."""
        for table in self.tables:
            table.write()

    def _add(self, n: int) -> None:
        chance = self.chance
        which = chance.randrange(len(KINDS))
        name = f"{odd(chance)}{n}号{KINDS[which]}"
        longitude, latitude = self._somewhere()
        key = self.stations.add(
            name=name,
            slug=f"{MARK}-{n}",
            kind_id=self.kinds[which],
            community_id=self.places[n % len(self.places)].key,
            address=f"{odd(chance)}路{chance.randint(1, 400)}号",
            longitude=f"{longitude:.6f}",
            latitude=f"{latitude:.6f}",
        )
        first, last = chance.choice(OPENS), chance.choice(CLOSES)
        for day in range(WORKDAYS if chance.random() < 0.6 else 7):
            opens, closes = datetime.time(first), datetime.time(last)
            self.hours.add(station_id=key, weekday=day, opens_at=opens, closes_at=closes)
        for amenity, every in self.amenities.items():
            if chance.randrange(every) == 0:
                self.has.add(servicestation_id=key, amenity_id=amenity)
        ways = pinyin.of_place(name)
        self.names.add(kind=NamePinyin.Kind.STATION, key=key, ways=BREAK + ways)
        self.made.append(Place(key, name, ways))

    def _somewhere(self) -> tuple[float, float]:
        chance = self.chance
        if chance.random() < 0.5:
            return chance.gauss(CENTRE[0], CROWD), chance.gauss(CENTRE[1], CROWD)
        return (
            CENTRE[0] + chance.uniform(-SPREAD[0], SPREAD[0]),
            CENTRE[1] + chance.uniform(-SPREAD[1], SPREAD[1]),
        )
