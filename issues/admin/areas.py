"""The areas over a page's picture in the admin: drawn, moved, typed, proposed and saved as one."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext, ngettext

from articles.admin.steps import standing_label
from issues import areas
from issues.admin.area_forms import SIDES, AreaFormSet, proposals_of, rows_of
from issues.admin.press import editable_page
from issues.models import Page, Placement, PressSheet
from issues.press import headlines, pdf
from issues.shapes import Point

if TYPE_CHECKING:
    from issues.admin.page import PageAdmin

PREFIX = "areas"


def urls(site_admin: PageAdmin) -> list[URLPattern]:
    """Return the address of a page's areas."""

    def page(request: HttpRequest, pk: int) -> HttpResponse:
        return _areas(site_admin, request, editable_page(site_admin, request, pk))

    wrap = site_admin.admin_site.admin_view
    return [path("<int:pk>/areas/", wrap(page), name="issues_page_areas")]


def _areas(site_admin: PageAdmin, request: HttpRequest, page: Page) -> HttpResponse:
    press: PressSheet | None = getattr(page, "press", None)
    if press is None:
        messages.info(request, gettext("Upload the press’s page first; areas are drawn over it."))
        return HttpResponseRedirect(reverse("admin:issues_page_press", args=[page.pk]))
    placements = list(page.placements.select_related("article"))
    seen, changed_by_others = areas.state_of(page), False
    rows: Any = AreaFormSet(
        placements, prefix=PREFIX, initial=rows_of(areas.areas_of(page), placements)
    )
    if request.method == "POST":
        rows = AreaFormSet(placements, request.POST, prefix=PREFIX)
        if "find" in request.POST:
            rows = _with_proposals(request, rows, placements, press)
            seen = request.POST.get("seen", seen)
        elif rows.is_valid():
            try:
                kept = areas.replace_areas(page, rows.outlines(), seen=request.POST.get("seen", ""))
            except areas.AreasChangedError:
                changed_by_others = True
            else:
                text = ngettext("%(count)d area is kept.", "%(count)d areas are kept.", len(kept))
                messages.success(request, text % {"count": len(kept)})
                return HttpResponseRedirect(request.path)
        else:
            seen = request.POST.get("seen", seen)
            if any("placement" in form.errors for form in rows.forms):
                text = gettext("A story was taken off this page meanwhile; its area goes with it.")
                messages.warning(request, text)
    context = {
        **site_admin.admin_site.each_context(request),
        "title": str(page),
        "opts": site_admin.opts,
        "page": page,
        "issue": page.issue,
        "press": press,
        "rows": rows,
        "stories": _by_story(rows, placements),
        "spare": rows.empty_form,
        "sides": SIDES,
        "seen": seen,
        "changed_by_others": changed_by_others,
        "errors": [form for form in rows.forms if form.is_bound and form.errors],
    }
    return render(request, "admin/issues/page/areas.html", context)


def _by_story(rows: BaseFormSet, placements: Sequence[Placement]) -> list[dict[str, Any]]:
    """Return each story with how it stands and its rows."""
    return [
        {
            "placement": placement,
            "standing": standing_label(placement.article),
            "rows": [form for form in rows if str(form["placement"].value()) == str(placement.pk)],
        }
        for placement in placements
    ]


def _with_proposals(
    request: HttpRequest, rows: Any, placements: Sequence[Placement], press: PressSheet
) -> BaseFormSet:
    """Return the rows as they were sent, with proposals for the stories that have no area yet."""
    wanted = {
        placement.pk: placement
        for placement in placements
        if placement.pk not in rows.has_area_of()
    }
    if not wanted:
        messages.info(request, gettext("Every story has an area already."))
        return rows
    try:
        found = _find(press, wanted)
    except ValidationError as refusal:
        messages.warning(request, refusal.messages[0])
        return rows
    missing = [row.article.headline for pk, row in wanted.items() if pk not in found]
    if found:
        text = ngettext(
            "%(count)d area is proposed. Nothing is saved yet: accept it, then save.",
            "%(count)d areas are proposed. Nothing is saved yet: accept them, then save.",
            len(found),
        )
        messages.info(request, text % {"count": len(found)})
    if missing:
        text = gettext("These headlines do not stand in the PDF’s text: %(headlines)s")
        messages.warning(request, text % {"headlines": "；".join(missing)})
    return _appended(request, rows, placements, proposals_of(wanted, found))


def _find(press: PressSheet, wanted: dict[int, Placement]) -> dict[int, list[Point]]:
    """Look for headlines in the press's PDF.

    Raises:
        ValidationError: when there is no PDF, or no text in it.

    """
    if not press.pdf:
        raise ValidationError(
            gettext("This page is a picture without a PDF; its headlines cannot be looked for.")
        )
    with tempfile.NamedTemporaryFile(suffix=".pdf") as copy:
        try:
            with press.pdf.open("rb") as file:
                shutil.copyfileobj(file, copy)
        except FileNotFoundError:
            raise ValidationError(gettext("The PDF’s file is gone; upload it again.")) from None
        copy.flush()
        text = pdf.characters(Path(copy.name))
    if not text:
        raise ValidationError(
            gettext("This PDF has no text, only pictures or outlines; draw the areas by hand.")
        )
    return headlines.propose(text, {pk: row.article.headline for pk, row in wanted.items()})


def _appended(
    request: HttpRequest,
    rows: Any,
    placements: Sequence[Placement],
    proposals: Sequence[dict[str, Any]],
) -> BaseFormSet:
    """Return rows as they were sent with others after them, nothing typed lost."""
    sent = request.POST.copy()
    first = len(rows.forms)
    for number, row in enumerate(proposals, start=first):
        for name in ("placement", "proposed", *SIDES, "corners"):
            sent[f"{PREFIX}-{number}-{name}"] = row.get(name, "")
    sent[f"{PREFIX}-TOTAL_FORMS"] = str(first + len(proposals))
    return AreaFormSet(placements, sent, prefix=PREFIX)
