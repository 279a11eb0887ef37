"""Open data: the page that explains it, and the files."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import condition, require_safe

from communities import open_data

CONTENT_TYPES = {"geojson": "application/json", "csv": "text/csv; charset=utf-8"}


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Explain what there is, on what terms, and in which system of coordinates."""
    return render(
        request,
        "communities/open_data.html",
        {
            "data_sets": open_data.DATA_SETS.values(),
            "licence": settings.OPEN_DATA_LICENCE,
            "licence_url": settings.OPEN_DATA_LICENCE_URL,
            "today": timezone.localdate(),
            "minutes": open_data.FRESH // 60,
        },
    )


def _etag(request: HttpRequest, name: str, kind: str) -> str:
    return f'"{open_data.kept(name, kind).digest}"'


def _last_modified(request: HttpRequest, name: str, kind: str) -> datetime.datetime:
    made_at = open_data.kept(name, kind).made_at
    return datetime.datetime.fromtimestamp(int(made_at), datetime.UTC)


@require_safe
@condition(etag_func=_etag, last_modified_func=_last_modified)
def file(request: HttpRequest, name: str, kind: str) -> HttpResponseBase:
    """Send a file; whoever has it already is told so."""
    kept = open_data.kept(name, kind)
    answer = FileResponse(
        kept.path.open("rb"),
        as_attachment=kind == "csv",
        filename=f"{name}-gcj02.{kind}",
        content_type=CONTENT_TYPES[kind],
    )
    # Anybody's page may read it: it is for everybody, and says nothing of who asks.
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Cache-Control"] = f"public, max-age={open_data.FRESH}"
    return answer
