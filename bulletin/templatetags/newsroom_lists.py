"""What the newsroom's lists and rows need beyond what Django's admin gives its templates."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django import template
from django.contrib.admin.helpers import InlineAdminForm, InlineAdminFormSet
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _

register = template.Library()

CHECKBOX = "action-checkbox-column"
NOTHING = ">-</td>"


@register.filter
def labelled(
    cells: Iterable[SafeString], headers: Iterable[dict[str, Any]]
) -> Iterator[SafeString]:
    """Yield a row's cells with their column's name in `data-label`.

    Args:
        cells: `<td …>` and `<th …>` elements as Django's admin makes them.
        headers: the columns, as Django's admin describes them.

    A cell without a value gets `data-empty`, so that a card can leave it out.
    """
    for cell, header in zip(cells, headers, strict=False):
        label = "" if CHECKBOX in header["class_attrib"] else capfirst(header["text"])
        name, rest = cell[:3], cell[3:]
        attributes = format_html(
            ' role="{}" data-label="{}"{}',
            "rowheader" if name == "<th" else "cell",
            label,
            " data-empty" if cell.endswith(NOTHING) else "",
        )
        # Both parts of the cell were safe before they were parted, and are put together again.
        yield mark_safe(name + attributes + rest)  # noqa: S308


@register.filter
def row_script(rows: InlineAdminFormSet) -> str:
    """Return what Django's script needs to add and remove rows, with our words on its buttons."""
    data = json.loads(rows.inline_formset_data())
    data["options"]["addText"] = _("Add %(name)s") % {"name": rows.opts.verbose_name}
    data["options"]["deleteText"] = _("Remove")
    return json.dumps(data)


@register.filter
def row_label(row: InlineAdminForm) -> str:
    """Return what stands at the head of a saved row: what its admin says, else its name."""
    label_of = getattr(row.model_admin, "row_label", str)
    return label_of(row.original)
