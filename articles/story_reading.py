"""One story as it was written elsewhere, into the fields of the form.

The importer of whole pages reads it (`articles.importing.parse_page`), with three things known
beforehand: labels say what they label (副题：…), a table or a picture goes where it stood, and what
looks like a second story may be a subhead of the first. Nothing is dropped: what belongs into no
field is in `left_over`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from articles import bylines
from articles.body import escape_line
from articles.body.grammar import Kind, kind_of
from articles.bylines import Credit, RoleKind
from articles.importing import (
    EMPTY,
    BlockKind,
    BodyBlock,
    Directory,
    ParsedArticle,
    ParsedPage,
    PieceKind,
    parse_page,
)
from articles.importing.lines import clean, width_of
from articles.story_lines import LineKind, StoryLine, lines_of
from articles.story_paragraphs import ENDS, merged, part_paragraphs

# Labels as correspondents put them before the parts of what they send in.
_LABELS = {
    "kicker": "引题|肩题|眉题|引标题",
    "headline": "主题|标题|主标题|大标题|题目|稿件标题",
    "deck": "副题|副标题|子标题",
    "credit_line": "作者|署名|撰稿人?|供稿人?|投稿人|作者署名",
    "column": "栏目|投稿栏目",
    "body": "正文|内容|稿件内容",
    "left_over": "联系电话|联系人|联系方式|电话|手机|手机号码?|邮箱|电子邮箱|微信号?|地址|通讯地址"
    "|邮编|投稿单位|供稿单位|报送单位|投稿日期|投稿时间|投稿|审核人?|审稿人?|银行账号|开户行|身份证号?",
}
_LABEL = re.compile(
    r"^[\s\u3000【\[（(]*(?:"
    + "|".join(f"(?P<{name}>{words})" for name, words in _LABELS.items())
    + r")[】\]）)]*\s*[：:]\s*(?P<words>.*)$"
)
_DATELINE = re.compile(r"^[【\[(（]?\s*本报讯\s*[】\])）]?[\s:：,，、·—-]*")
_BRACKETS = re.compile(r"^[（(【\[]\s*(?P<inside>.*?)\s*[）)】\]]$")
# A line as wide is no heading, and tells whether lines end where sentences do.
_WIDE = 18.0


@dataclass(frozen=True)
class Caption:
    """What stands under a picture: its words, and who took it, as printed."""

    text: str
    credit: str = ""


@dataclass(frozen=True)
class StoryText:
    """A story as the form takes it.

    Attributes:
        kicker: 引题, "" where there is none; likewise `headline`, `deck`, `column`.
        body: as `articles.body` reads it, with subheads.
        dateline: whether it begins with 本报讯, which is not in the body.
        credit_line: the bylines as printed, without brackets.
        genre: a `Genre`'s value.

    """

    kicker: str = ""
    headline: str = ""
    deck: str = ""
    body: str = ""
    dateline: bool = False
    credit_line: str = ""
    genre: str = "story"
    column: str = ""


@dataclass
class StoryReading:
    """What a text was read as.

    Attributes:
        whole: all of it as one story.
        parts: the stories it seems to hold, in order; empty where it is one.
        left_over: lines that belong into no field.
        captions: what stands under the pictures, by their numbers.

    """

    whole: StoryText
    parts: list[StoryText] = field(default_factory=list)
    left_over: list[str] = field(default_factory=list)
    captions: dict[int, Caption] = field(default_factory=dict)


def read_story(
    story: str | Sequence[StoryLine],
    *,
    asides: Iterable[str] = (),
    directory: Directory = EMPTY,
) -> StoryReading:
    """Read one story.

    Args:
        story: its text as pasted, or its lines.
        asides: what came along and is no part of it.
        directory: the places the newsroom knows.

    Raises:
        PageTextError: `empty` where there are no words, `too_long` where there are far too many.

    """
    lines = lines_of(story) if isinstance(story, str) else list(story)
    return _StoryReader(lines, [one for one in asides if one.strip()], directory).read()


class _StoryReader:
    """Reads the lines of a story once."""

    def __init__(
        self, lines: Sequence[StoryLine], left_over: list[str], directory: Directory
    ) -> None:
        self.lines = lines
        self.directory = directory
        self.labelled: dict[str, str] = {}
        self.bared: dict[int, str] = {}
        self.captions: dict[int, Caption] = {}
        self.left_over = left_over
        # The words the importer sees, and the number of the line each of them comes from.
        self.fed: list[int] = []
        self.set: dict[int, str] = {}

    def read(self) -> StoryReading:
        """Return the story in its fields.

        Raises:
            PageTextError: as `read_story`.

        """
        self._sort_lines()
        page = self._parsed()
        articles = page.articles
        for piece in [*page.furniture, *page.leftover]:
            self.left_over.append(piece.text)
        everything = (0, len(self.lines) + 1)
        parts = [self._story(article, self._reach(articles, article)) for article in articles]
        whole = self._with_labels(
            self._story(merged(articles), everything)
            if articles
            else StoryText(body="\n".join(self.set.values()))
        )
        self._keep_other_columns(page, whole)
        begun = [article for article in articles if _is_begun(article)]
        return StoryReading(whole, parts if len(begun) > 1 else [], self.left_over, self.captions)

    def _keep_other_columns(self, page: ParsedPage, whole: StoryText) -> None:
        """Keep the names of columns beside the one that the form has room for."""
        shown = "".join((whole.column, whole.body, whole.kicker, whole.headline, whole.deck))
        for piece in (piece for article in page.articles for piece in article.pieces):
            if piece.kind is PieceKind.COLUMN and piece.text not in shown:
                self.left_over.append(piece.text)

    def _sort_lines(self) -> None:
        """Tell words for the importer from what is known already."""
        words = [line for line in self.lines if line.kind is LineKind.WORDS and line.text.strip()]
        has_text = any(not line.looks_like_caption and _is_wide(line.text) for line in words)
        picture = 0
        for number, line in enumerate(self.lines, start=1):
            if line.kind is LineKind.PICTURE:
                picture = _number_in(line.text)
                self.set[number] = line.marked
            elif line.kind is LineKind.SET:
                picture = 0
                self.set[number] = line.marked
            elif not line.text.strip():
                self.fed.append(number)
            elif picture and has_text and picture not in self.captions and self._is_caption(line):
                self.captions[picture] = _caption(line.text)
                picture = 0
            else:
                picture = 0
                if line.kind is LineKind.HEADING or not self._take_label(number, line.text):
                    self.fed.append(number)

    def _is_caption(self, line: StoryLine) -> bool:
        if line.looks_like_caption:
            return True
        # 蔺小舟 摄 alone under a picture.
        credits = bylines.parse(line.text.strip())
        return bool(credits) and not credits.unread and all(map(_is_photographers, credits))

    def _take_label(self, number: int, text: str) -> bool:
        """Take what a label says it is; the words behind the body's are for the importer."""
        found = _LABEL.match(text)
        if found is None:
            return False
        name = next(one for one in _LABELS if found[one])
        words = found["words"].strip()
        if name == "left_over":
            self.left_over.append(text.strip())
        elif name == "body":
            self.bared[number] = words
            return not words
        elif not words or name in self.labelled:
            return False
        else:
            self.labelled[name] = words
        return True

    def _parsed(self) -> ParsedPage:
        """Let the importer read the words; each paragraph stands apart where none is wrapped."""
        texts = [self._text(number) for number in self.fed]
        is_known = self.labelled or self.set or self.captions or self.left_over
        if is_known and not any(text.strip() for text in texts):
            return ParsedPage()
        if _is_wrapped(texts):
            head = _titles_above(texts)
            self.fed.insert(head, 0)
        else:
            kept = [n for n, text in zip(self.fed, texts, strict=True) if text.strip()]
            self.fed = [at for number in kept for at in (number, 0)]
            head = len(self.fed)
        texts = [self._text(number) for number in self.fed]
        page = parse_page("\n".join(texts), directory=self.directory)
        for number, article in enumerate(page.articles):
            part_paragraphs(article, is_first=not number, wrapped_from=head + 1)
        return page

    def _text(self, number: int) -> str:
        return self.bared.get(number, self.lines[number - 1].text) if number else ""

    def _source(self, line: int) -> int:
        """Return where a line the importer saw stands in what was given."""
        return self.fed[line - 1]

    def _story(self, article: ParsedArticle, reach: tuple[int, int]) -> StoryText:
        """Return a story in its fields, what stood between its paragraphs among them."""
        placed = [(self._source(block.lines[0]), self._block(block)) for block in article.blocks]
        start, end = reach
        placed += [(at, text) for at, text in self.set.items() if start <= at < end]
        placed.sort(key=lambda one: one[0])
        return StoryText(
            kicker=article.kicker,
            headline=article.headline,
            deck=article.deck,
            body="\n".join(text for _at, text in placed),
            dateline=article.dateline,
            credit_line=_credit_line(article),
            genre=article.genre,
            column=article.column,
        )

    def _reach(self, articles: Sequence[ParsedArticle], article: ParsedArticle) -> tuple[int, int]:
        """Return from which line to before which a story's tables and pictures are its own."""
        start = 0 if article is articles[0] else self._source(article.first_line)
        if article is articles[-1]:
            return start, len(self.lines) + 1
        end = self._source(article.last_line)
        for at in sorted(self.set):
            end += at == end + 1
        return start, end + 1

    def _block(self, block: BodyBlock) -> str:
        """Return a paragraph or subhead as body text, with its links and strong words."""
        text, numbers = block.text, block.lines
        source = self.lines[self._source(numbers[0]) - 1]
        is_whole = len(numbers) == 1 and clean(source.text) == text
        if block.kind is BlockKind.SUBHEAD or (is_whole and source.kind is LineKind.HEADING):
            return f"## {escape_line(text)}"
        if is_whole and source.marked and kind_of(source.marked) is Kind.PARAGRAPH:
            return source.marked
        return escape_line(text)

    def _with_labels(self, story: StoryText) -> StoryText:
        """Let labels have the last word; what they push out of its field opens the body."""
        given: dict[str, Any] = dict(self.labelled)
        pushed = [
            getattr(story, name)
            for name in ("kicker", "headline", "deck")
            if name in given and getattr(story, name)
        ]
        if story.credit_line and "credit_line" in given:
            given["credit_line"] = f"{given['credit_line']} {story.credit_line}"
        if story.column and "column" in given:
            pushed.insert(0, story.column)
        body = [*(f"## {escape_line(text)}" for text in pushed), story.body]
        return replace(story, **given, body="\n".join(text for text in body if text))


