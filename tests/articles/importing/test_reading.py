"""Bytes to text."""

import codecs

import pytest

from articles.importing import MAX_BYTES, PageTextError, parse_page, read_text

SENTENCE = "渡口社区的石阶修好了，老人下河堤不用绕路。\n第二行还在。"


@pytest.mark.parametrize(
    "raw",
    [
        SENTENCE.encode("utf-8"),
        codecs.BOM_UTF8 + SENTENCE.encode("utf-8"),
        codecs.BOM_UTF16_LE + SENTENCE.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + SENTENCE.encode("utf-16-be"),
        codecs.BOM_UTF32_LE + SENTENCE.encode("utf-32-le"),
        SENTENCE.encode("gb18030"),
        SENTENCE.encode("gbk"),
    ],
    ids=["utf-8", "utf-8-sig", "utf-16-le", "utf-16-be", "utf-32", "gb18030", "gbk"],
)
def test_page_is_decoded_from_its_own_bytes(raw):
    assert read_text(raw) == SENTENCE


def test_line_ends_are_left_as_they_are():
    assert read_text("一\r\n二\r三\n".encode()) == "一\r\n二\r三\n"


@pytest.mark.parametrize("raw", [b"", b"  \r\n\t\n", "\ufeff\u3000\u200b\n".encode()])
def test_page_without_text_is_refused(raw):
    with pytest.raises(PageTextError) as refusal:
        read_text(raw)
    assert refusal.value.code == "empty"


@pytest.mark.parametrize(
    "raw",
    [
        b"%PDF-1.7\n%\xe2\xe3",
        b"PK\x03\x04\x14\x00",
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff\xe0\x00\x10JFIF",
        b"\xd0\xcf\x11\xe0\xa1\xb1",
        b"{\\rtf1\\ansi",
        "社区".encode() + b"\x00\x01\x02",
    ],
)
def test_files_that_are_no_text_are_refused(raw):
    with pytest.raises(PageTextError) as refusal:
        read_text(raw)
    assert refusal.value.code == "binary"


def test_control_characters_are_refused_with_their_line():
    with pytest.raises(PageTextError) as refusal:
        read_text("第一行\n第二行\n第\x07三行\n".encode())
    assert (refusal.value.code, refusal.value.line) == ("binary", 3)


def test_bytes_of_no_encoding_are_refused_with_their_line():
    raw = SENTENCE.encode() + b"\n" + b"\xff\xfe\xfd\xff" * 4
    with pytest.raises(PageTextError) as refusal:
        read_text(raw)
    assert (refusal.value.code, refusal.value.line) == ("encoding", 3)
    assert "3" in str(refusal.value)


def test_utf8_with_one_broken_character_is_not_read_as_garbled_gb18030():
    raw = (SENTENCE * 20).encode()
    broken = raw[:-40] + b"\xe7\xa4" + raw[-40:]
    with pytest.raises(PageTextError) as refusal:
        read_text(broken)
    assert refusal.value.code == "encoding"


def test_big5_is_not_read_as_garbled_gb18030():
    page = "本報訊 社區的石階修好了，老人不用繞路，居民都說這件事辦得好。\n" * 6
    with pytest.raises(PageTextError) as refusal:
        read_text(page.encode("big5"))
    assert refusal.value.code == "encoding"


def test_ten_megabytes_are_refused_before_they_are_decoded():
    with pytest.raises(PageTextError) as refusal:
        read_text(b"\xff" * 10_000_000)
    assert refusal.value.code == "too_long"
    assert str(MAX_BYTES) in str(refusal.value)


def test_pasted_text_is_held_to_the_same_limits():
    with pytest.raises(PageTextError) as refusal:
        parse_page("字" * (MAX_BYTES + 1))
    assert refusal.value.code == "too_long"
    with pytest.raises(PageTextError) as refusal:
        parse_page("\u3000\n\u200b\n")
    assert refusal.value.code == "empty"
