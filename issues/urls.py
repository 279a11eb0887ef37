import datetime

from django.urls import path, register_converter

from articles.feeds import feed
from issues import archive_views, views
from issues.feeds import IssueFeed, IssuesFeed


class IsoDate:
    """A date in an address: 2026-03-31."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> datetime.date:
        """Return the date; a day that no calendar has is no address of ours."""
        return datetime.date.fromisoformat(value)

    def to_url(self, value: datetime.date) -> str:
        """Return the date as the address writes it."""
        return value.isoformat()


class ArchiveDay:
    """A day in the archive's addresses: 2026/03/31."""

    regex = r"\d{4}/\d{2}/\d{2}"

    def to_python(self, value: str) -> datetime.date:
        """Return the day; one that no calendar has is no address of ours."""
        return datetime.date.fromisoformat(value.replace("/", "-"))

    def to_url(self, value: datetime.date) -> str:
        """Return the day as the address writes it."""
        return f"{value:%Y/%m/%d}"


class ArchiveMonth:
    """A month in the archive's addresses, as its first day: 2026/03."""

    regex = r"\d{4}/\d{2}"

    def to_python(self, value: str) -> datetime.date:
        """Return the month's first day."""
        return datetime.date.fromisoformat(f"{value.replace('/', '-')}-01")

    def to_url(self, value: datetime.date) -> str:
        """Return the month as the address writes it."""
        return f"{value:%Y/%m}"


class ArchiveYear:
    """A year in the archive's addresses."""

    # The year 9999 has no end that a date could say.
    regex = r"[12]\d{3}"

    def to_python(self, value: str) -> int:
        """Return the year."""
        return int(value)

    def to_url(self, value: int) -> str:
        """Return the year as the address writes it."""
        return str(value)


register_converter(ArchiveDay, "archive_day")
register_converter(ArchiveMonth, "archive_month")
register_converter(ArchiveYear, "archive_year")
register_converter(IsoDate, "date")

app_name = "issues"

urlpatterns = [
    path("issues/", views.issues, name="issues"),
    path("issues/<date:date>/", views.issue, name="issue"),
    path("issues/<date:date>.json", views.issue_json, name="issue_json"),
    path("issues/<date:date>/<slug:code>.pdf", views.page_pdf, name="page_pdf"),
    path("issues/<date:date>/<slug:code>/", views.page, name="page"),
    path("issues/<date:date>/<slug:code>/large/", views.large, name="large"),
    path("archive/", archive_views.archive, name="archive"),
    path("archive/<archive_year:year>/", archive_views.year, name="archive_year"),
    path("archive/<archive_month:month>/", archive_views.month, name="archive_month"),
    path("archive/<archive_day:day>/", archive_views.day, name="archive_day"),
    path("feeds/issues/<form:form>.xml", feed(IssuesFeed), name="issues_feed"),
    path("feeds/issues/<date:date>/<form:form>.xml", feed(IssueFeed), name="issue_feed"),
]
