"""One of every kind of public page, with all it can show."""

from __future__ import annotations

from articles.models import Correction, MistakeReport
from communities.models import Amenity, ContactPerson, OpeningHours
from issues.models import Role
from tests.articles.desk import NOW
from tests.factories import (
    make_activity,
    make_article,
    make_community,
    make_contributor,
    make_district,
    make_issue,
    make_kind,
    make_page,
    make_photo,
    make_section,
    make_station,
    place,
    sign,
)
from tests.newsroom import make_login


def make_one_of_each() -> list[str]:
    """Make what the pages show; return their addresses."""
    section, column = make_section("要闻", intro="大事。"), make_section("街巷快讯", kind="column")
    street = make_community("桥头街道", within=make_district(), level="subdistrict")
    community = make_community(within=street, intro="两条巷子。", address="桂花路1号")
    ContactPerson.objects.create(
        community=community, role="网格员", name="周明", phone="0000-5550123"
    )
    station = make_station(community=community, kind=make_kind(), address="桂花路3号")
    station.amenities.add(Amenity.objects.create(name="微波炉", slug="weibolu"))
    OpeningHours.objects.create(station=station, weekday=0, opens_at="08:30", closes_at="12:00")
    person = make_contributor(community=community, title="通讯员", bio="写了十年街巷。")
    story = make_article(
        kicker="民事民议",
        deck="三年里开了四十一次会",
        section=section,
        column=column,
        source="晚报",
    )
    make_photo(story, caption="灯下", credit="林小舟 摄", alt="巷子里的灯")
    sign(story, person)
    story.communities.add(community)
    story.stations.add(station)
    story.tags.add("议事")
    Correction.objects.create(
        article=story,
        revision=story.head,
        text="标题有误。",
        by=make_login("final_reviewer"),
        at=NOW,
    )
    report = MistakeReport.objects.create(
        article=story,
        revision=story.approved_revision,
        token="t",
        quote="三盏路灯",
        text="是四盏。",
        contact="0000-5550100",
        at=NOW,
        status="corrected",
        answer="谢谢您。",
        answered_at=NOW,
        correction=story.corrections.get(),
    )
    activity = make_activity(
        station=station,
        spot="二楼",
        description="空腹来。",
        for_whom="老人",
        repeats="weekly",
        weekdays="3",
    )
    activity.changed_dates.create(on=activity.first_on, note="停一次")
    story.activities.add(activity)
    page = make_page(make_issue(number=128), name="社区", editor="顾一帆")
    place(story, page, Role.LEAD)
    places = (community, street, station, activity)
    pages = (story, section, column, person, *places, page.issue, page)
    lists = ("/", "/communities/", "/stations/", "/activities/", "/issues/")
    lists += ("/accessibility/", "/offline/", "/nowhere/", "/search/?q=灯", "/search/?q=没有的词")
    lists += (f"{story.get_absolute_url()}mistake/", report.get_absolute_url())
    lists += ("/feeds/", "/archive/", "/archive/2024/", "/archive/2024/03/", "/archive/2024/03/04/")
    return [*lists, *(one.get_absolute_url() for one in pages), story.tags.get().get_absolute_url()]
