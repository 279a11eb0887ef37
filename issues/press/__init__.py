"""The press's own pages: uploaded as a PDF or a picture, drawn, kept, and taken away again.

Whatever is uploaded is taken whole or not at all: files are written first, the rows that name them
in one transaction, and files that nothing names any more are removed when it is through.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from PIL import Image

from communities.pictures import JPEG_QUALITY, clean_picture
from issues.models import Page, PressSheet
from issues.models.sheet_files import SheetFiles

from . import pdf

MEGABYTE = 2**20
# The longer side of a picture against the shorter one, as for a PDF's page.
STEEPEST = 4


def put_pdf(
    pages: Sequence[Page],
    upload: UploadedFile,
    *,
    number: int | None = None,
    whole: bool = False,
    patience: float = pdf.PATIENCE,
) -> list[PressSheet]:
    """Give pages the press's PDF: each page of it becomes one page, in the order given.

    Areas drawn over an earlier picture stay: they are measured in permille of the page.

    Args:
        pages: of one issue, in the order of the PDF's pages.
        upload: the PDF as it arrived; it is never read into memory whole.
        number: which page of the PDF, from 1, a single page gets.
        whole: the PDF must have as many pages as are given, even if that is a single one.
        patience: seconds after which drawing is given up.

    Returns:
        What is kept, in the order of the pages. A PDF of one page is kept as it came; of one with
        several each page keeps its own, cut out.

    Raises:
        ValidationError: when the PDF cannot be taken, and then nothing has changed; codes
            "empty", "too_large", "no_pdf" and those of `pdf.REFUSALS`.

    """
    check_size(upload)
    if not is_pdf(upload):
        raise ValidationError(_("This file is no PDF."), code="no_pdf")
    with tempfile.TemporaryDirectory(prefix="press-") as name:
        folder = Path(name)
        source = folder / "upload.pdf"
        with source.open("wb") as copy:
            for chunk in upload.chunks():
                copy.write(chunk)
        count = len(pages) if whole or len(pages) > 1 else None
        number = None if count else number
        drawn = pdf.draw(source, folder, count=count, number=number, patience=patience)
        return _keep([_sheet_of(page, one) for page, one in zip(pages, drawn, strict=True)])


def put_picture(page: Page, upload: UploadedFile) -> PressSheet:
    """Give a page a picture of the printed page: JPEG, PNG or WebP.

    Raises:
        ValidationError: when it cannot be taken; codes "steep" and those of
            `communities.pictures.clean_picture`.

    """
    with Image.open(clean_picture(upload)) as opened:
        picture = opened.convert("RGB")
    short, long = sorted(picture.size)
    if long > STEEPEST * short:
        raise ValidationError(
            _("The picture has %(width)d by %(height)d pixels; that is no newspaper page."),
            code="steep",
            params={"width": picture.width, "height": picture.height},
        )
    sheet = PressSheet(page=page)
    large, small = _at_most(picture, pdf.WIDTH), _at_most(picture, pdf.SMALL_WIDTH)
    sheet.width, sheet.height = large.size
    sheet.small_width, sheet.small_height = small.size
    sheet.image.save("page.jpg", _jpeg(large), save=False)
    sheet.small.save("page.jpg", _jpeg(small), save=False)
    return _keep([sheet])[0]


def keep_files(page: Page, files: SheetFiles) -> PressSheet:
    """Give a page what is kept already (a proof): the files are its own from now on."""
    sheet = PressSheet(
        page=page,
        pdf=files.pdf.name,
        image=files.image.name,
        width=files.width,
        height=files.height,
        small=files.small.name,
        small_width=files.small_width,
        small_height=files.small_height,
    )
    return _keep([sheet])[0]


@transaction.atomic
def take_away(page: Page) -> None:
    """Take the press's page away from a page, files and all; areas stay for the next one."""
    for sheet in PressSheet.objects.select_for_update().filter(page=page):
        names = sheet.file_names
        sheet.delete()
        _remove_afterwards(names)


def is_pdf(upload: UploadedFile) -> bool:
    """Whether a file is a PDF, by its first bytes; its name is not believed."""
    upload.seek(0)
    head = upload.read(1024)
    upload.seek(0)
    return b"%PDF-" in head


def check_size(upload: UploadedFile) -> None:
    """Refuse a file that is empty or too large, by its size alone.

    Raises:
        ValidationError: codes "empty" and "too_large".

    """
    size = upload.size or 0
    if not size:
        raise ValidationError(
            _("The file is empty: it was cut off on its way. Please choose it again."),
            code="empty",
        )
    if size > settings.PRESS_PDF_MEGABYTES * MEGABYTE:
        raise ValidationError(
            _("The file has %(size)d MB; at most %(most)d MB can be taken."),
            code="too_large",
            params={"size": -(-size // MEGABYTE), "most": settings.PRESS_PDF_MEGABYTES},
        )


def _sheet_of(page: Page, drawn: pdf.Drawn) -> PressSheet:
    sheet = PressSheet(page=page)
    sheet.width, sheet.height = drawn.size
    sheet.small_width, sheet.small_height = drawn.small_size
    for field, path in ((sheet.image, drawn.image), (sheet.small, drawn.small)):
        with path.open("rb") as file:
            field.save("page.jpg", File(file), save=False)
    with drawn.pdf.open("rb") as file:
        sheet.pdf.save("page.pdf", File(file), save=False)
    return sheet


def _keep(sheets: list[PressSheet]) -> list[PressSheet]:
    """Put sheets in the place of earlier ones; if that fails, their files go and theirs stay."""
    now = timezone.now()
    try:
        with transaction.atomic():
            pages = [sheet.page_id for sheet in sheets]
            earlier = list(PressSheet.objects.select_for_update().filter(page__in=pages))
            PressSheet.objects.filter(pk__in=[sheet.pk for sheet in earlier]).delete()
            for sheet in sheets:
                sheet.kept_at = now
                sheet.save()
            _remove_afterwards([name for sheet in earlier for name in sheet.file_names])
    except BaseException:
        _remove([name for sheet in sheets for name in sheet.file_names])
        raise
    return sheets


def _remove_afterwards(names: list[str]) -> None:
    transaction.on_commit(lambda: _remove(names))


def _remove(names: list[str]) -> None:
    for name in names:
        default_storage.delete(name)


def _at_most(picture: Image.Image, width: int) -> Image.Image:
    if picture.width <= width:
        return picture
    return picture.resize((width, max(1, round(width * picture.height / picture.width))))


def _jpeg(picture: Image.Image) -> ContentFile:
    target = io.BytesIO()
    picture.save(target, "JPEG", quality=JPEG_QUALITY, progressive=True)
    return ContentFile(target.getvalue())
