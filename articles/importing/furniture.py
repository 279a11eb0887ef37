"""Page furniture: what a newspaper prints around its stories.

Masthead, date line, page code and name, staff box, imprint, hotlines, jump lines (上接, 下转) and
printed rules are recognised by what they are made of, token by token, taken out of the text and
read for what they say about the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from .header import PageHeader
from .imprint import Token, is_staff_box, may_be_staff_box, read_tokens
from .lines import Line
from .runs import Run

_STOPS = re.compile("[。！？!?]")
_RULE = re.compile(r"[\s\-—–―─━_=~～*＊·•.。…◆◇■□●○★☆※▲△▼▽◎|｜+#]{2,}")
_ON_PAGE = r"\s*(?:本报)?第?\s*[A-Z]{0,2}(?:\d{1,3}|[一二三四五六七八九十]{1,3})\s*版"
_JUMP = rf"(?:紧?上?接|下?转|下接|续接){_ON_PAGE}"
_SEE = rf"(?:(?:相关)?(?:报道|文字|图片|内容|新闻|评论)?\s*(?:详见|另见|见|刊于|刊)){_ON_PAGE}"
_JUMP_LINE = re.compile(
    rf"[(（【\[▶►→☞>\s]*(?:{_JUMP}|{_SEE})[^()（）。，,]{{0,24}}?[)）】\]◀◄←\s]*"
)
_JUMP_AT_START = re.compile(
    rf"(?:[(（【]\s*{_JUMP}[^()（）【】]{{0,24}}[)）】]|[▶►→☞]+\s*{_JUMP}\s)"
)
_JUMP_AT_END = re.compile(
    rf"(?:[(（【]\s*(?:{_JUMP}|{_SEE})[^()（）【】]{{0,24}}[)）】]|\s*[▶►→☞]+\s*{_JUMP})\s*$"
)
_ON_ELSEWHERE = re.compile("转|下接")
_CODE_FOLLOWS = re.compile(
    r"(?:扫码|扫一扫|扫描(?:下方|左侧|右侧|上方)?二维码|长按识别|识别二维码)[^。]{0,30}|[^。]{0,16}(?:扫码|扫一扫|二维码)"
)
_COPYRIGHT = re.compile(r"[^。]{0,12}(?:版权所有|未经(?:授权|许可)|不得转载)[^。]{0,40}。?")
_WEATHER = re.compile(
    r"[^。,，]{0,24}\d+\s*(?:℃|°C|度)\s*[~～—\-至]\s*-?\d+\s*(?:℃|°C|度)[^。]{0,16}"
)
_GUIDE = re.compile(r"(?:今日|本期|本版|要闻)?(?:导读|导览|内容提要|提要|看点)")
_GUIDE_ENTRY = re.compile(r"[^。]{4,40}?[\s.…·▶►→]+(?:详见|见)?第?[A-Z]{0,2}\d{1,3}版?")
_SIGNED = re.compile(
    r"[^,，。:：]{2,30}(?:委员会|办事处|居委会|村委会|党委|支部|社区|街道|中心|公司|局|委|办|处|站|所|院|校|部|"
    r"协会|学会|大队|支队|政府|办公室|指挥部|小组|医院|派出所|物业|编辑部)"
)
_DATE_ALONE = re.compile(
    r"(?:\d{4}|[一二三四五六七八九〇零○]{4})年.{1,3}月.{1,3}[日号]|\d{4}[-./]\d{1,2}[-./]\d{1,2}"
)

_EDGE_KINDS = frozenset(
    (
        *("date", "weekday", "lunar", "day", "masthead", "contact", "code"),
        *("latin", "price", "pages", "staff", "issue", "link"),
    )
)
_WIDEST = 160.0  # cells; longer lines are text, but for the longest staff boxes
_WIDEST_BOX = 500.0
_PAGE_NAME = 6  # characters of a page's name at most
_EDGE = 4  # lines from the top or the bottom that count as the page's edge


@dataclass
class Sorted:
    """A page's lines with the furniture taken out.

    Attributes:
        lines: what is left, for the stories.
        furniture: what was taken out, in the page's order.
        header: what the furniture says about the page.

    """

    lines: list[Line] = field(default_factory=list)
    furniture: list[Run] = field(default_factory=list)
    header: PageHeader = field(default_factory=PageHeader)


def take_out(lines: list[Line]) -> Sorted:
    """Separate page furniture from the text of the stories.

    A line is furniture when its tokens say so by themselves (a staff box, an ISSN), or when they
    are the kind that stands in a header (a date, a short name) and the line stands at the page's
    edge or beside other furniture.

    Args:
        lines: the page's lines.

    Returns:
        The remaining lines, the furniture and what it says.

    """
    readings = [read_tokens(line.text) if _may_be_furniture(line) else None for line in lines]
    taken = [_is_sure(line, tokens) for line, tokens in zip(lines, readings, strict=True)]
    _take_neighbours(lines, readings, taken)
    _take_guides(lines, taken)

    found = Sorted()
    gap = 0
    comes_from = False
    for line, tokens, is_taken in zip(lines, readings, taken, strict=True):
        if is_taken:
            gap = max(gap, line.gap, 3 if _RULE.fullmatch(line.text) else 0)
            found.furniture.append(line.run)
            if _JUMP_LINE.fullmatch(line.text):
                goes_on = _ON_ELSEWHERE.search(line.text) is not None
                if goes_on and found.lines:
                    found.lines[-1] = replace(found.lines[-1], ends_in_jump=True)
                comes_from = comes_from or (not goes_on and "接" in line.text)
            elif tokens:
                found.header.note(tokens, line.number)
            continue
        rest, jumps = _without_jumps(
            replace(line, gap=max(gap, line.gap), begins_in_jump=comes_from)
        )
        comes_from = False
        found.furniture.extend(jumps)
        if rest is None:
            gap = max(gap, line.gap)
            continue
        found.lines.append(rest)
        gap = 0
    return found


def _may_be_furniture(line: Line) -> bool:
    return line.width <= _WIDEST or (line.width <= _WIDEST_BOX and may_be_staff_box(line.text))


def _is_sure(line: Line, tokens: list[Token] | None) -> bool:
    """Furniture by itself, wherever it stands."""
    text = line.text
    if tokens is None:
        return False
    if is_staff_box(tokens):
        return True
    if line.width > _WIDEST:
        return False
    if _RULE.fullmatch(text) or _JUMP_LINE.fullmatch(text) or _COPYRIGHT.fullmatch(text):
        return True
    if _CODE_FOLLOWS.fullmatch(text) and re.search("关注|本报|公众号|视频|更多|客户端", text):
        return True
    sure = [token for token in tokens if token.is_sure]
    rest = [token for token in tokens if token.kind == "rest"]
    if not sure or _STOPS.search(text):
        return False
    if not rest:
        return True
    if len(tokens) - len(rest) < 2 and not any(token.kind == "code" for token in sure):
        return False
    covered = sum(len(token.text) for token in tokens if token.kind != "rest")
    longest = max(len(token.text) for token in rest)
    return longest <= 14 and len(rest) <= 3 and covered >= sum(len(t.text) for t in rest) * 0.6


def _take_neighbours(
    lines: list[Line], readings: list[list[Token] | None], taken: list[bool]
) -> None:
    """Take header-like lines at the edges of the page and beside other furniture.

    A date under a signature stays: it dates a notice, not the page.
    """
    count = len(lines)
    is_changed = True
    while is_changed:
        is_changed = False
        for i in [*range(count), *range(count - 1, -1, -1)]:
            tokens = readings[i]
            if taken[i] or not tokens:
                continue
            beside = (i > 0 and taken[i - 1] and _is_header(readings[i - 1])) or (
                i + 1 < count and taken[i + 1] and _is_header(readings[i + 1])
            )
            at_top = all(taken[:i]) if i < _EDGE * 3 else False
            at_bottom = all(taken[i + 1 :]) if count - i <= _EDGE * 3 else False
            if _fits_edge(
                lines, taken, i, tokens, beside=beside, at_top=at_top, at_bottom=at_bottom
            ):
                taken[i] = is_changed = True


def _is_header(tokens: list[Token] | None) -> bool:
    return bool(tokens) and any(t.kind not in {"rest"} for t in tokens or ())


def _fits_edge(
    lines: list[Line],
    taken: list[bool],
    i: int,
    tokens: list[Token],
    *,
    beside: bool,
    at_top: bool,
    at_bottom: bool,
) -> bool:
    """Whether a line that is not furniture by itself is furniture where it stands."""
    text = lines[i].text
    kinds = {token.kind for token in tokens}
    at_edge = at_top or at_bottom
    if _STOPS.search(text):
        return False
    if kinds == {"masthead"} and beside and not at_edge:
        return _is_in_header(lines, taken, i)
    if kinds <= {"date", "weekday", "lunar", "day"}:
        signed = i > 0 and not taken[i - 1] and _SIGNED.fullmatch(lines[i - 1].text) is not None
        return not signed and (at_top or "weekday" in kinds or (beside and at_edge))
    if kinds <= _EDGE_KINDS:
        if kinds & {"contact", "price"} and not beside:
            return False
        return at_edge or (beside and "code" in kinds)
    if kinds & {"code", "masthead"} and at_edge:
        return kinds <= {*_EDGE_KINDS, "rest"} and len(text) <= 16
    if _WEATHER.fullmatch(text):
        return at_top or (at_edge and beside)
    if kinds == {"rest"} and len(text) <= _PAGE_NAME and beside and at_edge:
        return _names_the_page(lines, taken, i)
    return False


def _is_in_header(lines: list[Line], taken: list[bool], i: int) -> bool:
    """Whether what stands above a paper's name is furniture or a word or two, as a page's name."""
    return i < _EDGE * 2 and all(
        is_taken or len(line.text) <= _PAGE_NAME
        for line, is_taken in zip(lines[:i], taken, strict=False)
    )


def _names_the_page(lines: list[Line], taken: list[bool], i: int) -> bool:
    """Whether a short line at the edge stands between furniture, as a page's name does.

    A short line between the header and a story is more likely a standing column.
    """
    before = i > 0 and taken[i - 1] and lines[i].gap <= 1
    after = i + 1 < len(lines) and taken[i + 1]
    return before and after


def _take_guides(lines: list[Line], taken: list[bool]) -> None:
    """Take the front page's guide (导读): its head and the entries that name a page."""
    for i, line in enumerate(lines):
        if not taken[i] and _GUIDE.fullmatch(line.text):
            end = i + 1
            while end < len(lines) and _GUIDE_ENTRY.fullmatch(lines[end].text):
                end += 1
            if end > i + 1:
                taken[i:end] = [True] * (end - i)


def _without_jumps(line: Line) -> tuple[Line | None, list[Run]]:
    """Cut 上接 and 下转 off a line's ends, and a rule printed around a short line.

    Returns:
        What is left of the line (None if nothing), and the jumps in the line's order.

    """
    jumps: list[Run] = []
    text = line.text
    start, end = 0, len(text)
    found = _JUMP_AT_START.match(text)
    if found:
        start = found.end()
        jumps += _runs(line, 0, start)
    found = _JUMP_AT_END.search(text, start)
    goes_on = False
    comes_from = start > 0
    if found:
        end = found.start()
        goes_on = _ON_ELSEWHERE.search(found.group()) is not None
        jumps += _runs(line, end, len(text))
    if not jumps:
        return line, []
    if not text[start:end].strip():
        return None, [line.run]
    rest = line.keeping(start, end)
    return replace(
        rest, begins_in_jump=comes_from or line.begins_in_jump, ends_in_jump=goes_on
    ), jumps


def _runs(line: Line, start: int, end: int) -> Iterable[Run]:
    run = line.run.cut(start, end)
    return [run] if run else []
