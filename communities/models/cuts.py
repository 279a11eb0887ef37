"""How a picture is divided into files: its widths, and the part of it that small pictures show."""

from __future__ import annotations

from dataclasses import dataclass

# Pixels. Whoever changes these lets a migration empty `rendered_from`, and all are made anew.
WIDTHS = (320, 480, 800, 1200, 1600)
# A step so near the widest one saves nobody anything.
NEAR = 0.9
# Small pictures in lists are cut to this by the style sheet, and so wide at most.
THUMB = (3, 2)
WIDEST_THUMB = 800
# What the style sheet cuts away is cut from the file where it is more than this part of it.
WORTH_CUTTING = 0.15


# Not a NamedTuple: mypy never comes to an end over one beside an abstract model.
@dataclass(frozen=True)
class Cut:
    """A part of a picture, in its pixels.

    Attributes:
        mark: what the names of its files end with; "" for the whole picture.
        widest: how wide its widest file is at most.

    """

    left: int
    top: int
    width: int
    height: int
    mark: str = ""
    widest: int = WIDTHS[-1]

    @property
    def widths(self) -> list[int]:
        """The widths in pixels that it is made in, none above its own."""
        top = min(self.width, self.widest)
        return [*(width for width in WIDTHS if width < top * NEAR), top]

    def height_at(self, width: int) -> int:
        """Return how high it is at one of these widths."""
        return max(1, round(self.height * width / self.width))

    def file_name(self, width: int, ending: str) -> str:
        """Return the name of one of its files within the picture's folder."""
        return f"{width}{self.mark}.{ending}"


def whole(width: int, height: int, widest: int = WIDTHS[-1]) -> Cut:
    """Return all of a picture."""
    return Cut(0, 0, width, height, widest=widest)


def thumb(width: int, height: int, focus: tuple[int, int]) -> Cut | None:
    """Return what a small picture shows of a picture, cut as `object-position` would cut it.

    Args:
        width: of the picture, in pixels.
        height: as above.
        focus: what should stay in sight, in hundredths across and down.

    Returns:
        None where so little is cut away that the whole picture does.

    """
    across, down = THUMB
    cut_width = min(width, max(1, round(height * across / down)))
    cut_height = min(height, max(1, round(width * down / across)))
    if cut_width * cut_height > width * height * (1 - WORTH_CUTTING):
        return None
    x, y = focus
    left, top = round((width - cut_width) * x / 100), round((height - cut_height) * y / 100)
    return Cut(left, top, cut_width, cut_height, f"-{x}-{y}", WIDEST_THUMB)