def _is_begun(article: ParsedArticle) -> bool:
    """Whether a story shows by itself that it is one, and not the next part of another."""
    return bool(
        article.paragraphs
        and article.headline
        and (article.bylines or article.dateline or article.column or article.kicker)
    )


def _is_wide(text: str) -> bool:
    return width_of(text.strip()) >= _WIDE


def _is_wrapped(texts: Iterable[str]) -> bool:
    """Whether lines end at a column's edge, as copied from a page, and not where sentences do."""
    wide = [text.strip() for text in texts if _is_wide(text)]
    ended = sum(1 for text in wide if text.endswith(ENDS))
    return len(wide) > 3 and ended < 0.6 * len(wide)


def _titles_above(texts: Sequence[str]) -> int:
    """Return how many lines of a wrapped text are too short to go on in the next: its titles."""
    width = max(width_of(text.strip()) for text in texts)
    at = 0
    while at < len(texts) and width_of(texts[at].strip()) < 0.8 * width:
        if texts[at].strip().endswith(ENDS):
            break
        at += 1
    return at


def _number_in(mark: str) -> int:
    return int("".join(character for character in mark if character.isdigit()))


def _is_photographers(credit: Credit) -> bool:
    return bylines.kind_of(credit.role) is RoleKind.PHOTOGRAPHER


