"""A story that comes in from elsewhere, ready for the form: its fields, its pictures, what is over.

What the text names is looked up here, and pictures are cleaned and kept for whoever uploads them;
nothing is saved as a story.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext as _

from articles import body as body_text
from articles import loose_pictures
from articles.docx import Docx, DocxPicture, read_docx
from articles.models import LoosePicture, Section
from articles.story_reading import Caption, StoryReading, StoryText, read_story

_MARK = re.compile(r"^\[图(\d+)\]$")


@dataclass(frozen=True)
class IncomingPhoto:
    """A picture of an incoming story, with what stands under it."""

    picture: LoosePicture
    caption: Caption
    alt: str = ""


@dataclass(frozen=True)
class IncomingStory:
    """A story as the form takes it.

    Attributes:
        text: its words; `[图N]` in the body is the Nth of the photos.
        column: the standing column or the section it names, if the newsroom has it.
        photos: in order.

    """

    text: StoryText
    column: Section | None
    photos: tuple[IncomingPhoto, ...] = ()

    @property
    def characters(self) -> int:
        """The body's length as newsrooms count it (字数)."""
        return body_text.character_count(body_text.parse(self.text.body))

    @property
    def subheads(self) -> list[str]:
        """The body's subheads, in order."""
        return list(body_text.subheads(body_text.parse(self.text.body)))


@dataclass
class Incoming:
    """What has come in.

    Attributes:
        stories: the stories it can be taken for, the likeliest first; the text as one story is
            always among them.
        count: how many stories it seems to hold.
        left_over: lines that belong into no field.
        problems: what could not be taken, in sentences.

    """

    stories: list[IncomingStory]
    count: int
    left_over: list[str]
    problems: list[str] = field(default_factory=list)


def take_text(text: str) -> Incoming:
    """Take a text that was pasted.

    Raises:
        articles.importing.PageTextError: where there is no text, or far too much.

    """
    return _incoming(read_story(text), {}, [])


def take_docx(raw: bytes, *, user: User) -> Incoming:
    """Take a .docx; its pictures are kept as loose ones.

    Args:
        raw: the file.
        user: who uploads it.

    Raises:
        ValidationError: as `articles.docx.read_docx`.
        articles.importing.PageTextError: where there are no words in it.

    """
    document = read_docx(raw)
    reading = read_story(document.lines, asides=document.asides)
    photos, problems = _photos(document, reading, user)
    return _incoming(reading, photos, problems)


def _photos(
    document: Docx, reading: StoryReading, user: User
) -> tuple[dict[int, IncomingPhoto | None], list[str]]:
    """Keep a document's pictures; None stands for one that cannot be taken."""
    photos: dict[int, IncomingPhoto | None] = {}
    problems: list[str] = []
    for one in document.pictures:
        caption = reading.captions.get(one.number, Caption(""))
        try:
            photos[one.number] = IncomingPhoto(_kept(one, user), caption, one.alt)
        except ValidationError as refusal:
            photos[one.number] = None
            text = _("Picture %(number)d of the file could not be taken: %(reason)s")
            problems.append(text % {"number": one.number, "reason": " ".join(refusal.messages)})
            reading.left_over += [part for part in (caption.text, caption.credit) if part]
    return photos, problems


def _kept(picture: DocxPicture, user: User) -> LoosePicture:
    if not picture.raw:
        raise ValidationError(_("The file only points to it. Please choose the picture itself."))
    return loose_pictures.keep(user, SimpleUploadedFile(picture.name, picture.raw))


def _incoming(
    reading: StoryReading, photos: Mapping[int, IncomingPhoto | None], problems: list[str]
) -> Incoming:
    left_over = list(reading.left_over)
    names = {one.column for one in (reading.whole, *reading.parts) if one.column}
    sections = {section.name: section for section in Section.objects.filter(name__in=names)}
    left_over += [name for name in sorted(names) if name not in sections]
    if not photos:
        # Marks that were pasted speak of pictures that are elsewhere.
        for caption in reading.captions.values():
            left_over += [part for part in (caption.text, caption.credit) if part]
    stories = [
        _story(one, sections.get(one.column), photos) for one in (*reading.parts, reading.whole)
    ]
    return Incoming(stories, len(reading.parts) or 1, left_over, problems)


def _story(
    text: StoryText, column: Section | None, photos: Mapping[int, IncomingPhoto | None]
) -> IncomingStory:
    """Number a story's photos from 1; the place of one that could not be taken goes."""
    mine: list[IncomingPhoto] = []
    lines: list[str] = []
    for line in text.body.split("\n"):
        found = _MARK.match(line)
        if found and photos:
            photo = photos.get(int(found[1]))
            if photo is None:
                continue
            mine.append(photo)
            line = f"[图{len(mine)}]"
        lines.append(line)
    return IncomingStory(replace(text, body="\n".join(lines)), column, tuple(mine))
