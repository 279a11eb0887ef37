"""Pages to be set in type, and what can be read back from a PDF."""

from __future__ import annotations

from typing import Any

import pypdfium2

from issues.models import Page, Role
from tests.factories import make_article, make_issue, make_page, make_photo, make_section, place

SENTENCE = "第{}天傍晚，社区工作人员挨家挨户敲门，把“一盏灯”的事说清楚：灯亮了，路就平了；"


def prose(count: int, start: int = 0) -> str:
    """Return a paragraph of so many sentences, each unlike the others."""
    return "".join(SENTENCE.format(number) for number in range(start, start + count))


def full_page(*, lead: int = 14, **fields: Any) -> Page:
    """Make a page with a lead, features, photo news and briefs of a standing column."""
    page = make_page(make_issue(), editor="何桂兰", layout="沈砚秋", proof="闻婧", **fields)
    column = make_section("街巷快讯", kind="column")
    first = make_article(
        "一层一层商量 一户一户点头",
        kicker="一部电梯，二十四户人家",
        deck="文昌里社区7号楼加装电梯的一百一十七天",
        body="\n".join(
            [
                prose(lead),
                "## 第一张表，没有人签字",
                prose(lead, 100),
                "> 前面三张没签成的，也是最后这张的一部分。",
                "- 落子用推，不用拍。",
                "- 将军不喊，用指节在桌沿点一下。",
                "| 楼层 | 户数 |",
                "| -- | -- |",
                "| 1楼 | 4户 |",
                "[图1]",
                "## 第二张表，**算**清楚了",
                prose(lead, 200),
            ]
        ),
    )
    make_photo(first, 600, 400, caption="电梯门打开迎客。", credit="韩冬 摄", focus_x=20)
    make_photo(first, 300, 400, caption="楼道里的新扶手。")
    place(first, page, Role.LEAD)
    for number, headline in enumerate(
        ("充电棚选址 先让影子说话", "七点二十的路口有人替孩子数车"), 3
    ):
        place(make_article(headline, body=prose(9, number * 100)), page)
    photo = make_article("柳堤驿站换了早门", body=prose(2, 600))
    make_photo(photo, 500, 300, caption="环卫工人在门口喝热水。", credit="宋玉芬 摄")
    place(photo, page, Role.PHOTO)
    for number in (7, 8, 9):
        brief = make_article(
            f"第{number}社区：早市收摊后多了一班洒水车",
            body=prose(3, number * 100),
            dateline=True,
            column=column,
        )
        place(brief, page, Role.BRIEF)
    return page


def words(pdf: bytes) -> str:
    """Return a PDF's text without blanks, in the order it is written."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "".join("".join(page.get_textpage().get_text_range().split()) for page in document)
    finally:
        document.close()


def told(page: Page) -> list[str]:
    """Return every line of every story of a page, without blanks."""
    lines = []
    for placement in page.placements.with_stories():
        story = placement.article
        lines += [story.kicker, story.headline, story.deck]
        lines += [text for photo in story.photos.all() for text in (photo.caption, photo.credit)]
        lines += [line.strip("#>|- ") for line in story.body.splitlines()]
    plain = ("".join(line.replace("*", "").split()) for line in lines)
    return [line for line in plain if line and "|" not in line and not line.startswith("[")]
