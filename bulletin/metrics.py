"""`/metrics`: figures an operator acts on, for Prometheus. Off until a setting says who may ask.

Each worker process counts for itself into files of `PROMETHEUS_MULTIPROC_DIR`; whichever process is
asked adds them up. That allows `Counter`, `Histogram` and `Gauge` with a `multiprocess_mode`; what
is read from the database at the moment of asking is in `Newsroom`.

**To add figures** (a cache's, a queue's): make them in the module that counts, with
`registry=FIGURES`, as `REQUESTS` below is made. Nothing else has to be told.
"""

from __future__ import annotations

import hmac
import ipaddress
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

from axes.models import AccessAttempt
from django.conf import settings
from django.core.signals import got_request_exception
from django.db import DatabaseError
from django.db.models import Count, Max, Sum
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
    multiprocess,
)
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from articles.models import Article, SearchWaiting, Status
from articles.senders import address_of
from communities.rendering import rendered_models
from issues.models import Issue

PATH = "/metrics"
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
# Limits of the durations' classes in seconds; a page is meant to take less than the first.
SECONDS = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
IN_REVIEW = (Status.SUBMITTED, Status.FIRST_PASSED, Status.SECOND_PASSED)

FIGURES = CollectorRegistry()
REQUESTS = Counter(
    "bulletin_requests",
    "Requests answered by Django, by route (not by address), method and status.",
    ["method", "route", "status"],
    registry=FIGURES,
)
DURATIONS = Histogram(
    "bulletin_request_seconds",
    "How long they took, by route.",
    ["route"],
    buckets=SECONDS,
    registry=FIGURES,
)
DATABASE_ERRORS = Counter(
    "bulletin_database_errors",
    "Requests that failed because of the database, by the kind of error.",
    ["kind"],
    registry=FIGURES,
)


class Metrics:
    """Middleware: count what is answered, and answer `/metrics` to those who may ask."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep what answers everything else; count errors that nobody else catches."""
        self.get_response = get_response
        got_request_exception.connect(_count_error, dispatch_uid="bulletin.metrics")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; to whoever may not ask, `/metrics` is a page that does not exist."""
        if not settings.METRICS:
            return self.get_response(request)
        if request.path_info == PATH and request.method == "GET" and _may_ask(request):
            return HttpResponse(written(), content_type=CONTENT_TYPE_LATEST)
        begun = time.perf_counter()
        response = self.get_response(request)
        route = _route(request)
        method = request.method if request.method in METHODS else "other"
        REQUESTS.labels(method, route, response.status_code).inc()
        DURATIONS.labels(route).observe(time.perf_counter() - begun)
        return response


class Newsroom(Collector):
    """What the database and the disk say at the moment of asking."""

    def collect(self) -> Iterator[Metric]:
        """Yield the figures; without a database only that it is away, and what the disk says."""
        free = GaugeMetricFamily(
            "bulletin_media_free_bytes", "Room left where uploaded pictures are kept."
        )
        if settings.MEDIA_ROOT.exists():
            free.add_metric([], shutil.disk_usage(settings.MEDIA_ROOT).free)
        yield free
        try:
            figures = list(_from_database())
        except DatabaseError:
            figures = []
        yield GaugeMetricFamily(
            "bulletin_database_up", "Whether the database answers.", value=bool(figures)
        )
        yield from figures


def written() -> bytes:
    """Return all figures in Prometheus' text form."""
    counted = FIGURES
    if settings.METRICS_DIR:
        counted = CollectorRegistry()
        multiprocess.MultiProcessCollector(counted, path=settings.METRICS_DIR)
    asked = CollectorRegistry()
    asked.register(Newsroom())
    return generate_latest(counted) + generate_latest(asked)


def _from_database() -> Iterator[Metric]:
    now = timezone.now()
    stories = GaugeMetricFamily(
        "bulletin_stories_in_review", "Stories that wait for a review.", labels=["status"]
    )
    in_review = Article.objects.unapproved().filter(status__in=IN_REVIEW).order_by()
    found = dict(in_review.values_list("status").annotate(Count("pk")))
    for status in IN_REVIEW:
        stories.add_metric([status.value], found.get(status.value, 0))
    yield stories
    live = Issue.objects.live(now).aggregate(count=Count("pk"), last=Max("publish_at"))
    yield GaugeMetricFamily("bulletin_issues_live", "Issues that are public.", live["count"])
    last = GaugeMetricFamily(
        "bulletin_last_issue_timestamp_seconds", "When the newest public issue appeared."
    )
    if live["last"]:
        last.add_metric([], live["last"].timestamp())
    yield last
    yield GaugeMetricFamily(
        "bulletin_renditions_waiting",
        "Pictures whose renditions are not made yet; the worker is away if it only grows.",
        sum(model._base_manager.filter(model.waiting).count() for model in rendered_models()),
    )
    yield GaugeMetricFamily(
        "bulletin_search_waiting",
        "Stories that search still finds under an old name; the worker is away if it only grows.",
        SearchWaiting.objects.count(),
    )
    closed = (
        AccessAttempt.objects.filter(attempt_time__gt=now - settings.AXES_COOLOFF_TIME)
        .order_by()
        .values("username", "ip_address")
        .annotate(failures=Sum("failures_since_start"))
        .filter(failures__gte=settings.AXES_FAILURE_LIMIT)
    )
    yield GaugeMetricFamily(
        "bulletin_accounts_closed", "Accounts closed to an address by failures.", closed.count()
    )


def _may_ask(request: HttpRequest) -> bool:
    """Return whether a request has the token, or comes from an address that was named."""
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    if settings.METRICS_TOKEN and scheme.lower() == "bearer":
        return hmac.compare_digest(token.encode(), settings.METRICS_TOKEN.encode())
    try:
        address = ipaddress.ip_address(address_of(request))
    except ValueError:
        return False
    return any(address in network for network in settings.METRICS_FROM)


def _route(request: HttpRequest) -> str:
    """Return the name of the pattern that was found for a request: there are only so many."""
    match = request.resolver_match
    return match.view_name if match else "none"


def _count_error(sender: Any, **more: Any) -> None:
    """Count an error that ended a request, if it is the database's."""
    error = sys.exc_info()[1]
    if settings.METRICS and isinstance(error, DatabaseError):
        DATABASE_ERRORS.labels(type(error).__name__).inc()
