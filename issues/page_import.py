"""A printed page's text into an issue: its stories, its page, each story's place on it.

The text is read by `articles.importing`; here the result is written, whole or not at all.
"""

from __future__ import annotations

import datetime
import hashlib
import re
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import publishing, revisions
from articles.importing import ParsedPage, RemarkKind, parse_page
from articles.importing.storing import PageImportError, Stored, keep, known_places, store
from articles.models import Article, Genre, Revision, Section
from issues import scheduling
from issues.models import Issue, Page, Placement, Role, Stage, gate

PAGE_CODE = re.compile(r"^([A-Z]{0,2})(\d{1,3})\Z")


@dataclass
class Imported:
    """What an import did, for its report."""

    parsed: ParsedPage
    page: Page | None = None
    stored: Stored = field(default_factory=Stored)
    unchanged: bool = False
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Wishes:
    """What whoever imports asks for.

    Attributes:
        date: the issue's date; the page's own, if None.
        code: the page's code (A03); the page's own, if empty.
        section: the section for all stories, or None.
        publish: a printed page has passed the press's own reviews, so its stories are approved and
            public from the beginning of its day (with an issue that waits for its hour, at that
            hour); False leaves drafts.
        create_places: make the places and stations the directory does not have.
    """

    date: datetime.date | None = None
    code: str = ""
    section: Section | None = None
    publish: bool = True
    create_places: bool = False


def read_page(text: str) -> ParsedPage:
    """Read a page's text with the places the directory knows.

    Raises:
        articles.importing.PageTextError: when there is nothing to read.
    """
    return parse_page(text, directory=known_places())


@transaction.atomic
def import_page(text: str, wishes: Wishes) -> Imported:
    """Import a page: all of it or nothing.

    The same text on the same page twice changes nothing; another text on a page that was imported
    before is refused, because nobody could say which of the two is right.

    Raises:
        articles.importing.PageTextError: when there is nothing to read.
        PageImportError: when the page cannot be imported, with the line where there is one.
    """
    parsed = read_page(text)
    date, code = wishes.date or parsed.date, (wishes.code or parsed.page_code).upper()
    if date is None:
        raise _date_missing(parsed)
    if not PAGE_CODE.match(code):
        raise _code_missing(code)
    if not parsed.articles:
        raise PageImportError(_("No story was found in the text."))
    result = Imported(parsed)
    _note_differences(result, date, code)
    shelf = f"page/{date}/{code}/"
    key = f"{shelf}{_digest(text)}"
    earlier = Article.objects.filter(origin__startswith=shelf).order_by("pk").first()
    if earlier is not None:
        if not str(earlier.origin).startswith(f"{key}/"):
            raise PageImportError(
                _("Page %(code)s of %(date)s was imported before, from another text.")
                % {"code": code, "date": date}
            )
        result.unchanged = True
        result.page = Page.objects.filter(issue__date=date, code=code).first()
        return result
    result.page = _page(result, date, code, wishes)
    result.stored = store(
        parsed, key=key, section=wishes.section, create_places=wishes.create_places
    )
    _place(result.page, result.stored.articles)
    issue = result.page.issue
    # With the issue, in the same instant; an issue that is being planned keeps nobody waiting.
    hour = issue.publish_at if issue.publish_at and not issue.is_live() else _beginning(date)
    for story in result.stored.articles:
        if wishes.publish:
            printed = _("As printed: %(date)s, page %(code)s.") % {"date": date, "code": code}
            publishing.accept_printed(story, by=None, publish_at=hour, note=printed)
        else:
            revisions.record(story, by=None, kind=Revision.Kind.IMPORT)
    return result


def _date_missing(parsed: ParsedPage) -> PageImportError:
    for remark in parsed.remarks:
        if remark.kind is RemarkKind.DATE_IMPOSSIBLE:
            return PageImportError(
                _("The page's date is no day of the calendar; give the right one with --date."),
                line=remark.line,
            )
    return PageImportError(_("The text names no date; give one with --date."))


def _code_missing(code: str) -> PageImportError:
    if code:
        return PageImportError(
            _("“%(code)s” is no page code; write one like A03 or 4.") % {"code": code}
        )
    return PageImportError(_("The text names no page code such as A03; give one with --page."))


def _digest(text: str) -> str:
    """Return a short name for a text that line ends and blank lines do not change."""
    return hashlib.sha256("".join(text.split()).encode()).hexdigest()[:16]


def _beginning(date: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(date, datetime.time.min))


def _note_differences(result: Imported, date: datetime.date, code: str) -> None:
    parsed = result.parsed
    if parsed.date not in (None, date):
        result.notes.append(
            _("The text says %(said)s; imported for %(date)s as asked.")
            % {"said": parsed.date, "date": date}
        )
    if parsed.page_code not in ("", code):
        result.notes.append(
            _("The text says page %(said)s; imported as page %(code)s as asked.")
            % {"said": parsed.page_code, "code": code}
        )


def _page(result: Imported, date: datetime.date, code: str, wishes: Wishes) -> Page:
    """Find or make the issue and the page; what editors have set already stays."""
    parsed = result.parsed
    issue, is_new = Issue.objects.get_or_create(date=date)
    if is_new:
        number = parsed.issue_number
        if number and not Issue.objects.filter(number=number).exists():
            issue.number = number
            issue.save()
        if wishes.publish:
            printed = _("As printed: %(date)s, page %(code)s.") % {"date": date, "code": code}
            scheduling.accept_printed(issue, publish_at=_beginning(date), note=printed)
    else:
        _refuse_locked(issue, wishes)
        if wishes.publish and not issue.is_live():
            result.notes.append(
                _("The issue of %(date)s was there already and is not public: %(status)s.")
                % {"date": date, "status": issue.stage().label}
            )
    with gate.opened():
        page, _is_new = Page.objects.get_or_create(
            issue=issue,
            code=code,
            defaults={"position": Page.place_of(code)},
        )
        for name, value in (
            ("name", parsed.page_name),
            ("editor", parsed.editor),
            ("layout", parsed.layout),
            ("proof", parsed.proof),
        ):
            if value and not getattr(page, name):
                setattr(page, name, value)
        keep(page)
    return page


def _refuse_locked(issue: Issue, wishes: Wishes) -> None:
    """Leave an issue alone that the newsroom has closed to change.

    One that has its hour still takes a page as printed: that has been reviewed by the press, and
    appears with the issue.
    """
    stage = issue.stage()
    if stage == Stage.LOCKED or (stage == Stage.SCHEDULED and not wishes.publish):
        raise PageImportError(
            _("The issue of %(date)s is closed to change (%(status)s); unlock it first.")
            % {"date": issue.date, "status": stage.label}
        )


def _place(page: Page, stories: list[Article]) -> None:
    """Put the stories on the page in the order they stood in the text."""
    taken = list(page.placements.values_list("position", "role"))
    has_lead = any(role == Role.LEAD for _position, role in taken)
    start = max((position for position, _role in taken), default=0)
    for position, story in enumerate(stories, start=start + 1):
        role = {Genre.PHOTO: Role.PHOTO, Genre.BRIEF: Role.BRIEF}.get(
            Genre(story.genre), Role.FEATURE
        )
        if role == Role.FEATURE and not has_lead:
            role, has_lead = Role.LEAD, True
        with gate.opened():
            Placement.objects.create(page=page, article=story, role=role, position=position)
