"""The sample paper's front page as its press would have sent it: a PDF, and the areas over it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from django.utils.formats import date_format

from articles.models import Article, Photo
from bulletin.sample.pdf_sheet import FADED, RED, PdfSheet, lines_of, width_of
from issues import areas, press, shapes
from issues.models import Page, Placement, Role
from issues.press import pdf

# Points: a tabloid page, its margin, the space between columns.
WIDTH, HEIGHT = 680.0, 960.0
MARGIN, GAP = 36.0, 16.0
BLOCK = (WIDTH - 2 * MARGIN - 2 * GAP) / 3
LEAD_TOP, FEATURES_TOP, FOOT_TOP, FOOT = 112.0, 430.0, 700.0, 930.0
TEXT, LEADING = 9.0, 14.0
PADDING = 6.0
# How much narrower than two columns the lead's picture is.
ASIDE = 80.0
Frame = tuple[float, float, float, float]


def print_front_page(page: Page) -> None:
    """Give a page its printed picture with an area for each story.

    The same stories give the same PDF; one that is kept already is left alone. On a machine
    without Chinese type nothing is done: the page would show pictures without a word.

    Args:
        page: with its stories placed on it.

    """
    if not has_chinese_type():
        return
    placements = list(page.placements.select_related("article").prefetch_related("article__photos"))
    sheet = PdfSheet(WIDTH, HEIGHT)
    _nameplate(sheet, page)
    frames = _compose(sheet, placements)
    content = sheet.written()
    if not _is_kept(page, content):
        press.put_pdf([page], SimpleUploadedFile("A01.pdf", content))
    outlines = [areas.Outline(placement, _permille(frame)) for placement, frame in frames]
    areas.replace_areas(page, outlines, seen=areas.state_of(page))


@cache
def has_chinese_type() -> bool:
    """Whether this machine sets Chinese: two characters drawn look different."""
    looks = set()
    for letter in "永鹭":
        sheet = PdfSheet(200, 200)
        sheet.words(letter, 20, 20, 150)
        with tempfile.TemporaryDirectory() as name:
            source = Path(name) / "type.pdf"
            source.write_bytes(sheet.written())
            looks.add(pdf.draw(source, Path(name))[0].small.read_bytes())
    return len(looks) == 2


def _is_kept(page: Page, content: bytes) -> bool:
    sheet = getattr(page, "press", None)
    if sheet is None or sheet.pdf_size != len(content):
        return False
    with sheet.pdf.open("rb") as file:
        return bool(file.read() == content)


def _nameplate(sheet: PdfSheet, page: Page) -> None:
    sheet.words(settings.SITE_NAME, MARGIN, 34, 40, RED)
    facts = [
        date_format(page.issue.date or timezone.localdate(), "Y年n月j日 l"),
        f"第{page.issue.number}期",
        f"{page.code} {page.name}",
    ]
    for number, fact in enumerate(facts):
        left = WIDTH - MARGIN - width_of(fact) * 10
        sheet.words(fact, left, 36 + number * 15, 10, FADED)
    sheet.rule(MARGIN, 90, WIDTH - 2 * MARGIN, 2.4)
    sheet.rule(MARGIN, 95, WIDTH - 2 * MARGIN)


def _compose(sheet: PdfSheet, placements: list[Placement]) -> list[tuple[Placement, Frame]]:
    """Set the stories in their places; returns where each stands."""
    by_role: dict[str, list[Placement]] = {}
    for placement in placements:
        by_role.setdefault(placement.role, []).append(placement)
    frames = []
    for placement in by_role.get(Role.LEAD, [])[:1]:
        frames.append((placement, _lead(sheet, placement.article)))
    rows = ((Role.FEATURE, FEATURES_TOP, FOOT_TOP, 3), (Role.PHOTO, FOOT_TOP, FOOT, 2))
    for role, top, bottom, most in rows:
        sheet.rule(MARGIN, top - 9, WIDTH - 2 * MARGIN)
        for number, placement in enumerate(by_role.get(role, [])[:most]):
            frame = (MARGIN + number * (BLOCK + GAP), top, BLOCK, bottom - top - 18)
            _story(sheet, placement.article, frame)
            frames.append((placement, frame))
    left, top = MARGIN + 2 * (BLOCK + GAP), FOOT_TOP
    briefs = by_role.get(Role.BRIEF, [])[:3]
    for placement in briefs:
        frame = (left, top, BLOCK, (FOOT - FOOT_TOP) / len(briefs) - 8)
        _story(sheet, placement.article, frame, size=11, pictured=False)
        frames.append((placement, frame))
        top += frame[3] + 8
    return frames


def _lead(sheet: PdfSheet, story: Article) -> Frame:
    """Set the lead across the page: its picture at the left, its text in the columns beside."""
    top = LEAD_TOP
    frame = (MARGIN, top, WIDTH - 2 * MARGIN, FEATURES_TOP - LEAD_TOP - 18)
    for words, size, colour in (
        (story.kicker, 12.0, FADED),
        (story.headline, 34.0, None),
        (story.deck, 14.0, FADED),
    ):
        if words:
            left = (WIDTH - width_of(words) * size) / 2
            sheet.words(words, left, top, size, *([colour] if colour else []))
            top += size * 1.35
    top += 6
    columns = [MARGIN + 2 * (BLOCK + GAP)]
    photo = story.first_photo
    if photo is None:
        columns = [MARGIN + n * (BLOCK + GAP) for n in range(3)]
    else:
        sheet.picture(_bytes_of(photo), MARGIN, top, 2 * BLOCK + GAP - ASIDE)
        columns[0] -= ASIDE
    width = BLOCK if photo is None else BLOCK + ASIDE
    lines = lines_of(story.summary(900), width / TEXT)
    for left in columns:
        _fill(sheet, lines, left, top, frame[1] + frame[3])
    return frame


def _story(
    sheet: PdfSheet, story: Article, frame: Frame, *, size: float = 17, pictured: bool = True
) -> None:
    left, top, width, height = frame
    bottom = top + height
    fits = width_of(story.headline) <= width / size
    for part in [story.headline] if fits else story.headline.split():
        for line in lines_of(part, width / size):
            sheet.words(line, left, top, size)
            top += size * 1.3
    top += 3
    if pictured and story.first_photo is not None:
        top += sheet.picture(_bytes_of(story.first_photo), left, top, width) + 6
    _fill(sheet, lines_of(story.summary(500), width / TEXT), left, top, bottom)


def _fill(sheet: PdfSheet, lines: Iterator[str], left: float, top: float, bottom: float) -> None:
    """Set lines down to the foot of a column; what does not fit is left out."""
    while top + LEADING <= bottom + 2:
        line = next(lines, None)
        if line is None:
            return
        sheet.words(line, left, top, TEXT)
        top += LEADING


def _bytes_of(photo: Photo) -> bytes:
    with photo.image.open("rb") as file:
        return bytes(file.read())


def _permille(frame: Frame) -> list[shapes.Point]:
    left, top, width, height = frame
    return shapes.rectangle(
        round((left - PADDING) / WIDTH * shapes.WHOLE),
        round((top - PADDING) / HEIGHT * shapes.WHOLE),
        round((left + width + PADDING) / WIDTH * shapes.WHOLE),
        round((top + height + PADDING) / HEIGHT * shapes.WHOLE),
    )
