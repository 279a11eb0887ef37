"""How templates print a picture: in which files, and how wide it stands where it stands."""

from __future__ import annotations

from typing import Any

from django import template

from communities.models import Rendered
from communities.models.rendered import Shown

register = template.Library()

QUARTER = "(min-width: 77rem) 17rem, (min-width: 62rem) 21vw, (min-width: 44rem) 43vw"
THREE = "(min-width: 77rem) 15rem, (min-width: 62rem) 18vw, (min-width: 44rem) 43vw"
# How wide a picture stands in each of its rooms, as `sizes` says it; measured on the style sheet,
# whose columns these follow.
ROOMS = {
    # The story that leads a page, and the one that leads a list beside its day.
    "lead": "(min-width: 77rem) 47rem, (min-width: 62rem) 61vw, 94vw",
    "list-lead": "(min-width: 77rem) 29rem, (min-width: 62rem) 37vw, 94vw",
    # Within a story's text, and of a station alone or beside others.
    "text": "(min-width: 45rem) 43rem, 92vw",
    "station": "(min-width: 77rem) 41rem, (min-width: 62rem) 53vw, 94vw",
    "stations": "(min-width: 77rem) 20rem, (min-width: 62rem) 26vw, (min-width: 37rem) 46vw, 94vw",
    "place": "(min-width: 77rem) 36rem, 94vw",
    # Small ones: in a list, in a column, in a row of three or four whose first is the larger.
    "thumb": "(min-width: 34rem) 13rem, 31vw",
    "column": "(min-width: 77rem) 23rem, (min-width: 62rem) 29vw, 94vw",
    "third": "(min-width: 77rem) 23rem, (min-width: 62rem) 29vw, (min-width: 44rem) 43vw, 92vw",
    "quarter": f"{QUARTER}, 92vw",
    "quarter-next": f"{QUARTER}, 35vw",
    "three": f"{THREE}, 92vw",
    "three-next": f"{THREE}, 35vw",
    # At the head of a section of the front page: three to a line, or two where four are left.
    "section": "(min-width: 77rem) 26rem, (min-width: 62rem) 33vw, (min-width: 44rem) 43vw, 92vw",
    # A page as printed, beside its headlines and enlarged.
    "sheet": "(min-width: 62rem) 44rem, 100vw",
    "sheet-small": "16rem",
    "sheet-large": "100rem",
}
SMALL = {"thumb", "column", "third", "quarter", "quarter-next", "three", "three-next", "section"}
# How high a picture stands at most, in rem, where the style sheet says so.
HIGHEST = {"text": 36, "station": 36, "stations": 36, "place": 24}


@register.filter
def shown(picture: Any, room: str = "") -> Shown:
    """Return a picture as a page shows it in one of its rooms.

    What is only being typed is no row yet and has no renditions.
    """
    if not isinstance(picture, Rendered):
        return Shown(picture.image.url, picture.width, picture.height)
    return picture.shown(small=room in SMALL)


@register.filter
def sizes(picture: Any, room: str = "") -> str:
    """Return how wide a picture stands in one of its rooms, for a browser to choose a file by.

    One that stands upright is narrowed by how high it may be.
    """
    wide = ROOMS.get(room, "100vw")
    if room not in HIGHEST:
        return wide
    narrow = f"{round(HIGHEST[room] * picture.width / picture.height)}rem"
    is_upright = picture.height > picture.width
    return f"min({narrow}, 94vw)" if is_upright or room == "place" else wide
