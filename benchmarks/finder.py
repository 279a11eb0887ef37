"""How long the finder takes among many stations, in a database made for it and thrown away.

    .venv/bin/python benchmarks/finder.py
    .venv/bin/python benchmarks/finder.py --stations 10000 --asked 50

Before it times anything it compares answers with those of a plain walk over every station. The
database is a new one beside the one of DATABASE_URL; nothing of a newsroom's own is touched.
"""

from __future__ import annotations

import argparse
import datetime
import random
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

from throwaway import database

# A city: 0.52 by 0.45 degrees, some 50 by 50 kilometres; half of the stations crowd its centre.
CENTRE = (117.45, 30.81)
SPREAD = (0.26, 0.225)
CROWD = 0.05
AMENITIES = ("微波炉", "热水", "轮椅", "急救箱")


def main() -> None:
    """Make the stations, check the answers, print the times."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--stations", type=int, default=100_000, help="how many (100,000)")
    parser.add_argument("--asked", type=int, default=200, help="questions of each sort (200)")
    given = parser.parse_args()
    with database():
        measure(given.stations, given.asked)


def measure(count: int, asked: int) -> None:
    """Print what each sort of question costs, in milliseconds."""
    from django.db import connection  # noqa: PLC0415 - after the setup
    from django.utils import timezone  # noqa: PLC0415 - after the setup

    from communities import finder  # noqa: PLC0415 - after the setup
    from communities.coordinates import Point  # noqa: PLC0415 - after the setup
    from communities.models import Amenity, ServiceStation, StationKind  # noqa: PLC0415

    chance = random.Random(1)  # noqa: S311 - the same city each time
    make_city(count, chance)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    moment = timezone.make_aware(datetime.datetime(2026, 11, 25, 10, 30))  # noqa: DTZ001
    microwave = Amenity.objects.get(name=AMENITIES[0])
    rare = Amenity.objects.get(name=AMENITIES[-1])
    kind = StationKind.objects.get(slug="k3")

    def stations() -> Any:
        return ServiceStation.objects.all()

    sorts: dict[str, Callable[[], Any]] = {
        "any station": stations,
        "open now": lambda: stations().open_at(moment),
        "open now, with a microwave": lambda: stations().open_at(moment).equipped_with([microwave]),
        "one kind of five, open now": lambda: stations().of_kind(kind).open_at(moment),
        "what one in a thousand has": lambda: stations().equipped_with([rare]),
    }
    points = [Point(*somewhere(chance)) for _number in range(asked)]
    far = Point(CENTRE[0] + 3, CENTRE[1])
    everywhere = [
        (key, Point(float(longitude), float(latitude)))
        for key, longitude, latitude in stations().values_list("pk", "longitude", "latitude")
    ]
    sys.stdout.write(f"{connection.vendor}, {count} stations, {asked} questions of each sort\n")
    sys.stdout.write(f"{'':<30}{'median':>9}{'95 %':>9}{'worst':>9}{'own CPU':>9}  ms\n")
    for name, rows in sorts.items():
        allowed = set(rows().values_list("pk", flat=True))
        for point in [*points[:10], far]:
            right = walk_over([one for one in everywhere if one[0] in allowed], point)
            answer = [(row.metres, row.station.pk) for row in finder.nearest(point, rows())]
            assert answer == right, (name, point)  # noqa: S101 - a wrong answer has no time
        taken = [clock(lambda at=point, of=rows: finder.nearest(at, of())) for point in points]
        times = sorted(wall for wall, _own in taken)
        own = statistics.median(own for _wall, own in taken)
        sys.stdout.write(
            f"{name:<30}{statistics.median(times):>9.1f}"
            f"{times[int(len(times) * 0.95)]:>9.1f}{times[-1]:>9.1f}{own:>9.1f}\n"
        )


def clock(ask: Callable[[], Any]) -> tuple[float, float]:
    """Return the milliseconds that a question takes: by the clock, and of this process's CPU.

    On a busy machine the second tells what the first would be on an idle one; on SQLite it is all
    of the work, on PostgreSQL the server's part is not in it.
    """
    begin, own = time.perf_counter(), time.process_time()
    ask()
    return (time.perf_counter() - begin) * 1000, (time.process_time() - own) * 1000


def walk_over(stations: list[tuple[int, Any]], point: Any) -> list[tuple[float, int]]:
    """Return (metres, key) of the nearest stations, found without any index."""
    from communities import finder  # noqa: PLC0415 - after the setup
    from communities.coordinates import metres_between  # noqa: PLC0415 - after the setup

    measured = sorted((metres_between(point, there), key) for key, there in stations)
    return [one for one in measured[: finder.COUNT] if one[0] <= finder.REACH]


def somewhere(chance: random.Random) -> tuple[float, float]:
    """Return a place in the city: half of them in its crowded centre."""
    if chance.random() < 0.5:
        return (
            round(chance.gauss(CENTRE[0], CROWD), 6),
            round(chance.gauss(CENTRE[1], CROWD), 6),
        )
    return (
        round(CENTRE[0] + chance.uniform(-SPREAD[0], SPREAD[0]), 6),
        round(CENTRE[1] + chance.uniform(-SPREAD[1], SPREAD[1]), 6),
    )


def make_city(count: int, chance: random.Random) -> None:
    """Make a district, its communities and so many stations with hours and amenities."""
    from communities.models import (  # noqa: PLC0415 - after the setup
        Amenity,
        Community,
        OpeningHours,
        ServiceStation,
        StationKind,
    )

    district = Community.objects.create(name="区", slug="qu", level="district")
    communities = Community.objects.bulk_create(
        Community(name=f"社区{n}", slug=f"c{n}", level="community", parent=district)
        for n in range(500)
    )
    kinds = StationKind.objects.bulk_create(
        StationKind(name=f"类{n}", slug=f"k{n}") for n in range(5)
    )
    amenities = Amenity.objects.bulk_create(
        Amenity(name=name, slug=f"a{n}") for n, name in enumerate(AMENITIES)
    )
    rows = []
    for n in range(count):
        longitude, latitude = somewhere(chance)
        rows.append(
            ServiceStation(
                name=f"站点{n}",
                slug=f"s{n}",
                kind=kinds[n % 5],
                community=communities[n % 500],
                address=f"某路{n}号",
                longitude=longitude,
                latitude=latitude,
            )
        )
    stations = ServiceStation.objects.bulk_create(rows, batch_size=5000)
    through = ServiceStation.amenities.through
    has = [
        through(servicestation_id=station.pk, amenity_id=amenities[which].pk)
        for n, station in enumerate(stations)
        for which in range(4)
        if n % (3, 2, 20, 1000)[which] == 0
    ]
    through.objects.bulk_create(has, batch_size=5000)
    hours = [
        OpeningHours(
            station=station,
            weekday=day,
            opens_at=datetime.time(8 + n % 3),
            closes_at=datetime.time(12 + n % 6),
        )
        for n, station in enumerate(stations)
        # The day that is asked about, and one more: the others cost time to make and tell nothing.
        for day in ((2, 6) if n % 4 else (6,))
    ]
    OpeningHours.objects.bulk_create(hours, batch_size=5000)


if __name__ == "__main__":
    main()
