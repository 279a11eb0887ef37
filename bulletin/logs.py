"""What the log says of a request, and what it never says of a person.

In production every line is one JSON object. Each line written while a request is answered carries
that request's id, which is also given back (`X-Request-ID`), so that the lines of one request are
found together, the web server's too. No line holds an address of the network, a query, the name
of a login, or what was typed into a form: messages of exceptions are left out unless their type
never repeats what somebody sent.
"""

from __future__ import annotations

import logging
import re
import time
import traceback
import uuid
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from pythonjsonlogger.json import JsonFormatter

REQUEST_ID = "X-Request-ID"
WELL_FORMED = re.compile(r"[A-Za-z0-9._-]{8,64}")
ADDRESS = re.compile(r"\w+://\S+")
# Their messages name what is ours: attributes, modules, files, the database server.
SAFE_MESSAGES = (AttributeError, NameError, ImportError, OperationalError, InterfaceError)

_answering: ContextVar[HttpRequest | None] = ContextVar("answering", default=None)
logger = logging.getLogger(__name__)


class RequestLog:
    """Middleware: give each request an id, and write one line when it has been answered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep what answers."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; the answer carries the request's id."""
        request.id = _id_of(request)  # type: ignore[attr-defined]
        begun = time.perf_counter()
        token = _answering.set(request)
        try:
            response = self.get_response(request)
            response[REQUEST_ID] = request.id  # type: ignore[attr-defined]
            logger.info(
                "answered",
                extra={
                    "status": response.status_code,
                    "milliseconds": round((time.perf_counter() - begun) * 1000, 1),
                },
            )
        finally:
            _answering.reset(token)
        return response


class OfRequest(logging.Filter):
    """Say in a record which request it belongs to, and take out of it what somebody sent."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Complete a record; none is dropped."""
        request = getattr(record, "request", None) or _answering.get()
        if isinstance(request, HttpRequest):
            record.request_id = getattr(request, "id", None)
            path = path_of(request)
            record.method, record.path = request.method, path
            if record.name.startswith("django.request") and record.args:
                # Django's message ends with the path, secret tokens included.
                record.args = tuple(path if one == request.path else one for one in record.args)
        if record.name.startswith("django.security."):
            # Such messages repeat headers, file names and fields as they were sent.
            record.msg, record.args = f"refused: {record.name.rpartition('.')[2]}", ()
            # Where in Django a stranger was refused helps nobody, and strangers come all day.
            record.exc_info = record.exc_text = None
        elif record.name.startswith("django."):
            record.msg = ADDRESS.sub("…", record.getMessage())
            record.args = ()
        return True


class JsonLines(JsonFormatter):
    """One JSON object a line, with these keys and no others."""

    def add_fields(
        self,
        log_data: dict[str, Any],
        record: logging.LogRecord,
        message_dict: dict[str, Any],
    ) -> None:
        """Put down time, level, logger and message, and what is known of the request."""
        at = datetime.fromtimestamp(record.created, tz=timezone.get_default_timezone())
        log_data["time"] = at.isoformat(timespec="milliseconds")
        log_data["level"] = record.levelname
        log_data["logger"] = record.name
        log_data["message"] = record.message
        for name in ("request_id", "method", "path", "status", "milliseconds"):
            value = getattr(record, name, None)
            if value is not None:
                log_data[name] = value
        if message_dict.get("exc_info"):
            log_data["error"] = message_dict["exc_info"]

    def formatException(self, ei: Any) -> str:  # noqa: N802 - logging's own name
        """Return a traceback without the messages that may repeat what somebody sent."""
        return "\n".join(_told(ei[1])) if ei and ei[1] else ""


def path_of(request: HttpRequest) -> str:
    """Return a request's path without its query; a secret token in it is not written out."""
    path = str(request.path)
    match = request.resolver_match
    token = match.kwargs.get("token") if match else None
    return path.replace(str(token), "…") if token else path


def _id_of(request: HttpRequest) -> str:
    """Return the id our own proxy has given a request, or a new one."""
    given = request.headers.get(REQUEST_ID, "") if settings.BEHIND_PROXY else ""
    return given if WELL_FORMED.fullmatch(given) else uuid.uuid4().hex


def _told(error: BaseException) -> Iterator[str]:
    """Yield the lines of a traceback, the first cause first, as Python orders them."""
    earlier = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if earlier is not None:
        yield from _told(earlier)
        yield "which led to:"
    for frame in traceback.extract_tb(error.__traceback__):
        yield f'  File "{frame.filename}", line {frame.lineno}, in {frame.name}'
    name = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    if isinstance(error, OSError) and error.strerror:
        yield f"{name}: {error.strerror}"
    else:
        yield f"{name}: {error}" if isinstance(error, SAFE_MESSAGES) else name
