"""A page set in type in the admin: its proof, what has no room, taking it and throwing it away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from issues.admin.press import editable_page
from issues.models import Page, PageProof
from issues.typesetting import BROADSHEET, SHEETS, proofs, turning

if TYPE_CHECKING:
    from issues.admin.page import PageAdmin


class SheetForm(forms.Form):
    """The sheet of paper a page is set for."""

    sheet = forms.ChoiceField(
        label=_("sheet"),
        choices=[(sheet.name, sheet.label) for sheet in SHEETS.values()],
        initial=BROADSHEET.name,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a sheet.")},
    )


class TurnForm(forms.Form):
    """Where the rest of a story goes on."""

    target = forms.TypedChoiceField(
        label=_("goes on on page"),
        required=False,
        coerce=int,
        empty_value=None,
        error_messages={"invalid_choice": _("Choose one of the pages that are offered.")},
    )

    def __init__(self, pages: Sequence[Page], *args: Any, **kwargs: Any) -> None:
        """Offer pages a story may go on on."""
        super().__init__(*args, **kwargs)
        target: Any = self.fields["target"]
        target.choices = [("", _("not turned")), *((page.pk, str(page)) for page in pages)]


def urls(site_admin: PageAdmin) -> list[URLPattern]:
    """Return where a page is set in type, and what can be done with its proof."""
    wrap = site_admin.admin_site.admin_view

    def page(request: HttpRequest, pk: int) -> HttpResponse:
        return _typeset(site_admin, request, editable_page(site_admin, request, pk))

    def take(request: HttpRequest, pk: int) -> HttpResponse:
        return _take(request, editable_page(site_admin, request, pk))

    def throw_away(request: HttpRequest, pk: int) -> HttpResponse:
        return _throw_away(request, editable_page(site_admin, request, pk))

    def turn(request: HttpRequest, pk: int, placement_pk: int) -> HttpResponse:
        return _turn(request, editable_page(site_admin, request, pk), placement_pk)

    return [
        path("<int:pk>/typeset/", wrap(page), name="issues_page_typeset"),
        path("<int:pk>/typeset/take/", wrap(take), name="issues_page_typeset_take"),
        path("<int:pk>/typeset/throw-away/", wrap(throw_away), name="issues_page_typeset_throw"),
        path(
            "<int:pk>/typeset/turn/<int:placement_pk>/", wrap(turn), name="issues_page_typeset_turn"
        ),
    ]


def _address(page: Page) -> str:
    return reverse("admin:issues_page_typeset", args=[page.pk])


def _typeset(site_admin: PageAdmin, request: HttpRequest, page: Page) -> HttpResponse:
    proof: PageProof | None = getattr(page, "page_proof", None)
    form = SheetForm(initial={"sheet": proof.sheet} if proof else None)
    if request.method == "POST":
        form = SheetForm(request.POST)
        if form.is_valid():
            try:
                sheet = SHEETS[form.cleaned_data["sheet"]]
                proofs.make(page, sheet, by=cast(User, request.user))
            except ValidationError as refusal:
                form.add_error(None, refusal)
            else:
                messages.success(
                    request, gettext("The page is set. Look it over before taking it.")
                )
                return HttpResponseRedirect(_address(page))
    context = {
        **site_admin.admin_site.each_context(request),
        "title": str(page),
        "opts": site_admin.opts,
        "page": page,
        "issue": page.issue,
        "proof": proof,
        "sheet": SHEETS[proof.sheet].label if proof and proof.sheet in SHEETS else "",
        "stories": _stories(page, proof) if proof else [],
        "has_press": hasattr(page, "press"),
        "form": form,
        "errors": form.errors,
    }
    return render(request, "admin/issues/page/typeset.html", context)


def _stories(page: Page, proof: PageProof) -> list[dict[str, Any]]:
    """Return the stories that have no room or are turned, each with its form to turn it."""
    over = {row["key"]: row for row in proof.overset}
    pages = list(turning.pages_for(page))
    found = []
    for placement in page.placements.select_related("article", "continued_on"):
        row = over.get(placement.pk)
        if row is None and placement.continued_on is None:
            continue
        initial = {"target": placement.continued_on_id}
        form = TurnForm(pages, initial=initial, prefix=str(placement.pk))
        found.append({"placement": placement, "over": row, "form": form})
    return found


def _take(request: HttpRequest, page: Page) -> HttpResponse:
    proof = getattr(page, "page_proof", None)
    if request.method == "POST":
        try:
            if proof is None:
                raise ValidationError(gettext("There is no proof of this page; set it first."))
            proofs.take(proof)
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
        else:
            messages.success(
                request, gettext("The page is taken: readers see it when its issue appears.")
            )
            return HttpResponseRedirect(reverse("admin:issues_page_areas", args=[page.pk]))
    return HttpResponseRedirect(_address(page))


def _throw_away(request: HttpRequest, page: Page) -> HttpResponse:
    proof = getattr(page, "page_proof", None)
    if request.method == "POST" and proof is not None:
        proofs.throw_away(proof)
        messages.success(request, gettext("The proof is thrown away."))
    return HttpResponseRedirect(_address(page))


def _turn(request: HttpRequest, page: Page, placement_pk: int) -> HttpResponse:
    placement = page.placements.select_related("page").filter(pk=placement_pk).first()
    if request.method == "POST" and placement is None:
        messages.warning(request, gettext("This story does not stand on this page any more."))
    elif request.method == "POST" and placement is not None:
        pages = {one.pk: one for one in turning.pages_for(page)}
        form = TurnForm(list(pages.values()), request.POST, prefix=str(placement.pk))
        try:
            if not form.is_valid():
                raise ValidationError(list(form.errors["target"]))
            turning.turn(placement, pages.get(form.cleaned_data["target"]))
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
        else:
            messages.success(request, gettext("Kept. Set both pages once more."))
    return HttpResponseRedirect(_address(page))
