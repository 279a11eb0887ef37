"""A story set as in the paper, with what has changed and what is commented marked in it.

The body's grammar knows nothing of changes. So the lines of both texts are written as one, with a
private character before every run of words that says which run begins; the grammar takes it for a
letter like any other, and what is printed is divided at these characters again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from articles import body as body_text
from articles.body.grammar import HEADS, PHOTO, is_rule, kind_of
from articles.body.grammar import Kind as Line
from articles.comparison import FieldComparison, Run, marked, passages_in
from articles.differences import Kind, inline
from articles.models import Article, Comment, Photo
from articles.passages import Passage
from articles.printing import set_text

# The first of the private characters of plane 15; input methods do not write them.
_FIRST = 0xF0000
_MOST = 0xFFFD
_PRIVATE = re.compile("[\U000f0000-\U000ffffd]")
_PIECE = re.compile("<[^>]*>|[\U000f0000-\U000ffffd]|[^<\U000f0000-\U000ffffd]+")
_PLAIN = Run(Kind.SAME, "")
_ROW = re.compile(r"[ \u3000]*[|｜][ \u3000]*\Z")
SET_APART = frozenset(
    {"correction_note", "kicker", "headline", "deck", "credit_line", "body", "photos"}
)


@dataclass(frozen=True)
class MarkedPhoto:
    """A picture as the story shows it, or showed it before.

    Attributes:
        photo: the picture; its caption and credit are marked.
        alt: what it shows, in words, marked.
        is_new: whether the earlier text did not have it.

    """

    photo: Photo
    alt: SafeString
    is_new: bool = False


@dataclass(frozen=True)
class MarkedStory:
    """A story as it will look, each part marked, "" for parts it has not.

    Attributes:
        lines: kicker, headline, deck, credit_line and correction_note by name.
        text: the body with its pictures.
        belonging: where it belongs, its source and whatever else readers do not see as text.
        gone: the pictures that it had before.

    """

    lines: dict[str, SafeString]
    text: SafeString
    belonging: list[FieldComparison] = field(default_factory=list)
    gone: list[MarkedPhoto] = field(default_factory=list)


def set_story(
    story: Article,
    fields: Sequence[FieldComparison],
    old: Mapping[str, Any] | None,
    comments: Iterable[Comment] = (),
) -> MarkedStory:
    """Set a story with its marks.

    Args:
        story: the story, as it is.
        fields: its comparison with an earlier state, as `compare_states` gives it.
        old: that state; None where there is none.
        comments: those that `fields` was compared with, in the same order.

    """
    by_name = {field.name: field for field in fields}
    shown, gone = _photos(story, old, passages_in("photos", comments))
    figures = {number: _figure(number, one) for number, one in enumerate(shown, start=1)}
    body = by_name.get("body")
    return MarkedStory(
        {
            name: marked_lines(by_name[name].paragraphs)
            for name in SET_APART - {"body", "photos"}
            if name in by_name
        },
        marked_body(body.paragraphs if body else [], story.body, figures, dateline=story.dateline),
        [field for field in fields if field.name not in SET_APART],
        gone,
    )


def marked_lines(paragraphs: Iterable[Sequence[Run]]) -> SafeString:
    """Return the runs of a short text as HTML, its lines divided by breaks."""
    lines = ((_runs(paragraph),) for paragraph in paragraphs)
    return format_html_join(mark_safe("<br>"), "{}", lines)


def _runs(paragraph: Iterable[Run]) -> SafeString:
    parts = ((_wrapped(run, conditional_escape(run.text)) + _references(run),) for run in paragraph)
    return format_html_join("", "{}", parts)


def marked_run(run: Run) -> SafeString:
    """Return a run with what happened to it, and whether its paragraph has moved."""
    return _moved(run) + _changed(run, conditional_escape(run.text))


def _wrapped(run: Run, text: SafeString) -> SafeString:
    """Return a run's words in the elements that say what happened to them."""
    text = _changed(run, text)
    return format_html("<mark>{}</mark>", text) if run.comments else text


def _changed(run: Run, text: SafeString) -> SafeString:
    if run.kind == Kind.REMOVED:
        return format_html("<del>{}</del>", text)
    if run.kind == Kind.ADDED:
        return format_html("<ins>{}</ins>", text)
    return text


def _references(run: Run) -> SafeString:
    link = '<a class="reference" href="#comment-{0}">[{0}]</a>'
    return format_html_join("", link, ((number,) for number in run.ends))


def _moved(run: Run) -> SafeString:
    if not run.moved:
        return SafeString("")
    where = _("(moved from here)") if run.kind == Kind.REMOVED else _("(moved here)")
    return format_html('<span class="quiet">{} </span>', where)


