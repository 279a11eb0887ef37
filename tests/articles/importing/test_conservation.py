"""Nothing on the page is lost, and nothing doubled."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from articles.importing import PageTextError, PieceKind, parse_page, read_text

PAGES = sorted((Path(__file__).parent / "pages").glob("*.txt"))
FULL_WIDTH = {code: chr(code - 0xFEE0) for code in range(0xFF10, 0xFF5B)}
FULL_WIDTH = {code: half for code, half in FULL_WIDTH.items() if half.isalnum()}


def without_layout(text):
    """Drop white space and what has no width, make full-width digits and letters half-width."""
    return "".join(
        character
        for character in text.translate(FULL_WIDTH)
        if not character.isspace() and unicodedata.category(character) not in {"Cc", "Cf"}
    )


def assert_conserved(text, page):
    pieces = page.pieces
    assert without_layout("".join(piece.text for piece in pieces)) == without_layout(text)
    places = [(piece.line, piece.column) for piece in pieces]
    assert len(places) == len(set(places))
    for article in page.articles:
        assert_fields_hold_the_pieces(article)


def assert_fields_hold_the_pieces(article):
    """What the story's fields say is what its pieces say, in the page's order."""

    def of(*kinds):
        return without_layout("".join(p.text for p in article.pieces if p.kind in kinds))

    assert without_layout(article.kicker) == of(PieceKind.KICKER)
    assert without_layout(article.headline) == of(PieceKind.HEADLINE)
    assert without_layout(article.deck) == of(PieceKind.DECK)
    assert without_layout("".join(article.subheads)) == of(PieceKind.SUBHEAD)
    assert without_layout("".join(article.paragraphs)) == of(PieceKind.PARAGRAPH)
    lines = [piece.line for piece in article.pieces]
    assert (article.first_line, article.last_line) == (min(lines), max(lines))
    assert lines == sorted(lines)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_every_character_of_a_printed_page_is_kept_once(path):
    text = read_text(path.read_bytes())
    assert_conserved(text, parse_page(text))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_printed_page_leaves_nothing_over(path):
    assert parse_page(read_text(path.read_bytes())).leftover == []


def cut_up(text, breaks):
    """Break a text at some places, as a careless copy from a PDF does."""
    for place, gap in sorted(breaks, reverse=True):
        at = place % (len(text) + 1)
        text = text[:at] + gap + text[at:]
    return text


SAMPLES = [read_text(path.read_bytes()) for path in PAGES]
BREAKS = st.lists(
    st.tuples(
        st.integers(0, 20_000), st.sampled_from(["\n", "\n\n", "\r\n", " ", "\u3000", "\u200b"])
    ),
    max_size=60,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(sample=st.sampled_from(SAMPLES), breaks=BREAKS)
def test_a_page_broken_anywhere_keeps_every_character(sample, breaks):
    text = cut_up(sample, breaks)
    assert_conserved(text, parse_page(text))


PRINTED = """
。 ， 、 ： ； ！ ？ “ ” " ' ( ) （ ） 【 】 《 》 —— …… · ■ ● ▲ ** ## 一、 （1） 1. 本报讯 本报
记者 通讯员 摄 文/图 图为 编者按 问： 答： 下转A04版 （上接第一版） 第3版 A03 2025年3月18日 星期二
责编：高岚 校对 新闻热线：5550100 社区 街道 镇 村 驿站 党群服务站 区 张三 李小四 和 在 的 了
12 Ａ ３ abc www.example.cn 通知 各位居民： 河堤上多了七盏灯 傍晚六点，步道亮了起来。 😀
"""
LAYOUT = ["\n", "\n\n", " ", "\u3000", "\ufeff", "\u200b", "\u00ad", "\u00a0", "\x0b", "\u2028"]
PIECES = st.sampled_from([*PRINTED.split(), *LAYOUT, *LAYOUT])


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES, max_size=80).map("".join))
@example("“\n")
@example("【】")
@example("(\n)")
@example("■\n■")
@example("——\n——")
@example("下转A04版")
@example("本报讯")
@example("本报讯（记者 卢青）")
def test_any_arrangement_of_a_pages_pieces_is_read_or_refused(text):
    assert_read_or_refused(text)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(text):
    assert_read_or_refused(text)


def assert_read_or_refused(text):
    if without_layout(text):
        assert_conserved(text, parse_page(text))
    else:
        with pytest.raises(PageTextError) as refusal:
            parse_page(text)
        assert refusal.value.code == "empty"


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
@example(b"\x0b")
def test_any_bytes_are_decoded_or_refused(raw):
    try:
        text = read_text(raw)
    except PageTextError as refusal:
        code = refusal.code
    else:
        code = "read" if text.strip() else "blank"
    assert code in {"read", "empty", "binary", "encoding"}
