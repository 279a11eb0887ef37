"""How long a walk takes, estimated from the straight line, and on what assumptions.

Speed: the national standard for residential areas (GB 50180-2018, table 3.0.4) gives the
fifteen-minute circle a walk of 800 to 1,000 metres; its 1,000 metres in fifteen minutes are 4 km/h.
Detour: in streets at right angles a way is on average 4/π = 1.27 times the straight line (the
mean of |cos| + |sin| over all directions); rounded up to 1.3 for crossings and gates.
"""

from __future__ import annotations

import math

from django.utils.translation import gettext as _

DETOUR = 1.3
METRES_PER_MINUTE = 1000 / 15
# The circle residents are promised (十五分钟生活圈), in minutes.
CIRCLE = 15


def minutes_for(metres: float) -> int:
    """Return the minutes a walk takes to what lies so many metres off; never less than one."""
    # A metre's thousandth is noise of the arithmetic and costs nobody a minute.
    return max(1, math.ceil(round(metres * DETOUR / METRES_PER_MINUTE, 6)))


def metres_for(minutes: float) -> float:
    """Return how far off, in a straight line, one gets in so many minutes."""
    return minutes * METRES_PER_MINUTE / DETOUR


def assumption() -> str:
    """Return what the minutes rest on, for whoever is shown them."""
    return _(
        "Walking times are estimates: the straight line times %(detour)s for the way round "
        "(streets at right angles average 1.27), at 1,000 metres in 15 minutes (GB 50180-2018). "
        "%(minutes)d minutes are %(metres)d metres in a straight line."
    ) % {"detour": DETOUR, "minutes": CIRCLE, "metres": metres_for(CIRCLE)}
