"""What a credit line says besides people: sources, datelines, dates, telephones, references."""

from __future__ import annotations

import re

from .lexicon import LISTS

_WORDS = {
    name: "|".join(sorted(map(re.escape, words), key=len, reverse=True))
    for name, words in LISTS.sections("phrases").items()
}
_HAN = "[\u4e00-\u9fff]"
_PLACES = "|".join(sorted(LISTS.words("places"), key=len, reverse=True))
_NUMBER = "[〇○零一二三四五六七八九十]"
_DAY = r"(?:\d{1,4}年)?(?:\d{1,2}月)?\d{1,2}日"
_END = r"(?=$|[ ()\n。,;:])"
_LINE_END = r"(?=$|[)\n。])"
_MEDIUM = (
    rf"(?:新华社|中新社|人民网|新华网|融媒体中心|{_HAN}{{1,10}}?"
    r"(?:报社?|网|社|新闻|客户端|融媒体?|融媒体中心|在线|电视台|电台|发布))"
)
_SENDER = rf"(?:《|{_MEDIUM}|央视|中央|人民|视觉|网络|官方|IC|CFP)"
# A source goes on to the next space, bracket or role.
_ROLE_BEGINS = (
    r"(?:本报|全媒体|融媒体?|见习|实习)*(?:记者|通讯员|实习生)|"
    r"责任?编|编辑[:/|]|作者|审核|校对|初审"
)
_VALUE = rf"(?:《[^》\n]*》|[^ ()\n。;,《])+?(?=$|[ ()\n。;,]|{_ROLE_BEGINS})"

