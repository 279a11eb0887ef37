"""The words of page furniture: of mastheads, date lines, staff boxes and imprints.

Each pattern has a kind. Those marked sure stand nowhere but in furniture (an ISSN, a page code with
版, a staff entry); the others only make a line furniture at the page's edge or beside furniture.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_HAN = "\u3400-\u9fff"
_DIGITS = "〇零○一二三四五六七八九"

_STAFF_ROLES = {
    "editor": """
        责任编辑 责编 本版编辑 值班编辑 执行编辑 首席编辑 版面编辑 本版主持 本版责编 本期编辑
        文字编辑 编辑 编
    """,
    "layout": """
        版式设计 版面设计 版式 版面 美术编辑 美术设计 美编 排版 组版 制版 拼版 视觉设计 视觉
        设计 美工 图文设计 本版版式 本版美编
    """,
    "proof": """
        责任校对 责校 校对 检校 审校 本版校对 校
    """,
    "staff": """
        值班主任 值班总编辑 值班总编 值班编委 值班副总编 本版主编 执行主编 副主编 主编 总编辑
        总编 编委 主任 审读 编审 审核 终审 二审 复审 初审 一审 三审 签发 签审 图片编辑 图编 监制
        组稿 值班 图文 制图 电话 统筹编辑 见习编辑 实习编辑 视觉编辑 网络编辑 新媒体编辑 融媒体编辑
        值班领导 值班社领导 视觉总监 美术总监 创意总监 副总编辑 检校 一版编辑 二版编辑 三版编辑
        四版编辑 头版编辑
    """,
}
STAFF_FIELD = {word: kind for kind, words in _STAFF_ROLES.items() for word in words.split()}
# Words of everyday speech; they begin a staff entry only with a colon or a slash behind them.
_NEEDS_MARK = frozenset(("编", "校", "电话", "主任", "设计", "图文", "视觉", "版面", "值班"))
_ROLE = "|".join(
    re.escape(word) + (r"(?=\s*[:：/／|｜])" if word in _NEEDS_MARK else "")
    for word in sorted(STAFF_FIELD, key=len, reverse=True)
)
_NAME = (
    rf"(?:[{_HAN}]{{2,4}}(?:·[{_HAN}]{{2,6}})?|[{_HAN}][ \u3000][{_HAN}]{{1,2}})"
    r"(?:[(（](?:实习|见习)[)）])?"
)
_NAMES = re.compile(_NAME)
_STAFF_ENDS = (
    rf"(?=\s*(?:$|(?:本版|本期)?(?:{_ROLE})|[|｜◆●■□·—/／]|[{_HAN}A-Za-z]{{2,8}}[:：]|[A-Z]?\d)|"
    rf"\s+[{_HAN}]{{5,}})"
)
_STAFF = re.compile(
    rf"(?:本版|本期|今日)?(?P<role>{_ROLE})(?P<mark>\s*[:：/／|｜]?\s*)"
    rf"(?P<names>{_NAME}(?:[\s、,，/／&]+{_NAME}){{0,5}}?){_STAFF_ENDS}"
)

# Whose telephone it is: the paper's, or anybody's.
_PAPERS = (
    "(?:(?:本报|新闻|读者|报料|爆料|投稿|来稿|广告|发行|订阅|订报|编辑部|总编室|采编|报社|记者部|通联|印刷|零售|社区报|"
    "本版)(?:部|监督|投诉|服务|经营|值班|电子|官方)*)+"
)
_LABEL = "(?:服务|24小时)*(?:热线|电话|传真|邮箱|信箱|QQ群?|微信号?|公众号|网址|网站|客户端|微博)"
_VALUE = (
    r"(?:[(（][^()（）]*[)）])?\s*[:：]?\s*"
    r"(?:[\w.+-]+@[\w.-]+|(?:https?://|www\.)\S+|[\d(（)）\-－—–/、 转]{5,}\d)"
)
_SOLAR_TERMS = (
    "立春|雨水|惊蛰|春分|清明|谷雨|立夏|小满|芒种|夏至|小暑|大暑|"
    "立秋|处暑|白露|秋分|寒露|霜降|立冬|小雪|大雪|冬至|小寒|大寒"
)
_END = r"(?=\s|$|[|｜])"
_CODE = "[A-Z]{0,2}\\d{1,3}"
_NUMERAL = "[一二三四五六七八九十]{1,3}"
_YEAR_WORDS = rf"(?P<y>[一二][{_DIGITS}]{{3}})"
_DAY_WORDS = "(?P<m>[一二三四五六七八九十]{1,2})月(?P<d>[一二三四五六七八九十廿卅]{1,3})日"
_PUBLISHING = (
    "主管单位|主办单位|主管主办|主管|主办|承印单位|承印|印刷单位|印刷|"
    "编辑出版|出版单位|出版|社长、总编辑|社长|总编辑"
)
# Words that end in 报 and are no newspaper's name: 海报, 黑板报, 举报.
_NO_PAPER = "海举汇通播预情电捷简申回填上板墙喜战年月警公谎误登快见"

_SURE: tuple[tuple[str, str], ...] = (
    (
        "issue",
        r"[(（]?\s*(?:总|本年|今年|新|复刊)?\s*第?\s*(?:总第)?\s*(?P<issue>\d{1,6})\s*期\s*[)）]?",
    ),
    ("issue", r"(?:No|NO|№)\.?\s*(?P<issue>\d{1,6})(?!\d)"),
    (
        "pages",
        rf"[(（]?(?:今日|本期|今天|全刊|共)\s*[共出]?\s*(?:\d{{1,3}}|{_NUMERAL})\s*个?版[)）]?",
    ),
    ("code", rf"第\s*(?P<code>{_CODE}|{_NUMERAL})\s*版"),
    ("code", r"(?P<code>[A-Z]{1,2}\d{1,3}|\d{2,3})\s*版"),
    ("code", r"(?P<code>[A-Z]\d{1,3})(?![\dA-Za-z])"),
    ("code", rf"(?:版次|版号|版面)\s*[:：]\s*第?(?P<code>{_CODE})版?"),
    ("link", r"(?:当前|所在|本)版(?:面|次|位)?\s*[:：]"),
    ("name", rf"(?:版名|版面名称|本版名称)\s*[:：]\s*(?P<name>[{_HAN}·]{{2,10}})"),
    (
        "press",
        r"(?:国内统一)?(?:连续出版物号|刊号|统一刊号)?\s*[:：]?\s*"
        r"\(?CN\s*\d{2}\s*[-—–－]\s*\d{3,4}(?:/[A-Z]{1,2}\d?)?\)?",
    ),
    (
        "press",
        r"(?:国际标准(?:连续出版物号|刊号))?\s*[:：]?\s*ISSN\s*\d{4}\s*[-—–－]\s*\d{3}[\dX]",
    ),
    (
        "press",
        r"(?:国内统一|国际标准)?(?:连续出版物号|统一刊号|内部资料准印证号?|准印证号?)\s*[:：]?\s*[^\s|｜]{2,24}",
    ),
    ("press", r"(?:国内|国外)?(?:邮发)?代号\s*[:：]?\s*\d{1,3}\s*[-—–－]\s*\d{1,4}"),
    ("press", r"(?:广告(?:经营)?许可证|广告发布登记)[^\s|｜]{0,40}"),
    ("press", r"本报(?:常年)?法律顾问\s*[:：]?\s*.{2,40}"),
    ("press", rf"(?:{_PUBLISHING})\s*[:：]\s*[{_HAN}()（）]{{2,30}}"),
    ("press", rf"[{_HAN}]{{2,20}}(?:主管、?主办|主管|主办|编辑出版|出版|承印|印刷){_END}"),
    ("contact", rf"{_PAPERS}{_LABEL}{_VALUE}"),
    ("contact", r"(?:本[报刊])?欢迎(?:广大)?(?:读者)?(?:赐稿|投稿|来稿|订阅)[^\s|｜,，。：:]{0,6}"),
    ("contact", r"(?:广告|发行|订阅|印刷|通联)\s*[:：]\s*[\d\-－—–、 ]{6,}\d"),
    ("contact", rf"{_PAPERS}{_LABEL}\s*[:：]\s*[^\s|｜]{{2,30}}"),
    (
        "contact",
        r"(?:社址|本报地址|报社地址|邮政编码|邮编|总编室|编辑部|广告部|发行部)(?:电话|地址)?\s*[:：]?\s*"
        r"[^\s|｜,，。]{0,30}\d[^\s|｜,，。]{0,20}",
    ),
    ("contact", r"(?:社址|本报地址|报社地址|编辑部地址)\s*[:：]\s*[^\s|｜]{2,40}"),
    (
        "link",  # of a paper's website, copied with the page
        r"[上下]一[期版篇]|返回(?:首页|目录|列表|顶部)|(?:版面|标题)(?:导航|目录)|字[号体]|"
        r"放大\+?|缩小-?|默认|(?:下载|查看)?PDF(?:版|下载)?|(?:往期|历史)回顾",
    ),
    (
        "press",
        r"[^\s|｜]{0,6}(?:ICP|网)备(?:案号?\s*[:：]?\s*[^\s|｜]{0,6}ICP备)?\s*\d+号?(?:-\d+)?",
    ),
    ("press", r"印[数量]\s*[:：]?\s*\d+\s*[份册]?"),
)
_AT_THE_EDGE: tuple[tuple[str, str], ...] = (
    (
        "date",
        r"(?P<y>(?:19|20)\d\d)\s*(?:年|[-./])\s*(?P<m>\d{1,2})\s*(?:月|[-./])\s*"
        r"(?P<d>\d{1,2})\s*[日号]?(?!\d)",
    ),
    ("date", rf"{_YEAR_WORDS}年{_DAY_WORDS}"),
    ("day", r"\d{1,2}月\d{1,2}日(?=\s*(?:星期|周|$))"),
    ("weekday", r"[(（]?(?:星期|礼拜|周)(?P<weekday>[一二三四五六日天])[)）]?"),
    ("lunar", rf"(?:农历|夏历)[{_HAN}]{{2,14}}"),
    (
        "lunar",
        "[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]年?(?:[(（]?[鼠牛虎兔龙蛇马羊猴鸡狗猪]年[)）]?)?"
        "闰?[正一二三四五六七八九十冬腊]{1,2}月[初十廿卅一二三四五六七八九]{1,3}",
    ),
    ("lunar", rf"(?:今日|明日|昨日)?(?:{_SOLAR_TERMS})(?=\s|$)"),
    ("code", r"(?P<code>\d{1,2}|[一二三四五六七八九十]{1,2})\s*版(?=\s|$|[·|｜:：])"),
    ("code", r"^(?P<code>\d{1,2})(?=\s|$|[|｜·:：])"),
    ("code", r"(?<=\s)(?P<code>0\d)$"),
    (
        "price",
        r"(?:零售价?|定价|每份|每月|全年|季度|售价|年价|月价|每季|半年)+\s*[:：]?\s*(?:人民币)?\s*"
        r"\d+(?:\.\d+)?\s*元(?:/?(?:份|月|年))?",
    ),
    (
        "price",
        rf"(?:免费(?:赠阅|取阅|发放)|内部(?:资料|交流)[,，]?\s*免费(?:交流|赠阅)?|赠阅){_END}",
    ),
    (
        "contact",
        r"(?:https?://|www\.)\S+|[\w-]+(?:\.[\w-]+)*\.(?:com|cn|net|org)(?:\.cn)?(?:/\S*)?",
    ),
    ("contact", r"(?:E-?mail\s*[:：]\s*)?[\w.+-]+@[\w.-]+"),
    ("contact", r"(?:通讯|通信|联系)?地址\s*[:：]\s*[^\s|｜,，。]{2,40}"),
    ("contact", rf"(?:联系|咨询|服务|报名|监督|举报|投诉)?{_LABEL}{_VALUE}"),
    ("masthead", rf"(?<![{_HAN}])[{_HAN}·]{{1,12}}(?<![{_NO_PAPER}])报(?:数字报|电子版)?{_END}"),
    ("masthead", rf"《[{_HAN}·]{{2,12}}报》"),
    ("masthead", rf"(?<![{_HAN}])[{_HAN}·]{{2,10}}(?:周刊|特刊|导刊|快报|月报|年报|社报){_END}"),
    ("latin", rf"[A-Za-z][A-Za-z .,'&·-]{{5,}}{_END}"),
)
_PATTERNS = [
    (kind, is_sure, re.compile(pattern, re.IGNORECASE))
    for is_sure, patterns in ((True, _SURE), (False, _AT_THE_EDGE))
    for kind, pattern in patterns
]
# Kinds that may be glued to the word before them (星期四第12期).
_GLUED = frozenset(("date", "weekday", "code", "issue", "lunar"))
_SEPARATORS = re.compile(r"[\s|｜丨·•/／—–―_◆●■□★☆▲▶:：,，;；、\-]+")


_ROLE_WORD = re.compile(_ROLE)
_LONGEST_REST = 24  # characters between two entries of a staff box


@dataclass(frozen=True)
class Token:
    """A word of furniture.

    Attributes:
        kind: what it is; "rest" for words that are no furniture by themselves.
        text: as printed.
        is_sure: whether it stands nowhere but in furniture.
        values: what it says, by name (a date's y, m and d; a page's code; a role's names).

    """

    kind: str
    text: str
    is_sure: bool = False
    values: tuple[tuple[str, str], ...] = ()


def read_tokens(text: str) -> list[Token]:
    """Cut a line into words of furniture and the rest, separators left out."""
    tokens: list[Token] = []
    at = 0
    rest_from: int | None = None
    while at <= len(text):
        separator = _SEPARATORS.match(text, at)
        if separator and separator.group() == "·" and rest_from is not None:
            separator = None
        token, end = _token_at(text, at, at_word=rest_from is None)
        if rest_from is not None and (separator or token or at == len(text)):
            tokens.append(Token("rest", text[rest_from:at].strip()))
            rest_from = None
        if separator:
            at = separator.end()
            continue
        if token:
            tokens.append(token)
            at = end
            continue
        if rest_from is None and at < len(text):
            rest_from = at
        at += 1
    return tokens


def is_staff_box(tokens: Sequence[Token]) -> bool:
    """Whether a line names those who made the page, whatever else it says.

    Three entries with a role each are found nowhere else, nor are two beside a telephone.
    """
    entries = [token for token in tokens if token.kind == "staff"]
    contacts = [token for token in tokens if token.kind == "contact"]
    longest = max((len(token.text) for token in tokens if token.kind == "rest"), default=0)
    return longest <= _LONGEST_REST and (
        len(entries) >= 3 or (len(entries) == 2 and bool(contacts))
    )


def may_be_staff_box(text: str) -> bool:
    """Whether a long line holds enough words of a staff box to be worth reading as one."""
    return len(_ROLE_WORD.findall(text)) >= 3


def _token_at(text: str, at: int, *, at_word: bool) -> tuple[Token | None, int]:
    """Return the longest word of furniture that begins at a place, and where it ends."""
    best: tuple[Token | None, int] = (None, at)
    if at_word and (found := _STAFF.match(text, at)):
        names = "、".join(
            re.sub(r"\s", "", name) if len(name) <= 4 else name
            for name in _NAMES.findall(found["names"])
        )
        entry = (STAFF_FIELD[found["role"]], names)
        is_sure = bool(found["mark"])  # 编辑回音 may be words
        best = (Token("staff", found.group(), is_sure=is_sure, values=(entry,)), found.end())
    for kind, is_sure, pattern in _PATTERNS:
        if not at_word and kind not in _GLUED:
            continue
        found = pattern.match(text, at)
        if found and found.end() > best[1]:
            values = tuple((key, value) for key, value in found.groupdict().items() if value)
            best = (Token(kind, found.group(), is_sure, values), found.end())
    return best
