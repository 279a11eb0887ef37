"""The role words of a credit line, and what they mean."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import Enum

from .credits import RoleKind
from .folding import simplify
from .lexicon import LISTS


class Part(Enum):
    """What a role word does in the grammar of a line."""

    PERSON = "person"  # what someone is: 记者 张三. Stands before the names.
    WORK = "work"  # what someone did: 文 张三, 张三 摄. Stands on either side.
    STAFF = "staff"  # what someone did to the page: 责编 张三. Stands before the names.


# Single characters that are roles only when they stand alone: 张文 is a name, 张三 文 is not.
LONE = frozenset("文图绘译著撰画书诗编词曲作辑片审校")

_WORDS = LISTS.sections("roles")
_HAN = "[\u4e00-\u9fff]"


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


def _spaced(word: str) -> str:
    """The word, or the word with layout spaces in it (记　者, 通讯 员)."""
    if len(word) == 1 or word in ("文图", "图文", "文本"):  # 文 图, 文 本报…
        return re.escape(word)
    return " *".join(map(re.escape, word))


def _any_spaced(words: Iterable[str]) -> str:
    return "|".join(_spaced(word) for word in sorted(words, key=len, reverse=True))


_HEAD = f"(?:{_any_spaced(_WORDS['people'])})"
_MODIFIER = rf"(?:{_any_spaced(_WORDS['modifiers'])}|驻{_HAN}{{1,4}}?)"
_OWN_KIND = _any(_WORDS["own kind"])
_PERSON = re.compile(
    rf"(?:(?:{_any_spaced(_WORDS['own'])}|(?P<kind>{_OWN_KIND})) *{_HAN}{{0,7}}?{_HEAD}"
    rf"|(?:{_MODIFIER} *){{0,5}}(?P<beat>(?:{_any(_WORDS['beats'])}){{0,2}}){_HEAD})"
)
_BYSTANDER = re.compile(_any(_WORDS["bystanders"]))
_COMPOSED = f"(?:{_any(_WORDS['made'])})(?:{_any(_WORDS['making'])})"
# Two kinds of work printed as one word, which is one role: 摄影摄像, 版式策划.
_LONG_WORK = _any(word for word in (*_WORDS["work"], *_WORDS["staff"]) if len(word) > 1)
_LONG_STAFF = _any(word for word in _WORDS["staff"] if len(word) > 1)
_PAIR = f"(?:{_LONG_WORK}){{2,3}}"
_WORK_PART = f"(?:{_COMPOSED}|{_PAIR}|{_any_spaced(_WORDS['work'])}|{_any(_WORDS['staff'])})"
# Work shared by one name: 文/图, 文、图, 撰文/摄影, 图/文/视频; two single characters with only a
# space between them are one word spread out (文　图).
_JOINT = r" *(?:[/、·&+]|和|及|兼) *"
_OWN_WORK = f"(?:{_any(_WORDS['own work'])})"
_WORK = re.compile(
    rf"(?:{_OWN_WORK} ?)?"
    rf"(?:文 *并 *(?:摄影|[供配]图|[图摄])|文 +图(?!{_HAN})|图 +文(?!{_HAN})|"
    rf"{_WORK_PART}(?:{_JOINT}{_WORK_PART}){{0,5}})"
)
_STAFF = re.compile(
    rf"(?:{_any(_WORDS['staff modifiers'])}|{_HAN}{{2}}版(?!式|面)){{0,4}}"
    rf"(?:[一二三四初复终][审校读](?:[一二三初复终][校读])?|(?:{_LONG_STAFF}){{2,3}}|"
    rf"{_any_spaced(_WORDS['staff'])})"
    rf"(?:{_JOINT}(?:{_any(_WORDS['staff'])})){{0,5}}"
)

# A role word with one of these behind it is part of another word: 编辑部, 记者站, 图文并茂.
_GOES_ON = re.compile(
    r"[部站社团会室组家展节证班师员者权术稿学院处栏网号库厂店并为中书像机集册类队氏入区]|"
    r"协会|中心|管理|办公|委员|车间|[一二三四五六七八九十大中支总]{1,3}队|大赛|比赛|作品|采访|竞赛|爱好|公司|工作|现场|直播|消息|手记|来信|走|培训|大会|联盟|方案|效果"
)

_PICTURE = re.compile(r"摄|图|照片|视频|拍|绘|画|影")


def match_role(text: str, at: int) -> tuple[str, int, Part] | None:
    """Find the longest role word that begins at a place in a folded line.

    Args:
        text: the line in half-width forms and simplified characters.
        at: the place to look at.

    Returns:
        The role without layout spaces, where it ends, and its part; None where none begins.
    """
    best: tuple[str, int, Part] | None = None
    for part, pattern in (
        (Part.PERSON, _PERSON),
        (Part.STAFF, _STAFF),
        (Part.PERSON, _BYSTANDER),
        (Part.WORK, _WORK),
    ):
        found = pattern.match(text, at)
        if found and (best is None or found.end() > best[1]):
            best = (found.group().replace(" ", ""), found.end(), part)
    return best


def part_of(role: str) -> Part | None:
    """The part of a role word that stands by itself; None for a word that is no known role."""
    found = match_role(simplify(role), 0)
    return found[2] if found and found[1] == len(role) else None


def begins_with_kind(text: str, at: int) -> bool:
    """Whether the role at a place begins with a kind of paper: 晚报记者, but 安庆晚报|记者."""
    found = _PERSON.match(text, at)
    return found is not None and found["kind"] is not None


def beat_at(text: str, at: int) -> str:
    """The beat the role at a place begins with (摄影 of 摄影记者), or an empty string."""
    found = _PERSON.match(text, at)
    return found["beat"] if found and found["beat"] and found.start("beat") == at else ""


def goes_on(text: str, at: int) -> bool:
    """Whether a role word that ends here is only the beginning of a longer word."""
    return _GOES_ON.match(text, at) is not None


def is_bystander(role: str) -> bool:
    """Whether a role says what someone is outside the newsroom (居民, 志愿者)."""
    return _BYSTANDER.fullmatch(simplify(role)) is not None


def is_report(role: str) -> bool:
    """Whether a role only says that its reporters reported (记者 某某 报道)."""
    return simplify(role) == "报道"


def is_provided(role: str) -> bool:
    """Whether a role says who gave the picture or the words (供图, 提供)."""
    return simplify(role) in ("提供", "供图", "供稿", "图片提供", "照片提供")


def is_for_everyone(role: str) -> bool:
    """Whether a role behind the names speaks of everybody in the line (文/图, 摄影报道)."""
    role = simplify(role)
    if role.endswith("报道"):
        return role != "报道"
    return has_picture(role) and ("文" in role or "报道" in role)


def has_picture(role: str) -> bool:
    """Whether a role speaks of a picture, alone or with the words."""
    return _PICTURE.search(simplify(role)) is not None


def is_picture(role: str) -> bool:
    """Whether a role is that of the picture alone (图, 摄影, 供图)."""
    return has_picture(role) and "文" not in role


def is_text(role: str) -> bool:
    """Whether a role is that of the words alone (文, 撰文)."""
    return simplify(role) in ("文", "撰文", "采写", "文字", "采写整理")


def follows_names(role: str) -> bool:
    """Whether a role stands behind its names unless the line says otherwise (摄, 摄影报道)."""
    role = simplify(role)
    return role == "摄" or role.endswith("报道")


def labels_pictures(role: str) -> bool:
    """Whether a role names the page's pictures (本版图片), to be followed by who took them."""
    return re.fullmatch(f"{_OWN_WORK}(?:图片|照片|摄影)", simplify(role)) is not None


