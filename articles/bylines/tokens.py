"""A credit line cut into words, roles and marks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from . import names, phrases, places, roles
from .folding import simplify
from .roles import Part


class Mark(Enum):
    """What a token is."""

    WORD = "word"
    ROLE = "role"
    SPACE = "space"
    LIST = "list"  # 、 , ; & 和
    TIE = "tie"  # / |
    COLON = "colon"
    OPEN = "open"
    CLOSE = "close"
    STOP = "stop"
    NOTE = "note"
    SOURCE = "source"
    DATELINE = "dateline"
    BESIDE = "beside"  # an organisation in brackets behind a name
    OTHER = "other"


@dataclass(frozen=True)
class Token:
    """A piece of the folded line with its place there."""

    mark: Mark
    text: str
    start: int
    end: int
    part: Part | None = None
    is_aside: bool = False  # a role in brackets behind a name
    is_by: bool = False  # 图片由: the work is named before the people and done after them


_MARKS = [
    (Mark.SPACE, re.compile(r" +")),
    (Mark.STOP, re.compile(r"[\n。！？!?…]+")),
    (Mark.OPEN, re.compile(r"\(")),
    (Mark.CLOSE, re.compile(r"\)")),
    (Mark.COLON, re.compile(r":")),
    (Mark.TIE, re.compile(r"[/|]")),
    (Mark.LIST, re.compile(r"[、,;&]|\+(?!记者|客户端|全媒|首席|见习)|(?<= )[和与及暨](?= )")),
]
# Bullets and rules that open a line or stand between its parts.
_ORNAMENT = re.compile(r"[■□●○◎◆◇▲△▼▽★☆▶►◀▷◁▸▹※◤◥◢◣☉➤»«〓▪▫▌▍▎▏◯⊙♦❖✎✍*#>~～\-—–―─_·]+")
_WORDLIKE = re.compile(
    r"《[^》\n]{1,30}》|“[\u4e00-\u9fffA-Za-z0-9]{1,12}”|"
    r"(?:[一二三四五六七八九高初级大中小]|[初高][一二三])"
    r"\([\d一二三四五六七八九十]{1,2}\)(?:班|中队)|"
    r"[\u3400-\u9fff〇·A-Za-z0-9\U00020000-\U000323af]|"
    r"(?<=[\u4e00-\u9fff])\+(?=[记客全首见])"  # 现代快报+记者
)

# A space inside a word rather than around the slash of 文 / 图.
_SPREAD = re.compile(r"[^ /、·&+] +[^ /、·&+]")
_DOUBLED = re.compile("图文 *[/、] *图|文图 *[/、] *[文图]")  # 叶玲图|文/图
# A single character, then spaces: the first half of a name spaced out, unless it is a role.
_HALF_NAME = re.compile(r"(?<![\u4e00-\u9fff])[^文图\W] +$")
_LAST_JOINT = re.compile(r" *[/、·&+] *[^/、·&+]*$")
_LABEL_GOES_ON = re.compile("[\u4e00-\u9fff]{1,3}(?= ?:)")
_HAN_RUN = re.compile("[\u4e00-\u9fff]+")
# A name tied to its work by a slash.
_TIED_WORK = re.compile("[\u4e00-\u9fff]/(?:文|图|摄|撰文|采写|视频|整理)")


def _continues(plain: str, end: int) -> bool:
    """Whether a word goes on at a place."""
    after = plain[end : end + 1]
    return after != "·" and _WORDLIKE.match(after) is not None


def _shorten(plain: str, at: int, end: int) -> int | None:
    """Where a role ends that may have taken in the beginning of the word behind it.

    The last part of a joint role may be a surname (摄影/文静雯) or belong to a longer word
    (图/视觉中国). A role without parts is none where the word goes on (编辑部).
    """
    while _continues(plain, end):
        role = plain[at:end]
        is_surname = role[-1] in roles.LONE and (
            not names.surname_of(plain[end]) or "文" in role[:-2]
        )
        goes_on = roles.goes_on(plain, end)
        joint = _LAST_JOINT.search(plain, at, end)
        if joint and (goes_on or is_surname):
            end = joint.start()
        else:
            return None if goes_on else end
    return end


def _ends_organisation(plain: str, start: int, at: int) -> bool:
    """Whether an organisation ends before a beat (安庆日报|摄影记者), rather than with it."""
    beat = roles.beat_at(plain, at)
    longer = range(at + 1, at + len(beat) + 1)
    return places.may_be_organisation(plain[start:at]) and not any(
        places.is_organisation(plain[start:end]) for end in longer
    )


def _is_inside_office(plain: str, word: int, at: int, end: int) -> bool:
    """Whether a role is only a word in an office's name (某街道|综合|文化站)."""
    whole = _HAN_RUN.match(plain, word)
    return (
        whole is not None
        and whole.end() > end
        and places.may_be_organisation(plain[word:at])
        and places.is_organisation(whole.group())
    )