def _caption(text: str) -> Caption:
    words, credit = bylines.find_trailing(text.strip())
    if not credit:
        credits = bylines.parse(text.strip())
        if credits and not credits.unread:
            return Caption("", text.strip())
    return Caption(words.strip(), _without_brackets(credit))


def _without_brackets(text: str) -> str:
    found = _BRACKETS.match(text.strip())
    return found["inside"] if found else text.strip()


def _credit_line(article: ParsedArticle) -> str:
    """Return the bylines as printed; newly set where what was printed apart reads otherwise."""
    printed: list[str] = []
    for piece in article.pieces:
        if piece.kind in (PieceKind.CREDIT, PieceKind.DATELINE):
            words = _without_brackets(_DATELINE.sub("", piece.text))
            if words and words not in printed:
                printed.append(words)
    credits = article.bylines
    for line in (
        " ".join(printed),
        " ".join((*printed[:1], *(f"（{one}）" for one in printed[1:]))),
    ):
        # A name alone is one in the form's line: see `articles.signing`.
        read = (list(bylines.parse(line)), list(bylines.parse(f"□ {line}")))
        if not credits or credits in read:
            return line
    new = bylines.format_credits(credits).removeprefix("□ ")
    rest: list[str] = []
    for words in printed:
        found = bylines.parse(words)
        rest += [found.source, *found.notes]
    return " ".join(dict.fromkeys(part for part in (new, *rest, *article.unread) if part))