def is_plain_credit(role: str) -> bool:
    """Whether a role says nothing but who made something; 记录 and 整理 are verbs of prose too."""
    return (
        has_picture(role) or re.search("[供来投荐]稿|撰|采写|编译|文/", simplify(role)) is not None
    )


def is_printed_behind(role: str) -> bool:
    """Whether a newspaper prints work behind the name when it is all a person did."""
    return re.search("摄|绘|供|报道|提供|译|整理|采写|作$|编制", simplify(role)) is not None


_KINDS = [
    (RoleKind.REPORTER, "记者"),
    (RoleKind.CORRESPONDENT, "通讯员|报道员|信息员|宣传员|通联员"),
    (RoleKind.INTERN, "^(?!.*编).*实习"),
    (RoleKind.WRITER, "编译|采编|编写|编撰|作者|撰稿|评论员|主笔"),
    (RoleKind.EDITOR, "编(?!制|绘|导)|校|版式|版面|排版|组版|审|签发|监制|值班|主任"),
    (RoleKind.PHOTOGRAPHER, "^摄影.*报道$|^题图"),
    (RoleKind.WRITER, "文|撰|采写|采访|报道|执笔|写|稿|翻译|整理|综合|^译|译者|记录"),
    (RoleKind.PHOTOGRAPHER, "摄|图|照片|影|拍|视频"),
]


def kind_of(role: str) -> RoleKind:
    """Sort a role word as printed into the newsroom's kinds.

    A role for words and pictures together (文/图, 图文) counts as the writer's; 摄影报道 is a
    picture story and counts as the photographer's.
    """
    role = simplify(re.sub(r"\s", "", role))
    return next((kind for kind, words in _KINDS if re.search(words, role)), RoleKind.OTHER)
