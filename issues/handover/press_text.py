"""What the press has set on a page, beside what was approved for it. Nothing is changed by it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.db.models import Prefetch
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import body as body_text
from articles.body.normalising import normalised
from articles.bylines import Credit, format_credits
from articles.comparison import FieldComparison, label_of, marked
from articles.differences import NEW_PARAGRAPH, Change, inline
from articles.docx import read_docx
from articles.importing import PageTextError, ParsedArticle, ParsedPage, parse_page, read_text
from articles.models import Article
from articles.story_lines import LineKind
from issues.models import Page, Placement

from .matching import Printed, alike, held, match, pairs, squeezed

# A page holds some ten thousand characters, a page of small print thirty thousand.
MOST_CHARACTERS = 100_000
# The mark our own export puts before a caption: 【图1】A03-01-图1.jpg
_FILE_MARK = re.compile(r"^[【\[]图\d{1,3}[】\]]\S*[ \u3000]*")
_NOTE = re.compile(r"^【.*】$")
_BRACKETS = re.compile("[()（）▲△▼▽]")
# White space between two characters of which one is no letter or digit is the press's own.
_LOOSE = re.compile(r"(?<![A-Za-z0-9])\s+|\s+(?![A-Za-z0-9])")
# A caption that was changed is still the one it is most like.
_CAPTION_ALIKE = 0.6
_TOO_LONG = gettext_lazy(
    "The text has %(length)d characters, far more than a newspaper page; at most %(limit)d can be "
    "compared. Paste one page at a time."
)
# .docx, .doc or .wps, PDF: whoever reads the first also says what to do about the others.
_OFFICE_FILES = (b"PK", b"\xd0\xcf\x11\xe0", b"%PDF")


class Verdict(StrEnum):
    """What became of a story on the set page."""

    DIFFERS = "differs"
    MISSING = "missing"
    EXTRA = "extra"
    IDENTICAL = "identical"


@dataclass(frozen=True)
class Finding:
    """One story of the page, ours or only the press's.

    Attributes:
        verdict: what became of it.
        headline: its headline.
        story: ours; None for a text that is only the press's.
        is_approved: whether it was compared with a text that passed the final review.
        fields: what differs, field by field, ours as the old state.
        lines: a text that is only the press's, line by line.

    """

    verdict: Verdict
    headline: str
    story: Article | None = None
    is_approved: bool = True
    fields: list[FieldComparison] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Report:
    """What a set page says.

    Attributes:
        findings: our stories in the page's order, then what is only the press's.
        remarks: what does not fit the page, in sentences.

    """

    findings: list[Finding]
    remarks: list[str]

    def count(self, verdict: str) -> int:
        """Return how many stories ended so."""
        return sum(finding.verdict == verdict for finding in self.findings)


def text_of_file(raw: bytes) -> str:
    """Return the text of an uploaded page, .txt or .docx; its name is not believed.

    Raises:
        django.core.exceptions.ValidationError: for a .docx that cannot be read, and for what is
            no text at all.
        articles.importing.PageTextError: for a text that cannot be read.

    """
    if not raw.startswith(_OFFICE_FILES):
        return read_text(raw)
    lines = []
    for line in read_docx(raw).lines:
        if line.kind is LineKind.PICTURE:
            continue
        is_set = line.kind is LineKind.SET
        lines.append(body_text.plain_text(body_text.parse(line.text)) if is_set else line.text)
    return "\n".join(lines)


def compare_page(page: Page, text: str) -> Report:
    """Compare a page with what the press has set (four queries).

    White space, line ends and the division into paragraphs are the press's own and no difference;
    every character is one.

    Args:
        page: our page.
        text: the press's text of it.

    Raises:
        articles.importing.PageTextError: where there is no text, or far too much for a page.

    """
    if len(text) > MOST_CHARACTERS:
        params = {"length": len(text), "limit": MOST_CHARACTERS}
        raise PageTextError("too_long", _TOO_LONG, params=params)
    stories = [placement.article for placement in _placements(page)]
    ours = [_ours(story) for story in stories]
    text, captions = _take_captions(text, ours)
    parsed = parse_page(text)
    theirs = [_theirs(article) for article in parsed.articles]
    found, strangers = match(ours, theirs)
    findings = [
        _finding(story, wanted, setting, captions)
        for story, wanted, setting in zip(stories, ours, found, strict=True)
    ]
    findings += [_stranger(text) for text in strangers]
    left = [piece.text for piece in parsed.leftover if squeezed(piece.text)]
    if left:
        findings.append(Finding(Verdict.EXTRA, _("lines that belong to no story"), lines=left))
    return Report(findings, _remarks(page, parsed))


def _take_captions(text: str, ours: list[Printed]) -> tuple[str, dict[str, str]]:
    """Take what stands under our pictures out of a set text, and what our own export adds to it.

    A reader of pages cannot tell a caption between two columns from a headline; we know ours.

    Returns:
        The text without them; and for each of our captions that was found what is set for it.

    """
    plain = (_FILE_MARK.sub("", line) for line in normalised(text).split("\n"))
    lines = [line for line in plain if not _NOTE.match(line.strip())]
    printed = frozenset(pair for story in ours for pair in story.title_pairs | story.body_pairs)
    loose = {
        place: pairs(_bare(line))
        for place, line in enumerate(lines)
        if line.strip() and held(pairs(_bare(line)), printed) < _CAPTION_ALIKE
    }
    taken = {}
    for caption in (caption for story in ours for caption in story.captions):
        words = pairs(_bare(caption))
        shares = ((alike(words, found), -place) for place, found in loose.items())
        share, place = max(shares, default=(0.0, 0))
        if share >= _CAPTION_ALIKE:
            del loose[-place]
            taken[caption], lines[-place] = lines[-place], ""
    return "\n".join(lines), taken


def _bare(text: str) -> str:
    return _BRACKETS.sub("", squeezed(text))


def _placements(page: Page) -> list[Placement]:
    stories = Article.objects.select_related("approved_revision").prefetch_related(
        "bylines", "photos"
    )
    return list(page.placements.prefetch_related(Prefetch("article", stories)))


def _ours(story: Article) -> Printed:
    """Return a story's approved words; of one that was never approved its present ones."""
    revision = story.approved_revision
    if revision is None:
        credits, captions = story.credit_line, [_under(vars(one)) for one in story.photos.all()]
        content: dict[str, Any] = {name: getattr(story, name) for name in ("body", "dateline")}
        content |= {name: getattr(story, name) for name in ("kicker", "headline", "deck")}
    else:
        content = revision.content
        credits = _credit_line(content)
        captions = [_under(photo) for photo in content["photos"]]
    body = body_text.plain_text(body_text.parse(content["body"])).split("\n")
    if content["dateline"]:
        body[0] = f"{_('Our own report')}{body[0]}"
    titles = [content[name] for name in ("kicker", "headline", "deck") if content[name]]
    return Printed(titles, body, credits, [caption for caption in captions if caption])


