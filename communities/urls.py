from django.urls import URLPattern, path

import communities.addresses  # noqa: F401 - registers the converter of months
from communities import (
    activity_feed_views,
    activity_views,
    finder_views,
    open_data_views,
    views,
)
from communities.open_data import FORMATS


def data_files(name: str) -> list[URLPattern]:
    """Return the addresses of a data set's files; their dots keep them apart from rows' own."""
    return [
        path(
            f"{name}/{name}.{kind}",
            open_data_views.file,
            {"name": name, "kind": kind},
            name="open_data_file",
        )
        for kind in FORMATS
    ]


app_name = "communities"

urlpatterns = [
    path("communities/", views.communities, name="communities"),
    path("communities/<slug:slug>/", views.community, name="community"),
    path("communities/<slug:slug>/latest/", views.latest, name="latest"),
    path(
        "communities/<slug:slug>/activities.ics",
        activity_feed_views.community_calendar,
        name="community_calendar",
    ),
    path("stations/", finder_views.stations, name="stations"),
    # The dot keeps it apart from every station's address.
    path("stations/near.html", finder_views.near, name="near"),
    # No station has this address name (`slugs.RESERVED`).
    path("stations/open-data/", open_data_views.page, name="open_data"),
    *data_files("stations"),
    *data_files("communities"),
    path("stations/<slug:slug>/", views.station, name="station"),
    path("stations/<slug:slug>/poster/", views.poster, name="poster"),
    path("stations/<slug:slug>/poster.pdf", views.poster_pdf, name="poster_pdf"),
    path(
        "stations/<slug:slug>/activities.ics",
        activity_feed_views.station_calendar,
        name="station_calendar",
    ),
    path("activities/", activity_views.activities, name="activities"),
    path("activities/all.ics", activity_feed_views.calendar, name="calendar"),
    path("activities/<month:month>/", activity_views.month, name="month"),
    path("activities/<int:pk>/", activity_views.activity, name="activity"),
    path(
        "activities/<int:pk>.ics", activity_feed_views.activity_calendar, name="activity_calendar"
    ),
]
