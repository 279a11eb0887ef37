"""Proofs of pages: made, taken as the page of the press, thrown away."""

from __future__ import annotations

import tempfile
from pathlib import Path

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from issues import areas, press
from issues.models import Page, PageProof, PressSheet

from .setting import copy_of, typeset
from .sheets import SHEETS, Sheet


def make(page: Page, sheet: Sheet, *, by: User | None) -> PageProof:
    """Set a page in type and keep it as its proof, in the place of an earlier one.

    It takes a second or two, and is given up in time (`compiler.PATIENCE`).

    Raises:
        ValidationError: when there is nothing to set (code "empty"), or it cannot be set; then
            the earlier proof stays.

    """
    if not page.placements.exists() and not page.continuations.exists():
        raise ValidationError(_("No story stands on this page yet."), code="empty")
    made = typeset(page, sheet)
    proof = PageProof(
        page=page,
        sheet=sheet.name,
        areas={str(key): points for key, points in made.areas.items()},
        overset=[vars(one) for one in made.overset],
        fingerprint=made.fingerprint,
        made_by=by,
        kept_at=timezone.now(),
    )
    with tempfile.TemporaryDirectory(prefix="proof-") as name:
        file = Path(name) / "page.pdf"
        file.write_bytes(made.pdf)
        (drawn,) = press.pdf.draw(file, Path(name))
        proof.width, proof.height = drawn.size
        proof.small_width, proof.small_height = drawn.small_size
        for field, path in (
            (proof.pdf, drawn.pdf),
            (proof.image, drawn.image),
            (proof.small, drawn.small),
        ):
            with path.open("rb") as opened:
                field.save(path.name, File(opened), save=False)
    try:
        with transaction.atomic():
            Page.objects.select_for_update().get(pk=page.pk)
            _remove(PageProof.objects.filter(page=page).first())
            proof.save()
    except BaseException:
        _delete(proof.file_names)
        raise
    return proof


def take(proof: PageProof) -> PressSheet:
    """Make a proof the page of the press, and its rectangles the areas over it.

    Raises:
        ValidationError: code "stale" when a story, a picture or the page's head has changed since;
            code "gone" when somebody else has taken it or thrown it away.

    """
    page = Page.objects.select_related("issue").get(pk=proof.page_id)
    # Before anything is locked: what another page turns to this one is set for it.
    if copy_of(page, SHEETS[proof.sheet]).fingerprint != proof.fingerprint:
        raise ValidationError(
            _("Something on this page has changed since it was set. Set it once more."),
            code="stale",
        )
    with transaction.atomic():
        Page.objects.select_for_update().get(pk=page.pk)
        if not PageProof.objects.filter(pk=proof.pk).exists():
            raise ValidationError(
                _("Somebody else has taken this proof, or thrown it away."), code="gone"
            )
        placements = {str(one.pk): one for one in page.placements.all()}
        outlines = [
            areas.Outline(placements[key], [(x, y) for x, y in points])
            for key, points in proof.areas.items()
            if key in placements
        ]
        sheet = press.keep_files(page, proof)
        areas.replace_areas(page, outlines, seen=areas.state_of(page))
        proof.delete()
    return sheet


@transaction.atomic
def throw_away(proof: PageProof) -> None:
    """Throw a proof away, files and all; the page of the press stays as it is."""
    _remove(PageProof.objects.select_for_update().filter(pk=proof.pk).first())


def _remove(proof: PageProof | None) -> None:
    if proof is not None:
        names = proof.file_names
        proof.delete()
        transaction.on_commit(lambda: _delete(names))


def _delete(names: list[str]) -> None:
    for name in names:
        default_storage.delete(name)