def _may_be_glued(plain: str, word: int, at: int, end: int, part: Part) -> bool:
    """Whether a role may be printed against the word before it, which begins at `word`."""
    if _SPREAD.search(plain, at, end) or _DOUBLED.match(plain, at):
        return False
    is_name = at - word >= 2 or _HALF_NAME.search(plain, 0, word) is not None
    if part is not Part.PERSON and not is_name and plain[at] != "摄":  # 杨国画
        return False
    if roles.is_bystander(plain[at:end]):  # 某四中|学生, not 某四|中学生
        longer = (plain[word:i] for i in range(at + 1, end))
        return places.is_organisation(plain[word:at]) or (
            is_name and not any(places.is_organisation(office) for office in longer)
        )
    if part is Part.STAFF and len(plain[at:end]) > 1:  # 界面新闻|编辑, not 界面|新闻编辑
        if any(places.is_organisation(plain[word:i]) for i in range(at + 2, end - 1)):
            return False
        if places.is_organisation(plain[word:at]):
            return True
    is_whole = plain[at:end].isalpha() and end - at >= (2 if plain[at] in "书诗著撰辑" else 4)
    # 张三文/图, but 王小文/图 李四/文 are two names and their work
    if plain[at] in roles.LONE and not is_whole and (part is Part.WORK or end - at == 1):
        has_joint = end > at + 1 and plain[at + 1] != " " and plain[at] in "文图"
        return has_joint and len(_TIED_WORK.findall(plain)) < 2
    if part is not Part.PERSON and _is_inside_office(plain, word, at, end):
        return False
    if part is Part.PERSON and roles.begins_with_kind(plain, at):
        return False
    if part is Part.PERSON and roles.beat_at(plain, at):
        return _ends_organisation(plain, word, at)
    return True


def _is_in_label(plain: str, end: int) -> bool:
    """Whether a role is only the beginning of a longer label before a colon (主持|词:)."""
    rest = _LABEL_GOES_ON.match(plain, end)
    return rest is not None and not names.has_surname(rest.group())


def _role_at(plain: str, at: int, word: int | None) -> tuple[int, Part] | None:
    """Where the role that begins at a place ends, if what stands around it lets it be one.

    Args:
        plain: the folded line in simplified characters.
        at: the place to look at.
        word: where the word before it begins, if one is printed against it.
    """
    found = roles.match_role(plain, at)
    if found is None:
        return None
    role, end, part = found
    if role == "提供" and plain[end : end + 1] in ("图", "稿"):  # 买买提|供图
        return None
    if plain[at + 1 : at + 2] == " ":
        inner = roles.match_role(plain, end - 1)
        if inner is not None and inner[1] > end:  # 涂 海 报道员
            return None
        if role in ("文图", "图文") and _HALF_NAME.search(plain, 0, at):
            end = at + 1  # 唐 文 图: the second character of a name and its work
    shortened = _shorten(plain, at, end)
    if shortened is None:
        return None
    end = shortened
    if plain[at:end] in roles.LONE and (word is not None or _continues(plain, end)):
        return None
    if word is not None and not _may_be_glued(plain, word, at, end, part):
        return None
    if part is not Part.PERSON and word is None and _is_in_label(plain, end):
        return None
    return end, part


def _token_at(line: str, plain: str, at: int, word: int | None) -> Token | None:
    """The token that begins at a place and is no part of a word.

    Args:
        line: the folded line.
        plain: the same in simplified characters.
        at: the place to look at.
        word: where the word before it begins, if one reaches to the place.
    """
    if phrase := phrases.match_phrase(plain, at, at_word=word is None):
        kind, end = phrase
        return Token(Mark[kind], line[at:end], at, end)
    if word is None and (by := phrases.match_by(plain, at)):
        made, end = by
        return Token(Mark.ROLE, made, at, end, Part.WORK, is_by=True)
    if line[at] == "·" and word is not None:
        label = roles.match_role(plain, at + 1)
        if label and plain[label[1] : label[1] + 1] == ":":  # 编辑:张三·校对:李四
            return Token(Mark.LIST, "·", at, at + 1)
    if role := _role_at(plain, at, word):
        end, part = role
        return Token(Mark.ROLE, line[at:end].replace(" ", ""), at, end, part)
    for mark, pattern in _MARKS:
        if found := pattern.match(line, at):
            return Token(mark, found.group(), at, found.end())
    return None


def tokenise(line: str) -> list[Token]:
    """Cut a folded line into tokens; every character belongs to one."""
    plain = simplify(line)
    tokens: list[Token] = []
    word: int | None = None
    at = 0
    while at < len(line):
        token = _token_at(line, plain, at, word)
        piece = None if token else _WORDLIKE.match(line, at)
        if piece and (line[at] != "·" or word is not None):
            word = at if word is None else word
            at = piece.end()
            continue
        if token is None:
            ornament = _ORNAMENT.match(line, at)
            mark = Mark.SPACE if ornament else Mark.OTHER
            end = ornament.end() if ornament else at + 1
            token = Token(mark, line[at:end], at, end)
        if word is not None:
            tokens.append(Token(Mark.WORD, line[word:at], word, at))
            word = None
        tokens.append(token)
        at = token.end
    if word is not None:
        tokens.append(Token(Mark.WORD, line[word:], word, len(line)))
    return tokens
