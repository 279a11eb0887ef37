"""Word files for tests, as Word and WPS write them."""

from __future__ import annotations

import io
from typing import Any

import docx
from PIL import Image


def picture_file(colour: str = "#b5121b") -> io.BytesIO:
    """Return a small JPEG."""
    file = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(file, "JPEG")
    file.seek(0)
    return file


def make_docx(*paragraphs: Any) -> bytes:
    """Return a .docx of these paragraphs.

    Each is a text, a (text, style) pair, a file with a picture, or a function that is given the
    document.
    """
    document = docx.Document()
    for paragraph in paragraphs:
        if isinstance(paragraph, str):
            document.add_paragraph(paragraph)
        elif isinstance(paragraph, tuple):
            document.add_paragraph(paragraph[0], style=paragraph[1])
        elif callable(paragraph):
            paragraph(document)
        else:
            document.add_picture(paragraph)
    return saved(document)


def saved(document: Any) -> bytes:
    """Return a document as a file."""
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def bold(text: str) -> Any:
    """Return a paragraph set in bold, as WPS's users make a heading."""
    return lambda document: setattr(document.add_paragraph().add_run(text), "bold", True)
