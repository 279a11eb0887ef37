"""Renditions of pictures: made once, outside of any request, by `manage.py renditions`.

The files of a picture lie in a folder named for what is in it and how it is worked on, so that the
same picture is never worked on twice and an address always shows the same bytes. One picture is in
memory at a time. Whoever is stopped in the middle leaves files, but no row that says they are
there; the next one keeps those that are whole.
"""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import io
import warnings
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, islice
from operator import itemgetter
from typing import Any

from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, default_storage
from django.utils.translation import gettext as _
from PIL import Image

from communities.models import Rendered
from communities.models.cuts import WIDTHS, Cut
from communities.pictures import BREAKS

FOLDER = "sized"
# By ending: Pillow's name of the format and how a file is written. AVIF at speed 8 takes a quarter
# of the time for the same size of file, and shows more of its seams; one thread leaves the others
# to readers.
ENCODERS: dict[str, tuple[str, dict[str, Any]]] = {
    "avif": ("AVIF", {"quality": 52, "speed": 6, "max_threads": 1}),
    "webp": ("WEBP", {"quality": 74, "method": 4}),
    "jpg": ("JPEG", {"quality": 78, "progressive": True, "optimize": True}),
}
PAPER = "#fff"
BATCH = 500


@dataclass(frozen=True)
class Work:
    """What has been done for a picture.

    Attributes:
        name: the picture's, in the storage.
        made: how many files had to be made.
        problem: why nothing could be made, in words; "" where all is well.

    """

    name: str
    made: int = 0
    problem: str = ""


class _BrokenError(Exception):
    """A picture of which nothing can be made."""


def rendered_models() -> list[type[Rendered]]:
    """Return every kind of row that has a picture for the public."""
    return [model for model in apps.get_models() if issubclass(model, Rendered)]


def work_off() -> Iterator[Work]:
    """Make what is missing, the newest pictures first, and tell of each picture that is done.

    Raises:
        OSError: when the storage takes nothing; the picture waits on.

    """
    for model in rendered_models():
        waiting = model._base_manager.filter(model.waiting).order_by("-pk")
        while (picture := waiting.first()) is not None:
            yield render(picture)


def render(picture: Rendered) -> Work:
    """Make a picture's renditions and let its row say so.

    A picture that is broken or gone is marked as worked on with nothing to show for it, so that it
    is reported once. A row that changes meanwhile is left alone, and waits on.

    """
    rows = type(picture)._base_manager.filter(pk=picture.pk)
    same, mark = rows.filter(**picture.state), picture.mark
    try:
        image, folder = _opened(picture)
    except _BrokenError as error:
        same.update(**mark, renditions="")
        return Work(picture.image.name, problem=str(error))
    picture.width, picture.height = image.size
    made = _make_files(picture, image, folder)
    size = {"width": picture.width, "height": picture.height}
    same.update(**mark, **size, renditions=folder)
    _make_sure(picture, folder)
    return Work(picture.image.name, made)


def retry() -> int:
    """Let pictures wait again of which nothing could be made; returns how many."""
    return sum(
        model._base_manager.filter(model.failed).update(rendered_from="")
        for model in rendered_models()
    )


def prune(before: datetime.datetime, storage: Storage = default_storage) -> int:
    """Remove files that belong to no row, or to a focus that has moved; returns how many.

    Args:
        before: those made before this moment; somebody may be about to say that newer ones are
            there.
        storage: where they lie.

    """
    removed = 0
    everything = _folders(storage)
    while folders := list(islice(everything, BATCH)):
        wanted = _wanted(folders)
        for folder in folders:
            removed += _clear(folder, wanted[folder], before, storage)
    return removed


def _opened(picture: Rendered) -> tuple[Image.Image, str]:
    """Read a picture whole; returns it on white paper, and the folder of its renditions."""
    if not picture.image:
        # It has been taken away, and is no loss.
        raise _BrokenError("")
    try:
        with picture.image.open("rb") as file:
            raw = file.read()
    except FileNotFoundError:
        raise _BrokenError(_("the file is missing")) from None
    with warnings.catch_warnings(action="ignore"):
        try:
            image = Image.open(io.BytesIO(raw))
            image.load()
        except BREAKS:
            raise _BrokenError(_("the file is broken")) from None
    digest = hashlib.sha256(repr((WIDTHS, ENCODERS)).encode())
    digest.update(raw)
    key = digest.hexdigest()[:16]
    return _on_paper(image), f"{FOLDER}/{key[:2]}/{key[2:]}"