def _credit_line(content: dict[str, Any]) -> str:
    lines = sorted(content["bylines"], key=lambda line: line["position"])
    printed = format_credits(
        [Credit(line["name"], line["role"], line["organisation"]) for line in lines]
    )
    return " ".join(part for part in (printed, content["unread_credit"]) if part)


def _under(photo: dict[str, Any]) -> str:
    return "".join(part for part in (photo["caption"], photo["credit"]) if part)


def _theirs(article: ParsedArticle) -> Printed:
    titles = [text for text in (article.kicker, article.headline, article.deck) if text]
    body = [block.text for block in article.blocks]
    if article.dateline:
        body[:1] = [f"{_('Our own report')}{body[0] if body else ''}"]
    credits = " ".join(part for part in (format_credits(article.bylines), *article.unread) if part)
    return Printed(titles, body, credits, column=article.column)


def _finding(
    story: Article, ours: Printed, theirs: Printed | None, captions: dict[str, str]
) -> Finding:
    is_approved = story.approved_revision is not None
    if theirs is None:
        return Finding(Verdict.MISSING, story.headline, story, is_approved)
    titles, body = _divided(ours, theirs)
    fields = [
        *_difference("headline", _printed_titles(ours, titles), titles),
        *_difference("body", ours.body, body),
        *_difference("credit_line", [ours.credits], [theirs.credits]),
        *(
            one
            for caption in ours.captions
            if _bare(caption) != _bare(captions.get(caption, caption))
            for one in _difference("photos", [caption], [captions[caption]])
        ),
    ]
    verdict = Verdict.DIFFERS if fields else Verdict.IDENTICAL
    return Finding(verdict, story.headline, story, is_approved, fields)


def _divided(ours: Printed, theirs: Printed) -> tuple[list[str], list[str]]:
    """Divide a set text where ours ends its titles, if it has the same lines up to there.

    What the reader of pages took for the name of a column may be our kicker.
    """
    wanted = squeezed("".join(ours.titles))
    for lines in (theirs.lines, [theirs.column, *theirs.lines]):
        for end in range(len(lines) + 1):
            if squeezed("".join(lines[:end])) == wanted:
                return lines[:end], lines[end:]
    is_ours = theirs.column and any(theirs.column in title for title in ours.titles)
    return [*([theirs.column] if is_ours else []), *theirs.titles], theirs.body


def _printed_titles(ours: Printed, theirs: list[str]) -> list[str]:
    """Return our titles; a brief without one goes by its own first words, which nobody prints."""
    begins = squeezed("".join(ours.titles)).rstrip("…")
    is_made_up = not theirs and squeezed("".join(ours.body)).startswith(begins)
    return [] if is_made_up else ours.titles


def _difference(name: str, old: list[str], new: list[str]) -> list[FieldComparison]:
    if squeezed("".join(old)) == squeezed("".join(new)):
        return []
    was, now = _tidy(old), _tidy(new)
    runs = marked([_words(paragraph) for paragraph in inline(was, now)], now)
    return [FieldComparison(name, label_of(name), True, [run for run in runs if run])]


def _words(paragraph: list[Change]) -> list[Change]:
    """Leave out where paragraphs begin and end: that is for the press to say."""
    return [change for change in paragraph if change.text != NEW_PARAGRAPH]


def _tidy(lines: list[str]) -> str:
    return "\n".join(_LOOSE.sub("", line) for line in lines if line.strip())


def _stranger(text: Printed) -> Finding:
    headline = text.titles[0] if text.titles else next(iter(text.body), "")[:30]
    lines = [*text.lines, *([text.credits] if text.credits else [])]
    return Finding(Verdict.EXTRA, headline or text.credits, lines=lines)


def _remarks(page: Page, parsed: ParsedPage) -> list[str]:
    remarks = []
    if parsed.page_code and parsed.page_code != page.code:
        remarks.append(
            _("The text calls itself page %(said)s; this is page %(code)s.")
            % {"said": parsed.page_code, "code": page.code}
        )
    if parsed.date and page.issue.date and parsed.date != page.issue.date:
        remarks.append(
            _("The text is dated %(said)s; this issue is of %(date)s.")
            % {"said": date_format(parsed.date), "date": date_format(page.issue.date)}
        )
    return remarks