_DATELINES = [
    # 本报讯, 本报安庆10月12日讯, 本报合肥电, 晚报讯
    rf"(?:本报(?!综合(?!讯))|本刊|本网|本台|本社|[晚日早晨商快]报)(?:记者)?{_HAN}{{0,8}}?(?:{_DAY})?"
    rf"(?:(?<!通)讯|消息(?=[ (])|专?电(?=[ (]|{_HAN}{{0,6}}记者|$))",
    # 安庆日报讯, 某网(某报网)讯
    rf"(?!据)(?:{_HAN}{{2,6}}[/·-])?{_MEDIUM}(?:\([^()]{{2,12}}\))?(?:{_HAN}{{0,8}}?{_DAY})?"
    rf"(?<!通)讯(?=[ (]|$|{_HAN}{{0,6}}记者)",
    # 新华社北京10月12日电
    rf"(?!据){_MEDIUM}{_HAN}{{0,8}}?{_DAY}(?:专?电|消息)",
    rf"(?:新华社|中新社){_HAN}{{2,6}}专?电(?=[ (]|记者)",
    rf"{_HAN}{{0,8}}(?<![通资简音喜])讯"
    r"(?= ?\(| +(?:本报|全媒体?|融媒体?|首席|见习|实习|特约)*(?:记者|通讯员))",
    rf"{_HAN}{{0,8}}消息(?= ?\((?:本报|本网|全媒体?|融媒体?)?(?:记者|通讯员))",
]
_SOURCES = [
    rf"(?:{_WORDS['sourced']}){{0,4}}(?:来源|稿源|出处|图源|来自) *[:/|] *{_VALUE}",
    r"(?:图片|信息|稿件|文章)?来源(?=\))",
    r"(?:部分|本版|本文|文中)?(?:图片|照片|视频|图文|内容|文章|图)[均皆都]?"
    rf"(?:来自|来源于?|源自|取自) ?{_VALUE}",
    rf"图源 ?{_VALUE}",
    rf"来源 +(?:《[^》\n]*》|{_MEDIUM}(?=$|[ ()|/]))",
    rf"IC ?(?:photo|Photo|PHOTO){_END}",
    rf"(?:{_WORDS['agencies']})(?:供(?:本报|本网)?(?:特稿|专稿|专电|稿件)|专特稿|特稿|专稿|通稿){_END}",
    r"(?:本文|文章|图文|内容|图片|稿件|原文|均|皆){0,4}"
    rf"(?:{_WORDS['taken from']}) *:? *(?:于 *)?{_VALUE}",
    rf"(?:图|图片|文字|视频|数据|本报|均|皆|综合)?据{_SENDER}(?:{_VALUE}|{_END})",
    rf"(?:图|图片|照片|视频)据 ?(?:{_WORDS['givers']}){_END}",
    rf"(?:本报)?综合{_SENDER}{_VALUE}",
    rf"(?:本报|本网|本刊)综合(?:整理|报道|消息)?{_END}",
    # 新华社发, 新华社/法新, 视觉中国供图
    rf"(?:{_WORDS['agencies']})"
    r"(?:(?:发|供图|供稿|照片|图片|图|电|稿|传真照片)(?:(?=[ (])|/[\u4e00-\u9fff]{2,3}|"
    rf"(?=$|[\n)。,;:]))|/[\u4e00-\u9fff]{{2,3}}|{_LINE_END})",
    rf"(?:本报|网络|新华社|历史)?(?:{_WORDS['stock']}){_END}",
    rf"(?:图片?|配图)?由?(?:AI|人工智能)(?:(?:生成|合成)(?:图片?)?{_END}|(?:制图|绘图|绘制|作图|制作)(?=$|[)\n。]))",
    rf"(?:均?由)?(?:{_WORDS['givers']}) ?(?:供图|提供|供稿|提供图片){_END}",
    rf"网络{_LINE_END}",
    rf"(?:图片?|配图|制图|海报|插图|绘图|漫画) *[/:|]? *(?:AI|人工智能)(?:生成|制图|制作)?{_END}",
    rf"本(?:报|刊|网|台)(?:特约|首席)?(?:评论员|编辑部|编委会|评论部|社论|编者"
    rf"|(?:采访|调研|报道|记者|评论|采编|专题)组){_LINE_END}",
]
_NOTES = [
    r"(?:https?://|www\.)[^\s()\u4e00-\u9fff]+",
    r"[A-Za-z0-9_.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+",
    rf"(?:{_WORDS['contacts']}) *[:|/]? *(?:\(\d{{3,4}}\) ?)?[A-Za-z0-9@._+-]{{3,}}"
    r"(?:[、,/转 ] *[0-9][0-9-]{3,})*",
    rf"(?:{_WORDS['counts']}) *: *(?=[第\dA-Z])[^\s()]*",
    rf"(?:{_WORDS['labels']}) *: *(?:[^\s()]|\(\d+\)班)*",
    rf"\d{{1,3}}岁{_END}",
    # dates: 2024年10月16日, 10月16日上午, 10月16日摄, 2024-10-16 16:20, 二〇二四年十月, 星期三
    r"\d{4}年[春夏秋冬]季?(?=$|[ ()])",
    r"\d{4} *年 *(?:\d{1,2} *月 *(?:\d{1,2} *[日号](?:\d{1,2}[时点])?)?)?"
    r"(?:拍?摄(?=$|[)]))?",
    r"\d{1,2} *月 *(?:\d{1,2} *[日号]|[上中下]旬|(?=$|[ )]))"
    r"(?:[上下]午|晚上?|凌晨|早上?)?(?:\d{1,2}[时点](?:半|许|\d{1,2}分)?)?(?:拍?摄(?=$|[)]))?",
    r"\d{1,2}[日号](?=$|[ (),])",
    r"\d{4}[-./]\d{1,2}[-./]\d{1,2}(?:[ T]+\d{1,2}:\d{2}(?::\d{2})?)?",
    r"\d{1,2}:\d{2}(?::\d{2})?",
    rf"{_NUMBER}{{2,4}}年(?:{_NUMBER}{{1,3}}月(?:{_NUMBER}{{1,3}}日)?)?",
    rf"{_NUMBER}{{1,2}}月{_NUMBER}{{1,3}}日",
    r"(?:农历|公历)[^\s()]*",
    r"星期[一二三四五六日天]?(?![\u4e00-\u9fff])|礼拜[一二三四五六日天]",
    r"周[一二三四五六日](?=$|[ ()\n。,、])",
    r"(?<=[摄日])于[^\s()]+|[写作记改]于(?=\d)[^\s()]*",
    # pages and issues: 上接A01版, 第1234期, A03
    r"(?:上接|下转|详见|紧接|下接|转|接|见)?第? ?"
    rf"(?:{_NUMBER}{{1,3}}|[A-Z]?\d{{1,2}})(?:[、-]\d{{1,2}})* ?版(?!责?编|责任|主编|美编|校对)",
    r"(?:今日|今天|本期|本报)共?\d{1,3}版",
    r"[A-Z]\d{2}(?![A-Za-z0-9])",
    r"(?:总?第|总)?\d+期",
    r"[A-Z]{1,4}\d{2,6}(?![A-Za-z0-9])",
    r"(?<=,)(?:(?:作者)?系(?!列)|现为|现任|曾任|原任|时任)[^\n。()]{2,}",
    r"系(?:本报|本刊|[^ ()\n]{2,})"
    r"(?:会员|理事|教授|记者|通讯员|评论员|撰稿人|作家|编辑|干部|职工|学生|教师|研究员|律师"
    r"|医师|主任|院长|馆长|书记|员工|工作人员)(?=$|[)。])",
    r"无人机(?:照片|图片)(?=$|[ (),。])|无人机(?:拍摄|航拍)(?=$|[)。])",
    r"本[版组期](?:稿件|图片|照片)(?=$| [^ 由均除])",
    # 图①②均为张三摄: a caption that only says who took the pictures
    r"(?:图(?:[①-⑳\d]|[一二三四五六七八九])+(?:[、至和-]图?(?:[①-⑳\d]|[一二三四五六七八九]))*"
    r"|[上下左右中题本]图)(?:均|皆|都)?[为由](?=[^为由。]{2,12}摄(?:$|[ ().。;]))",
    r"(?:均|皆)由(?=[^由。]{2,12}摄(?:$|[ ().。;]))",
    r"[见如][上下左右题]?图(?=$|[ (),。])",
    # pictures: 上图, 图①, 图1、图2
    r"(?:[上下左右中首附]图(?:\d|[一二三四五六])?(?=$|[ ()/|:,])|[题配]图(?=$|[ ()]))",
    r"(?:[题配大小主头]|封面)图(?= *:[^:]{2,12}摄)",
    r"图(?:[①-⑳\d]|[一二三四五六七八九十](?![\u4e00-\u9fff]{2}))+"
    r"(?:[、至和-]图?(?:[①-⑳\d]|[一二三四五六七八九十]))*(?=$|[^为示片说])",
    r"[①-⑳]+",
    rf"发自 ?{_HAN}{{2,6}}{_END}",
    rf"(?:{_PLACES})专电{_END}",
    rf"(?:昨日|今日|昨天|今天|昨晚|近日|日前)报道{_END}",
    rf"侵权?必?删{_END}|如有侵权[^\s()]*",
    rf"(?:本报)?(?:专稿|特稿|专电|专讯|特写|独家){_END}",
    r"-? ?END ?-?|全文完(?=$|[ )\n])|(?:零售|定)价:? ?[\d.]+元",
    r"\d[\d-]{5,}\d",
    r"\d+(?![\d\u4e00-\u9fffA-Za-z])",
]