def _on_paper(image: Image.Image) -> Image.Image:
    """Return a picture without see-through parts: a drawing stays legible on a dark page."""
    if not image.has_transparency_data:
        return image.convert("RGB")
    drawing = image.convert("RGBA")
    paper = Image.new("RGBA", image.size, PAPER)
    return Image.alpha_composite(paper, drawing).convert("RGB")


def _make_files(picture: Rendered, image: Image.Image, folder: str) -> int:
    """Make those of a picture's files that are not there; returns how many."""
    storage, made = picture.image.storage, 0
    wanted = [(cut, width, name) for name, (cut, width) in picture.files().items()]
    for (cut, width), names in groupby(wanted, key=itemgetter(0, 1)):
        size = (width, cut.height_at(width))
        missing = [
            name for _cut, _width, name in names if not _is_whole(f"{folder}/{name}", size, storage)
        ]
        if missing:
            sized = image.resize(size, Image.Resampling.LANCZOS, _box(cut), reducing_gap=3)
        for name in missing:
            _keep(f"{folder}/{name}", _encoded(sized, name), storage)
            made += 1
    return made


def _box(cut: Cut) -> tuple[float, float, float, float]:
    return (cut.left, cut.top, cut.left + cut.width, cut.top + cut.height)


def _encoded(image: Image.Image, name: str) -> bytes:
    """Write a picture in the format its name ends with; one without a profile is sRGB."""
    kind, options = ENCODERS[name.rpartition(".")[2]]
    target = io.BytesIO()
    image.info.clear()
    image.save(target, kind, **options)
    return target.getvalue()


def _is_whole(name: str, size: tuple[int, int], storage: Storage) -> bool:
    """Whether a file is there already, and not cut off."""
    if not storage.exists(name):
        return False
    with storage.open(name) as file:
        try:
            image = Image.open(file)
            image.load()
        except BREAKS:
            return False
        return image.size == size


def _keep(name: str, raw: bytes, storage: Storage) -> None:
    storage.delete(name)
    kept_as = storage.save(name, ContentFile(raw))
    if kept_as != name:
        # Another worker was faster.
        storage.delete(kept_as)


def _make_sure(picture: Rendered, folder: str) -> None:
    """Let a picture wait again whose files somebody has cleared away before its row named them."""
    storage = picture.image.storage
    if not all(storage.exists(f"{folder}/{name}") for name in picture.files()):
        _let_wait(type(picture), folder)


def _let_wait(model: type[Rendered], folder: str) -> None:
    model._base_manager.filter(renditions=folder).update(renditions="", rendered_from="")


def _folders(storage: Storage) -> Iterator[str]:
    """Return the folders of all renditions there are."""
    try:
        shards = storage.listdir(FOLDER)[0]
    except FileNotFoundError:
        return
    for shard in shards:
        for name in storage.listdir(f"{FOLDER}/{shard}")[0]:
            yield f"{FOLDER}/{shard}/{name}"


def _wanted(folders: list[str]) -> dict[str, set[str]]:
    """Return by folder the names of the files that some row shows."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for model in rendered_models():
        for picture in model._base_manager.filter(renditions__in=folders):
            if picture.is_rendered:
                wanted[picture.renditions].update(picture.files())
    return wanted


def _clear(folder: str, wanted: set[str], before: datetime.datetime, storage: Storage) -> int:
    """Remove a folder's files that nobody wants; returns how many."""
    names = storage.listdir(folder)[1]
    old = [
        name
        for name in names
        if name not in wanted and storage.get_modified_time(f"{folder}/{name}") < before
    ]
    for name in old:
        storage.delete(f"{folder}/{name}")
    if len(old) == len(names):
        # On a file system the folder would stay behind empty.
        with contextlib.suppress(OSError):
            storage.delete(folder)
    if not _wanted([folder])[folder].isdisjoint(old):
        # Somebody has said in the meantime that they are there.
        for model in rendered_models():
            _let_wait(model, folder)
    return len(old)
