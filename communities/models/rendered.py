"""Pictures that the public sees, in the widths and formats a browser may choose from.

The picture as it came in is kept. Its renditions are made by `communities.rendering`, outside of
any request; until then, and where they cannot be made, pages show the picture itself. A row knows
what was made of its picture, so that a page asks neither the storage nor the database for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import F, Q

from .cuts import WIDEST_THUMB, Cut, whole

# Ending of a file and media type, the smallest files first; what every browser reads stands last.
FORMATS = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}
# What other sites show beside a link to a page wants at least so many pixels.
SHARED = 1200


@dataclass(frozen=True)
class Shown:
    """A picture as a page shows it.

    Attributes:
        address: of what every browser can show.
        width: the picture's width and height, for the room it takes.
        height: as above.
        choice: the same in several widths, as `srcset` says it; "" where there is one alone.
        sources: media type and choice of what most browsers rather take, the best first.

    """

    address: str
    width: int
    height: int
    choice: str = ""
    sources: tuple[tuple[str, str], ...] = ()


class Rendered(models.Model):
    """A row with a picture in `image`, `width` and `height`.

    Attributes:
        rendered_from: the name of the picture that was worked on last.
        renditions: the folder in the storage of what was made of it; "" where nothing could be.
        waiting: which rows wait to be worked on; an index holds these alone.
        failed: which of them had a picture of which nothing could be made.

    """

    rendered_from = models.CharField(max_length=200, blank=True, default="", editable=False)
    renditions = models.CharField(max_length=40, blank=True, default="", editable=False)

    waiting = ~Q(rendered_from=F("image"))
    failed = Q(rendered_from=F("image"), renditions="") & ~Q(image="")

    image: Any
    width: Any
    height: Any

    class Meta:
        abstract = True
        indexes = [
            models.Index(
                fields=["id"], condition=~Q(rendered_from=F("image")), name="%(class)s_waiting"
            ),
            # For those who clear folders away that belong to no row.
            models.Index(fields=["renditions"], name="%(class)s_renditions"),
        ]

    @property
    def is_rendered(self) -> bool:
        """Whether there are renditions of the picture as it is now."""
        return bool(self.renditions) and self.rendered_from == self.image.name

    @property
    def thumb(self) -> Cut | None:
        """The part that small pictures show, where it is worth files of its own."""
        return None

    @property
    def has_thumb(self) -> bool:
        """Whether that part was cut out as it would be now."""
        return False

    @property
    def state(self) -> dict[str, Any]:
        """What renditions are made from, by field; a row that has changed since has another."""
        return {"image": self.image.name}

    @property
    def mark(self) -> dict[str, Any]:
        """What a row says, by field, once its picture has been worked on in this state."""
        return {"rendered_from": self.image.name}

    def shown(self, *, small: bool = False) -> Shown:
        """Return the picture as a page shows it.

        Args:
            small: in a list, cut to 3 : 2 around what matters of it.

        """
        if not self.is_rendered:
            return Shown(self.image.url, self.width, self.height)
        cut = self.thumb if small and self.has_thumb else None
        cut = cut or whole(self.width, self.height)
        widths = [width for width in cut.widths if not small or width <= WIDEST_THUMB]
        # Asked once for all of them: what the public sees has plain addresses.
        folder = self.image.storage.url(self.renditions)
        choices = {
            ending: ", ".join(
                f"{folder}/{cut.file_name(width, ending)} {width}w" for width in widths
            )
            for ending in FORMATS
        }
        plain = choices.pop("jpg")
        return Shown(
            f"{folder}/{cut.file_name(widths[len(widths) // 2], 'jpg')}",
            cut.width,
            cut.height,
            plain,
            tuple((FORMATS[ending], choice) for ending, choice in choices.items()),
        )

    @property
    def shared(self) -> Shown:
        """The picture as other sites show it beside a link: a JPEG of a good size."""
        if not self.is_rendered:
            return Shown(self.image.url, self.width, self.height)
        cut = whole(self.width, self.height)
        width = next((one for one in cut.widths if one >= SHARED), cut.widths[-1])
        name = f"{self.renditions}/{cut.file_name(width, 'jpg')}"
        return Shown(self.image.storage.url(name), width, cut.height_at(width))

    def files(self) -> dict[str, tuple[Cut, int]]:
        """Return the names of all that is made of the picture, each with its part and width."""
        cuts = [cut for cut in (whole(self.width, self.height), self.thumb) if cut is not None]
        return {
            cut.file_name(width, ending): (cut, width)
            for cut in cuts
            for width in cut.widths
            for ending in FORMATS
        }
