"""Tables in the newsroom: a file uploaded, looked through line by line, confirmed; files to take.

Beside each list stand: `import/` (upload), `import/check/` (the dry run, and the word that it be
carried out), `import/errors.txt`, `table.csv`, `table.xlsx` and `template.xlsx`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.http import content_disposition_header
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from communities.tables import files, giving_out, keeping
from communities.tables.comparing import Comparison, State, compare, sentences
from communities.tables.table import Table
from communities.tables.taking_in import NotTakenInError, may_take_in, take_in

LINES_PER_PAGE = 100
View = Callable[..., HttpResponse]


class TableFileForm(forms.Form):
    """A file to be looked through."""

    file = forms.FileField(
        label=_("File (.xlsx or .csv)"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,text/csv"}),
        error_messages={"required": _("Choose a file."), "empty": _("The file is empty.")},
    )


class TablePages:
    """The pages of one table, beside a model's list."""

    def __init__(self, site_admin: ModelAdmin, table: Table) -> None:
        """Stand beside a model's pages."""
        self.site_admin, self.table = site_admin, table
        self.base = f"communities_{site_admin.opts.model_name}"

    def urls(self) -> list[URLPattern]:
        """Return the addresses."""
        wrap = self.site_admin.admin_site.admin_view
        pages: dict[str, tuple[str, View]] = {
            "import/": ("import", self.upload),
            "import/check/": ("import_check", self.check),
            "import/errors.txt": ("import_errors", require_safe(self.errors)),
            "table.csv": ("table_csv", require_safe(self.as_csv)),
            "table.xlsx": ("table_xlsx", require_safe(self.as_xlsx)),
            "template.xlsx": ("template", require_safe(self.template)),
        }
        return [
            path(address, wrap(view), name=f"{self.base}_{name}")
            for address, (name, view) in pages.items()
        ]

    def address(self, name: str) -> str:
        """Return the address of one of the pages."""
        return reverse(f"admin:{self.base}_{name}")

    def upload(self, request: HttpRequest) -> HttpResponse:
        """Take a file and go on to what it would do; or say what is wrong with it."""
        user = self._allowed(request)
        form = TableFileForm(request.POST or None, request.FILES or None)
        if form.is_valid():
            upload = cast(UploadedFile, form.cleaned_data["file"])
            content = upload.read(files.MOST_BYTES + 1)
            try:
                files.read(content)
            except ValidationError as refusal:
                form.add_error("file", refusal)
            else:
                keeping.keep(self.table, content, name=upload.name or "", by=user)
                return HttpResponseRedirect(self.address("import_check"))
        return self._page(
            request,
            "import.html",
            form=form,
            waiting=keeping.kept_for(user, self.table),
            explanations=giving_out.explanations(self.table),
            most_lines=files.MOST_LINES,
        )

    def check(self, request: HttpRequest) -> HttpResponse:
        """Show what a file would do, line by line; on a POST, carry it out."""
        user = self._allowed(request)
        kept = keeping.kept_for(user, self.table)
        if kept is None:
            messages.warning(request, gettext("No file is waiting any more; upload it again."))
            return HttpResponseRedirect(self.address("import"))
        rows = files.read(bytes(kept.content))
        if request.method != "POST":
            found = compare(self.table, rows)
            keeping.note_shown(kept, found)
            return self._checked(request, found, kept.name)
        try:
            with transaction.atomic():
                found = take_in(self.table, rows, by=user, shown=kept.shown)
                _put_on_record(found, user)
                kept.delete()
        except NotTakenInError as refusal:
            keeping.note_shown(kept, refusal.comparison)
            return self._checked(
                request, refusal.comparison, kept.name, refusal=refusal.messages[0]
            )
        new, changed = len(found.of(State.NEW)), len(found.of(State.CHANGED))
        said = gettext("Taken in: %(new)d new, %(changed)d changed.")
        messages.success(request, said % {"new": new, "changed": changed})
        return HttpResponseRedirect(reverse(f"admin:{self.base}_changelist"))

    def errors(self, request: HttpRequest) -> HttpResponse:
        """Return everything that is wrong with the file as a text, a line an error."""
        kept = keeping.kept_for(self._allowed(request), self.table)
        found = compare(self.table, files.read(bytes(kept.content))) if kept else None
        text = "\r\n".join([*sentences(found)] if found else [])
        content = b"\xef\xbb\xbf" + text.encode()
        return _file(content, gettext("errors") + ".txt", "text/plain; charset=utf-8")

    def as_csv(self, request: HttpRequest) -> HttpResponse:
        """Return the rows somebody is shown as CSV."""
        content = giving_out.as_csv(self.table, self._lines(request))
        return _file(content, f"{self.table.title}.csv", giving_out.CSV_TYPE)

    def as_xlsx(self, request: HttpRequest) -> HttpResponse:
        """Return the rows somebody is shown as XLSX."""
        content = giving_out.as_xlsx(self.table, self._lines(request))
        return _file(content, f"{self.table.title}.xlsx", giving_out.XLSX_TYPE)

    def template(self, request: HttpRequest) -> HttpResponse:
        """Return a blank table with one line as an example."""
        self._allowed(request)
        content = giving_out.as_xlsx(self.table, giving_out.template(self.table), explained=True)
        name = gettext("%(table)s, template") % {"table": self.table.title}
        return _file(content, f"{name}.xlsx", giving_out.XLSX_TYPE)

    def _allowed(self, request: HttpRequest) -> User:
        user = cast(User, request.user)
        if not may_take_in(user, self.table):
            raise PermissionDenied
        return user

    def _lines(self, request: HttpRequest) -> Any:
        if not self.site_admin.has_view_permission(request):
            raise PermissionDenied
        rows = cast(Any, self.table.rows()).seen_by(request.user)
        return giving_out.lines(self.table, rows)

    def _checked(
        self, request: HttpRequest, found: Comparison, name: str, refusal: str = ""
    ) -> HttpResponse:
        """Show lines by what they would do: those with errors first, all of them readable."""
        states = [state for state in State if found.of(state)]
        wanted = request.GET.get("state", "")
        state = next((one for one in states if one.value == wanted), states[0] if states else None)
        lines = found.moved if refusal and found.moved else found.of(state) if state else []
        listing = Paginator(lines, LINES_PER_PAGE).get_page(request.GET.get("page"))
        return self._page(
            request,
            "check.html",
            found=found,
            file_name=name,
            refusal=refusal,
            counts=[(one, len(found.of(one))) for one in states],
            state=state,
            listing=listing,
            fault_count=len(found.faults),
            new_count=len(found.of(State.NEW)),
            changed_count=len(found.of(State.CHANGED)),
        )

    def _page(self, request: HttpRequest, template: str, **context: Any) -> HttpResponse:
        title = gettext("Take in a table: %(table)s") % {"table": self.table.title}
        return render(
            request,
            f"admin/communities/tables/{template}",
            {
                **self.site_admin.admin_site.each_context(request),
                "title": title,
                "opts": self.site_admin.opts,
                "list_address": reverse(f"admin:{self.base}_changelist"),
                "list_name": capfirst(self.site_admin.opts.verbose_name_plural),
                "addresses": {
                    name: self.address(name)
                    for name in (
                        "import",
                        "import_check",
                        "import_errors",
                        "template",
                        "table_csv",
                        "table_xlsx",
                    )
                },
                **context,
            },
        )


def _put_on_record(found: Comparison, user: User) -> None:
    """Write into each row's history that a table has added or changed it, and what."""
    content_type = ContentType.objects.get_for_model(found.table.model)
    entries = []
    for state, flag in ((State.NEW, ADDITION), (State.CHANGED, CHANGE)):
        for line in found.of(state):
            what = "、".join(change.label for change in line.changes)
            said = gettext("Taken in from a table: %(columns)s") % {"columns": what}
            entries.append(
                LogEntry(
                    user=user,
                    content_type=content_type,
                    object_id=str(line.row.pk),
                    object_repr=str(line.row)[:200],
                    action_flag=flag,
                    change_message=said,
                )
            )
    LogEntry.objects.bulk_create(entries, batch_size=500)


def _file(content: bytes, name: str, content_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    disposition = content_disposition_header(as_attachment=True, filename=name)
    response["Content-Disposition"] = disposition or "attachment"
    return response
