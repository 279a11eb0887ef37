"""Stories by the calendar: what stands on each leaf, where it leads, and what it costs."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.archive import Period, latest_in, leaf
from articles.models import Article, gate
from tests.factories import HIDDEN, MORNING, SHANGHAI, UNRELEASED, make_article, make_issue
from tests.reading import headlines, links

pytestmark = pytest.mark.django_db


def moment(year: int, month: int, day: int, hour: int = 8) -> datetime.datetime:
    return datetime.datetime(year, month, day, hour, tzinfo=SHANGHAI)


def read(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_story_is_found_by_year_month_and_day_of_the_newsroom(client):
    # In Greenwich these are the last hours of 2023 and the first of March.
    make_article("元旦", publish_at=moment(2024, 1, 1, 0))
    make_article("三月", publish_at=moment(2024, 3, 1, 7))
    make_article("前年", publish_at=moment(2022, 12, 31, 23))
    html = read(client, "/archive/")
    paths = [path for path in links(html) if path.startswith("/archive/2")]
    assert paths == [
        "/archive/2024/",
        "/archive/2024/01/",
        "/archive/2024/03/",
        "/archive/2022/",
        "/archive/2022/12/",
    ]
    year = [path for path in links(read(client, "/archive/2024/")) if path.count("/") == 5]
    assert year == ["/archive/2024/01/01/", "/archive/2024/03/01/"]
    html = read(client, "/archive/2024/03/")
    assert headlines(html) == ["三月"]
    assert "/archive/2024/03/01/" in links(html)
    assert "/archive/2024/01/" in links(html)
    html = read(client, "/archive/2024/01/01/")
    assert headlines(html) == ["元旦"]
    assert {"/archive/2022/12/31/", "/archive/2024/03/01/"} <= set(links(html))
    assert "/archive/2022/" in links(read(client, "/archive/2024/"))


def test_nothing_is_shown_that_is_not_public(client):
    make_article("可见", publish_at=moment(2024, 3, 4))
    for name, fields in HIDDEN.items():
        make_article(name, **{"publish_at": moment(2023, 3, 4), **fields})
    make_article("明年", publish_at=moment(2999, 3, 4))
    for number, fields in enumerate(UNRELEASED.values()):
        day = datetime.date(2024, 3, 4 + number)
        make_article(f"第{number}篇", publish_at=moment(day.year, day.month, day.day, 6))
        make_issue(day, number=50 + number, **fields)
    html = read(client, "/archive/")
    assert [path for path in links(html) if path.startswith("/archive/2")] == [
        "/archive/2024/",
        "/archive/2024/03/",
    ]
    assert headlines(read(client, "/archive/2024/03/04/")) == ["可见", "第0篇"]
    assert "/issues/2024-03-04/" not in links(read(client, "/archive/2024/03/04/"))
    empty = ("2023/", "2023/03/", "2023/03/04/", "2999/", "2999/03/04/", "2024/02/30/", "2024/13/")
    assert [client.get(f"/archive/{path}").status_code for path in empty] == [404] * len(empty)


def test_day_shows_its_issue_and_the_same_day_of_other_years(client):
    make_issue(datetime.date(2024, 3, 4))
    for year in (2024, 2023, 2021, 2003):
        for number in range(3):
            make_article(f"{year}第{number}篇", publish_at=moment(year, 3, 4, 8 + number))
    make_article("次日", publish_at=moment(2023, 3, 5, 0))
    html = read(client, "/archive/2024/03/04/")
    assert "/issues/2024-03-04/" in links(html)
    assert headlines(html) == [
        *("2024第2篇", "2024第1篇", "2024第0篇"),
        *("2023第2篇", "2023第1篇", "2021第2篇", "2021第1篇"),
    ]


def test_leap_day_is_remembered_in_leap_years(client):
    for year in (2024, 2020, 2019):
        make_article(f"{year}", publish_at=moment(year, 2, 28 + (year % 4 == 0)))
    assert headlines(read(client, "/archive/2024/02/29/")) == ["2024", "2020"]


def test_long_month_goes_on_by_the_page(client):
    first = make_article("第一篇", publish_at=moment(2024, 3, 1))
    with gate.opened():
        Article.objects.bulk_create(
            Article(
                headline=f"第{number}篇",
                body="灯亮了。",
                status="approved",
                approved_revision=first.approved_revision,
                publish_at=MORNING,
            )
            for number in range(25)
        )
    html = read(client, "/archive/2024/03/")
    assert len(headlines(html)) == 20
    (older,) = (path for path in links(html) if path.startswith("?from=before"))
    assert len(headlines(read(client, f"/archive/2024/03/{older}"))) == 6
    assert client.get("/archive/2024/03/?from=nowhere").status_code == 404


@pytest.mark.parametrize("years", [1, 15])
def test_queries_do_not_grow_with_the_archive(years, client, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment(2025, 3, 4))
    for year in range(2024, 2024 - years, -1):
        make_article(f"{year}", publish_at=moment(year, 3, 4))
        make_article(f"{year}", publish_at=moment(year, 11, 30))
    wanted = {
        # The masthead takes one of each.
        "/archive/": 5,
        "/archive/2024/": 3,
        "/archive/2024/03/": 5,
        "/archive/2024/03/04/": 6,
    }
    asked = {}
    for address in wanted:
        with CaptureQueriesContext(connection) as queries:
            read(client, address)
        asked[address] = len(queries)
    # Nothing of an earlier year is fetched where there is none.
    wanted["/archive/2024/03/04/"] -= years == 1
    assert asked == wanted


def test_periods_end_where_the_next_begin():
    assert Period.month(2024, 12) == Period(datetime.date(2024, 12, 1), datetime.date(2025, 1, 1))
    assert len(Period.year(2024).days()) == 366
    assert latest_in([], MORNING) == {}
    weeks = leaf(datetime.date(2024, 3, 4), {datetime.date(2024, 3, 4)}).weeks
    assert weeks[0] == [None] * 4 + [(datetime.date(2024, 3, day), False) for day in (1, 2, 3)]
    assert weeks[1][0] == (datetime.date(2024, 3, 4), True)


def test_empty_archive_says_so(client):
    assert headlines(read(client, "/archive/")) == []
    assert client.get("/archive/2024/").status_code == 404
