"""An issue as the press takes it: a Word document, or an archive with a folder for each page.

Nothing here depends on the hour, so the same issue gives the same bytes. Pictures go from the
storage into the archive piece by piece: an issue of a hundred stories needs the memory of one page
of text, whatever its pictures weigh.
"""

from __future__ import annotations

import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import IO

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.manuscript import Manuscript, entry
from articles.models import Photo
from issues.models import Issue, Page

from .reading import Placed, pages_of, placed_in, placed_on

INDEX = "README.txt"
_PIECE = 1024 * 1024
# What a file's name may not hold on Windows, where it is unpacked.
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')
_ENDINGS = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".tif", ".tiff", ".avif", ".heic")
_LONGEST_NAME = 60


def issue_docx(issue: Issue) -> bytes:
    """Return a whole issue as one Word document, a heading for each page (four queries)."""
    return _document(str(issue), pages_of(issue), title=_title(issue))


def issue_archive(issue: Issue) -> IO[bytes]:
    """Return a whole issue as an archive: a folder a page, a list of all (four queries).

    Returns:
        A temporary file, at its beginning; it is gone once it is closed.

    """
    pages = pages_of(issue)
    missing: set[str] = set()
    file = tempfile.TemporaryFile()  # noqa: SIM115 - whoever sends it closes it
    try:
        with zipfile.ZipFile(file, "w") as archive:
            for page, folder in zip(pages, _folders(pages), strict=True):
                document = _document(str(page), [page])
                archive.writestr(entry(f"{folder}/{folder}.docx"), document)
                for placed in placed_on(page):
                    missing |= _put_pictures(archive, folder, placed)
            index = _index(issue, pages, missing)
            # Windows reads it as Chinese by the mark at its head, and wants its own line ends.
            raw = index.replace("\n", "\r\n").encode("utf-8-sig")
            archive.writestr(entry(INDEX), raw)
        file.seek(0)
    except BaseException:
        file.close()
        raise
    return file


def file_name(issue: Issue, ending: str) -> str:
    """Return what a download of an issue is called."""
    return f"{_plain_name(f'{settings.SITE_NAME} {issue}')}.{ending}"


def _title(issue: Issue) -> str:
    return f"{settings.SITE_NAME} {issue}"


def _document(name: str, pages: list[Page], *, title: str = "") -> bytes:
    """Write pages into a document; each but the first begins a sheet where there is a title."""
    manuscript = Manuscript(name, settings.SITE_NAME)
    if title:
        manuscript.add_title(title)
        if pending := _pending(pages):
            manuscript.add_note(pending)
    for number, page in enumerate(pages):
        manuscript.add_page(str(page), begins_new=bool(title) and number > 0)
        for placed in placed_on(page):
            if placed.is_kept_back:
                manuscript.add_headline(placed.story)
                manuscript.add_note(placed.state)
                continue
            manuscript.add_head(placed.story)
            if placed.state:
                manuscript.add_note(placed.state)
            manuscript.add_text(placed.story, dict(enumerate(_picture_names(placed), start=1)))
    return manuscript.saved()


def _pending(pages: list[Page]) -> str:
    """Say how many stories are not finally approved; "" where all are."""
    count = sum(bool(placed.state) for placed in placed_in(pages))
    if not count:
        return ""
    return ngettext(
        "%(count)d story is not finally approved; it says so under its headline.",
        "%(count)d stories are not finally approved; each says so under its headline.",
        count,
    ) % {"count": count}


def _put_pictures(archive: zipfile.ZipFile, folder: str, placed: Placed) -> set[str]:
    """Put a story's pictures into the archive; returns the names of those that are gone."""
    if placed.is_kept_back:
        return set()
    missing = set()
    for name, photo in zip(_picture_names(placed), placed.story.photos.all(), strict=True):
        try:
            source = photo.image.open("rb")
        except (OSError, ValueError):
            missing.add(name)
            continue
        info = entry(f"{folder}/{name}", is_packed=False)
        info.file_size = photo.image.size
        with source, archive.open(info, "w") as target:
            shutil.copyfileobj(source, target, _PIECE)
    return missing


def _picture_names(placed: Placed) -> list[str]:
    photos = enumerate(placed.story.photos.all(), start=1)
    return [_picture_name(placed, number, photo) for number, photo in photos]


def _picture_name(placed: Placed, number: int, photo: Photo) -> str:
    """Return a picture's name by page and order, in the words of the text's own mark [图1]."""
    ending = PurePosixPath(photo.image.name or "").suffix.lower()
    return f"{placed.name}-图{number}{ending if ending in _ENDINGS else ''}"


def _folders(pages: list[Page]) -> Iterator[str]:
    """Yield the pages' folders; the code makes each different, upper case as the model has it."""
    for page in pages:
        yield _plain_name(str(page))


def _plain_name(name: str) -> str:
    return _FORBIDDEN.sub(" ", name)[:_LONGEST_NAME].strip(" .")


def _index(issue: Issue, pages: list[Page], missing: set[str]) -> str:
    """List all that stands in the issue, a line a story, tabs between its columns."""
    lines = [_title(issue)]
    if pending := _pending(pages):
        lines.append(f"【{pending}】")
    columns = (
        _("page code"),
        _("order"),
        _("role on the page"),
        _("headline"),
        _("characters"),
        _("photos"),
        _("status"),
    )
    for page in pages:
        people = [
            f"{page._meta.get_field(name).verbose_name} {value}"  # type: ignore[union-attr]
            for name in ("editor", "layout", "proof")
            if (value := getattr(page, name))
        ]
        lines += ["", "  ".join([str(page), *people]), "\t".join(columns)]
        lines += [_line(placed, missing) for placed in placed_on(page)]
    if not pages:
        lines += ["", _("no pages")]
    return "\n".join(lines) + "\n"


def _line(placed: Placed, missing: set[str]) -> str:
    story = placed.story
    pictures = [] if placed.is_kept_back else _picture_names(placed)
    gone = _("(the file is gone)")
    named = [f"{name}{gone if name in missing else ''}" for name in pictures]
    state = f"【{placed.state}】" if placed.state else str(story.get_status_display())
    cells = (
        placed.page.code,
        f"{placed.number:02d}",
        str(placed.placement.get_role_display()),
        " ".join(story.headline.split()),
        str(story.character_count),
        "、".join(named),
        state,
    )
    return "\t".join(cells)
