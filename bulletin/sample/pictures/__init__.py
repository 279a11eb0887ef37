"""The sample newspaper's illustrations, drawn by this package's own code.

Twenty scenes of community life, printed flat like a linocut: a warm paper, ink, the newspaper's
red and two muted tones a scene. From the bottom up: `geometry` (outlines), `palette` (inks),
`canvas` (the sheet), `cutting` (an object's own measures), then `heads`, `figures`, `props`,
`nature`, `places` and `staging`, and one module a scene in `scenes`.
"""

from __future__ import annotations

from collections.abc import Callable

from bulletin.sample.pictures.canvas import Canvas
from bulletin.sample.pictures.scenes import (
    charging_shed,
    chess,
    choir,
    clinic_day,
    council_table,
    courier_rest,
    elevator,
    fire_drill,
    harvest,
    library,
    night_patrol,
    old_lane,
    pocket_park,
    repair_stall,
    riverside,
    school_crossing,
    sorting,
    stairwell_wiring,
    station_front,
    village_bridge,
)

_DRAWN: dict[str, Callable[[Canvas], None]] = {
    "council-table": council_table.draw,
    "courier-rest": courier_rest.draw,
    "station-front": station_front.draw,
    "stairwell-wiring": stairwell_wiring.draw,
    "charging-shed": charging_shed.draw,
    "clinic-day": clinic_day.draw,
    "repair-stall": repair_stall.draw,
    "school-crossing": school_crossing.draw,
    "fire-drill": fire_drill.draw,
    "elevator": elevator.draw,
    "pocket-park": pocket_park.draw,
    "riverside": riverside.draw,
    "harvest": harvest.draw,
    "sorting": sorting.draw,
    "chess": chess.draw,
    "library": library.draw,
    "choir": choir.draw,
    "night-patrol": night_patrol.draw,
    "old-lane": old_lane.draw,
    "village-bridge": village_bridge.draw,
}

SCENES: tuple[str, ...] = tuple(_DRAWN)


def draw(scene: str, *, width: int = 1500) -> bytes:
    """Draw a scene as a JPEG, three wide to two high.

    The same scene at the same width gives the same bytes each time (for one version of Pillow).

    Args:
        scene: one of `SCENES`.
        width: the picture's width in pixels.

    Raises:
        ValueError: no scene has that name, or the width is not positive.
    """
    if scene not in _DRAWN:
        raise ValueError(f"No picture is called {scene!r}; there are {', '.join(SCENES)}.")
    if width < 1:
        raise ValueError(f"A picture cannot be {width} pixels wide.")
    canvas = Canvas(width, scene)
    _DRAWN[scene](canvas)
    return canvas.jpeg()
