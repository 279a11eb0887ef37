"""What of a story is copied for WeChat, and whether it may be."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urljoin

import segno
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from articles import body as body_text
from articles.models import Article, Photo, Status
from articles.printing import with_photos

from . import markup

# Characters the editor's field for the summary (摘要) takes.
SUMMARY_LENGTH = 120
# Pixels a module of the code; four quiet modules around it, as the standard asks.
_CODE_SCALE = 6


@dataclass(frozen=True)
class WechatPicture:
    """A picture of the copy.

    Attributes:
        number: its place in the copy, from 1.
        address: where it lies, with scheme and host.
        caption: what stands under it.
        story: the headline of the story it is in.

    """

    number: int
    address: str
    caption: str
    story: str


@dataclass(frozen=True)
class WechatCopy:
    """What is put on the clipboard.

    Attributes:
        html: with a style on every element.
        text: the words alone.
        pictures: in the order they stand.

    """

    html: SafeString
    text: str
    pictures: tuple[WechatPicture, ...] = ()


def refusal(story: Article) -> str:
    """Return why a story may not be copied; "" where it may.

    What goes to readers by another way passes the same gate as what goes to ours.
    """
    if story.status == Status.WITHDRAWN:
        return _("“%(story)s” is withdrawn; it is not copied any more.") % {"story": story}
    if story.status != Status.APPROVED:
        return _("“%(story)s” has not passed the final review.") % {"story": story}
    return ""


def copy_story(story: Article, *, root: str) -> WechatCopy:
    """Return a story's copy: its text and pictures, source, link and code.

    The headline is not in it: the editor prints the one in its own title field.

    Args:
        story: with its bylines and photos fetched, or at the cost of two queries.
        root: scheme and host of the site, without a slash at the end.

    Raises:
        ValueError: for a story that may not be copied (see `refusal`).

    """
    found = set_story(story, root=root)
    address = root + story.identity.get_absolute_url()
    closing, words = ending(address, source=story.source)
    html = markup.together(
        (
            markup.set_line(markup.QUIET, story.kicker),
            markup.set_line(markup.QUIET, story.deck),
            found.html,
            closing,
        )
    )
    text = "\n\n".join(
        part for part in (story.kicker, story.headline, story.deck, found.text, words) if part
    )
    return WechatCopy(sheet(html), text, found.pictures)


def set_story(story: Article, *, root: str, first_picture: int = 1) -> WechatCopy:
    """Return a story's text, pictures and byline alone, without headline, source or link.

    Args:
        story: as for `copy_story`.
        root: likewise.
        first_picture: the number of its first picture in the whole copy.

    Raises:
        ValueError: for a story that may not be copied.

    """
    if reason := refusal(story):
        raise ValueError(reason)
    photos = dict(enumerate(story.photos.all(), start=1))
    body = with_photos(story.blocks, photos)
    figures = {number: _figure(photo, root) for number, photo in photos.items()}
    signed = f"（{story.credit_line}）" if story.credit_line else ""
    opening = _("Our own report") if story.dateline else ""
    html = markup.together(
        (
            markup.set_body(body, figures, dateline=opening, root=root),
            markup.set_line(markup.SIGNED, signed),
        )
    )
    words = body_text.plain_text(body)
    text = "\n".join(part for part in (f"{opening}\u3000{words}".lstrip(), signed) if part)
    pictures = tuple(
        WechatPicture(place, _address(photos[number], root), _under(photos[number]), story.headline)
        for place, number in enumerate(body.photo_numbers, start=first_picture)
    )
    return WechatCopy(html, text, pictures)


def sheet(html: SafeString) -> SafeString:
    """Put a whole copy into one section that carries the type of all that is in it."""
    return format_html('<section style="{}">\n{}\n</section>', markup.SHEET, html)


def ending(address: str, *, source: str = "") -> tuple[SafeString, str]:
    """Return what stands at the end, as HTML and in words: source, address, code.

    Args:
        address: of the story or the issue on our site, with scheme and host.
        source: what a reprint was taken from; "" for our own.

    """
    paper = settings.SITE_NAME
    line = (
        _("Source: %(source)s, reprinted by %(paper)s") % {"source": source, "paper": paper}
        if source
        else _("Source: %(paper)s") % {"paper": paper}
    )
    link = _("Read it in the paper: %(address)s") % {"address": address}
    html = markup.together(
        (
            markup.set_line(markup.QUIET, line),
            markup.set_line(markup.QUIET, link),
            format_html(
                '<section style="{}"><img src="{}" alt="{}" style="{}"></section>',
                markup.FIGURE,
                code_of(address),
                _("QR code to this page of the paper"),
                markup.CODE,
            ),
        )
    )
    return html, f"{line}\n{link}"


def code_of(address: str) -> str:
    """Return a QR code as a PNG in a data URI; it stays legible with an eighth of it covered."""
    return segno.make(address, error="m", micro=False).png_data_uri(scale=_CODE_SCALE, border=4)


def _figure(photo: Photo, root: str) -> SafeString:
    return markup.set_figure(_address(photo, root), photo.alt or photo.caption, _under(photo))


def _address(photo: Photo, root: str) -> str:
    return urljoin(root + "/", photo.image.url)


def _under(photo: Photo) -> str:
    return " ".join(part for part in (photo.caption, photo.credit) if part)
