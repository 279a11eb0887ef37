"""The Chinese type a page is set in: Noto CJK, from where systems keep it."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

SERIF, SANS = "Noto Serif CJK SC", "Noto Sans CJK SC"
FILES = tuple(
    f"Noto{face}CJK-{weight}.ttc" for face in ("Serif", "Sans") for weight in ("Regular", "Bold")
)
# Debian and Ubuntu, Fedora, Arch, Alpine.
FOLDERS = (
    "/usr/share/fonts/opentype/noto",
    "/usr/share/fonts/google-noto-cjk",
    "/usr/share/fonts/google-noto-serif-cjk-fonts",
    "/usr/share/fonts/noto-cjk",
    "/usr/share/fonts/noto",
)


# Type that is there stays there, and each story's page asks for it. What is missing may come.
_found: dict[tuple[str, ...], Path] = {}


def folder() -> Path:
    """Return the folder that has the four files of Noto CJK.

    Raises:
        ValidationError: code "fonts", with the package's name, where there is none.

    """
    places = (settings.TYPESETTING_FONTS,) if settings.TYPESETTING_FONTS else FOLDERS
    if found := _found.get(places):
        return found
    for place in places:
        if all((Path(place) / name).is_file() for name in FILES):
            return _found.setdefault(places, Path(place))
    raise ValidationError(
        _(
            "Pages are set in Noto CJK, and this server has no %(files)s in %(folders)s. On Debian "
            "or Ubuntu its operator runs: apt-get install fonts-noto-cjk"
        ),
        code="fonts",
        params={"files": "、".join(FILES), "folders": "、".join(map(str, places))},
    )
