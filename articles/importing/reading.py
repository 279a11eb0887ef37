"""From a file's bytes to text: which encoding it is in, and whether it is text at all."""

from __future__ import annotations

import codecs
import re

from django.utils.translation import gettext_lazy as _

from .lines import clean
from .problems import PageTextError

# A page holds about ten thousand characters; this is room for an issue of fifty pages.
MAX_BYTES = 2_000_000

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What the files begin with that people mistake for text.
_SIGNATURES = (
    b"%PDF",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0",
    b"{\\rtf",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"II*\x00",
    b"MM\x00*",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_HAN = re.compile("[\u3400-\u9fff]")
# UTF-8 read as GB18030 is full of these; Chinese print never is.
_GARBLED = re.compile("[锛銆鈥鐨勬垜鍦浜绀鍖鏄]")

# One character in six of Chinese prose is one of these; of Big5 read as GB18030, hardly any.
_COMMON = re.compile("[的一是在不了有和人中大为上以要到会可年日月区民社众为]")
_ENOUGH_HAN = 60


def read_text(raw: bytes) -> str:
    """Decode a page.

    UTF-8 (with or without a byte order mark), UTF-16 and UTF-32 (with one) and GB18030, which
    includes GBK and GB2312, are told apart by the bytes themselves.

    Args:
        raw: the file's content; at most `MAX_BYTES`.

    Returns:
        The text, without a byte order mark; line ends and everything else as in the file.

    Raises:
        PageTextError: `too_long`, `binary` (a PDF, a Word file, a picture, control characters),
            `encoding` (no known encoding; with the line of the first byte that does not fit) or
            `empty` (nothing but white space).

    """
    if len(raw) > MAX_BYTES:
        raise too_long(len(raw))
    if raw.startswith(_SIGNATURES):
        raise _binary()
    text = _decode(raw)
    found = _CONTROLS.search(text)
    if found:
        raise _binary(line=text.count("\n", 0, found.start()) + 1)
    if not clean(text):
        raise empty()
    return text


def _decode(raw: bytes) -> str:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if raw.startswith(mark):
            try:
                return raw.decode(encoding).removeprefix("\ufeff")
            except UnicodeDecodeError as error:
                raise _unknown_encoding(raw, error.start) from error
    if b"\x00" in raw:
        raise _binary(line=raw.count(b"\n", 0, raw.index(b"\x00")) + 1)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        first_misfit = error.start
    try:
        text = raw.decode("gb18030")
    except UnicodeDecodeError as error:
        raise _unknown_encoding(raw, max(first_misfit, error.start)) from error
    if not _is_plausible(text):
        raise _unknown_encoding(raw, first_misfit)
    return text


def _is_plausible(text: str) -> bool:
    """Whether a text decoded as GB18030 looks like Chinese, not like mistaken UTF-8 or Big5."""
    han = len(_HAN.findall(text))
    foreign = sum(1 for c in text if ord(c) > 0x7F) - han
    garbled = len(_GARBLED.findall(text))
    common = len(_COMMON.findall(text))
    is_rare = han >= _ENOUGH_HAN and common * 50 < han
    return han > 0 and garbled * 8 < han and foreign < han * 2 + 10 and not is_rare


def empty() -> PageTextError:
    """Return the refusal of a page with nothing on it."""
    return PageTextError("empty", _("The page is empty: there is no text in it."))


def too_long(length: int) -> PageTextError:
    """Return the refusal of a text far longer than a page (length in bytes or characters)."""
    return PageTextError(
        "too_long",
        _(
            "The text is far too long for a newspaper page: more than %(limit)d bytes. "
            "Import one page at a time."
        ),
        params={"length": length, "limit": MAX_BYTES},
    )


def _binary(line: int | None = None) -> PageTextError:
    message = _("This is not plain text. Save the page as a text file (.txt) and import that.")
    if line is not None:
        message = _(
            "This is not plain text (line %(line)d). "
            "Save the page as a text file (.txt) and import that."
        )
    return PageTextError("binary", message, line=line, params={"line": line})


def _unknown_encoding(raw: bytes, position: int) -> PageTextError:
    line = raw.count(b"\n", 0, position) + 1
    return PageTextError(
        "encoding",
        _("The text is in no known encoding (line %(line)d). Save it as UTF-8 and import that."),
        line=line,
        params={"line": line},
    )