def marked_body(
    paragraphs: Sequence[Sequence[Run]],
    text: str,
    figures: Mapping[int, SafeString],
    *,
    dateline: bool = False,
) -> SafeString:
    """Return a body as in the paper, with its marks.

    Args:
        paragraphs: both states as one text, as `FieldComparison.paragraphs` holds them.
        text: the later state, which says where empty lines divide tables and lists.
        figures: the photos as HTML, by number from 1.
        dateline: whether it begins with 本报讯.

    """
    runs = [_PLAIN]
    lines: list[str] = []
    end = 0
    for paragraph in paragraphs:
        standing = "".join(run.text for run in paragraph if run.kind != Kind.REMOVED)
        begin = text.find(standing, end) if standing else -1
        if begin >= 0:
            if text.count("\n", end, begin) > 1:
                lines.append("")
            end = begin + len(standing)
        lines.append(_line(paragraph, runs))
    blocks = body_text.parse("\n".join(lines))
    return _divided(set_text(blocks, figures, dateline=dateline), runs)


def _line(paragraph: Sequence[Run], runs: list[Run]) -> str:
    """Write a paragraph of both texts as one line of the grammar, and its runs into `runs`."""
    shown = [run for run in paragraph if run.kind != Kind.REMOVED]
    line = "".join(run.text for run in shown or paragraph)
    bare = line.strip(" \u3000")
    if shown and _is_mark(bare):
        return bare
    head = HEADS[kind].match(bare) if (kind := kind_of(bare)) in HEADS else None
    rest = bare[head.end() :] if head else bare
    before = line.find(bare) + len(bare) - len(rest.lstrip(" \u3000"))
    after = len(found[0]) if kind is Line.ROW and (found := _ROW.search(line, before)) else 0
    written = [line[:before].strip(" \u3000") + (" " if head else "")]
    at = 0
    for run in paragraph:
        if run in shown or not shown:
            start, at = at, at + len(run.text)
            kept = line[max(start, before) : min(at, len(line) - after)]
            if at <= before and not run.ends:
                continue
        else:
            kept = run.text
        written.append(_begin(run, runs) + _PRIVATE.sub("", kept))
    # What follows is not part of the last run: a picture, or 本报讯.
    return "".join(written) + _begin(_PLAIN, runs) + ("|" if after else "")


def _is_mark(line: str) -> bool:
    """Whether a line prints no words of its own: a photo's place, or the rule of a table."""
    cells = [cell for cell in re.split(r"[|｜]", line) if cell.strip()]
    is_row = line.startswith(("|", "｜")) and bool(cells)
    return bool(PHOTO.fullmatch(line)) or (is_row and is_rule(cell.strip() for cell in cells))


def _begin(run: Run, runs: list[Run]) -> str:
    """Return the character that says which run begins; a text of too many runs stays unmarked."""
    if run is _PLAIN or len(runs) > _MOST:
        return chr(_FIRST)
    runs.append(run)
    return chr(_FIRST + len(runs) - 1)


def _divided(html: SafeString, runs: Sequence[Run]) -> SafeString:
    """Replace the private characters of printed HTML by the elements of the runs they begin."""
    parts: list[str] = []
    waiting: list[SafeString] = []
    run, in_link = _PLAIN, False
    for piece in _PIECE.findall(html):
        if piece[0] == "<":
            if begun := _PRIVATE.findall(piece):
                run = _run(begun[-1], runs)
            parts.append(_PRIVATE.sub("", piece))
            in_link = piece.startswith("<a ") or (in_link and piece != "</a>")
        elif _PRIVATE.match(piece):
            waiting.append(_references(run))
            run = _run(piece, runs)
        else:
            # It has been escaped where it was printed.
            parts.append(_wrapped(run, SafeString(piece)) if piece.strip() else piece)
        if not in_link:
            # A link in a link is none.
            parts += waiting
            waiting.clear()
        if _PRIVATE.match(piece):
            parts.append(_moved(run))
    return SafeString("".join([*parts, *waiting]))


def _run(begun: str, runs: Sequence[Run]) -> Run:
    number = ord(begun) - _FIRST
    return runs[number] if number < len(runs) else _PLAIN


def _photos(
    story: Article, old: Mapping[str, Any] | None, passages: Sequence[Passage]
) -> tuple[list[MarkedPhoto], list[MarkedPhoto]]:
    """Return a story's pictures with their words marked, and those it had before."""
    before = {photo["image"]: photo for photo in old["photos"]} if old else {}
    shown = []
    for photo in story.photos.all():
        was = before.pop(photo.image.name, None)
        shown.append(_marked_photo(photo, was, passages, is_new=bool(old) and was is None))
    fields = ("image", "caption", "credit", "alt", "width", "height")
    removed = [Photo(**{name: row[name] for name in fields}) for row in before.values()]
    return shown, [_marked_photo(photo, None, ()) for photo in removed]


def _marked_photo(
    photo: Photo,
    was: Mapping[str, Any] | None,
    passages: Sequence[Passage],
    *,
    is_new: bool = False,
) -> MarkedPhoto:
    words = {
        name: marked_lines(marked(inline(was[name] if was else now, now), now, passages))
        for name in ("caption", "credit", "alt")
        for now in (getattr(photo, name),)
    }
    # The component prints these two; the picture is never saved.
    photo.caption, photo.credit = words["caption"], words["credit"]
    return MarkedPhoto(photo, words["alt"], is_new)


def _figure(number: int, one: MarkedPhoto) -> SafeString:
    context = {"marked": one, "photo": one.photo, "number": number}
    return render_to_string("admin/articles/article/_marked_photo.html", context)