def _compile(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


_PHRASES = [
    ("DATELINE", _compile(_DATELINES)),
    ("SOURCE", _compile(_SOURCES)),
    ("NOTE", _compile(_NOTES)),
]
# 图片由…提供, 本版照片均由…摄: the words before 由 say what the people did.
_BY = re.compile(
    rf"(?:{_WORDS['page']}|,){{0,4}}(?P<made>{_WORDS['made']})(?:除[^ ()由]{{1,8}}外,?)?"
    r"(?:(?:均|皆|都|全部)?由(?! )|(?:均|皆|都)为|为(?=[^为由。]{2,12}摄(?:$|[ ().。;])))"
)
# What may stand in brackets behind a name without being a name, a role or an organisation.
_ASIDE = re.compile(
    r"[前后上下左右中第]?[一二三四]?排?"
    rf"(?:[上下左右中前后](?:{_NUMBER}|数|起|侧|边|者|图|方|前|后|排)*)+"
    r"|(?:(?:文中|以上|本文).{0,8})?均?[为系]?化名|笔名|见图|如图|女|男|音|完|署名.{0,4}|除署名外[^由]*|整理|外一[首篇]|节选"
    rf"|{_NUMBER}|实习|见习|图片?|照片|资料|未完.*|待续|发自.*"
    r"|(?:本文)?作者(?:系|为|简介).*|(?:本文)?作者单位[^ ]*|(?:系|为|曾任|现任|原(?![载刊])).{2,}"
    r"|无人机.{0,4}"
    r"|[\u4e00-\u9fff]{1,3}族|.{0,6}岁"
    rf"|{_WORDS['countries and ages']}"
)


def match_phrase(plain: str, at: int, *, at_word: bool) -> tuple[str, int] | None:
    """Find a source, a dateline or a note that begins at a place in a folded line.

    Args:
        plain: the line in half-width forms and simplified characters.
        at: the place to look at.
        at_word: whether a word begins there; inside a word only numbers, dates and 某某系… are
            looked for.

    Returns:
        The kind (DATELINE, SOURCE or NOTE) and where the phrase ends, or None.
    """
    if not at_word and not plain[at].isdigit() and plain[at] != "系":
        return None
    for kind, pattern in _PHRASES:
        if not at_word and kind != "NOTE":
            continue
        found = pattern.match(plain, at)
        if found and found.end() > at:
            return kind, found.end()
    return None


def match_by(plain: str, at: int) -> tuple[str, int] | None:
    """Find 图片由 or its like at a place; returns what was made (图片) and where 由 ends."""
    found = _BY.match(plain, at)
    return (found["made"], found.end()) if found else None


def is_aside(text: str) -> bool:
    """Whether what stands in brackets is a remark on a person or a picture (右, 化名, 见图)."""
    return _ASIDE.fullmatch(text) is not None
