"""The newspaper by issue and by page, as readers leaf through it."""

import datetime
import re

import pytest
from django.urls import reverse
from django.utils.translation import gettext as _

from issues.models import Role
from tests.factories import (
    HIDDEN,
    UNRELEASED,
    make_article,
    make_issue,
    make_page,
    make_section,
    place,
)
from tests.reading import headlines, links, words

pytestmark = pytest.mark.django_db

ISSUES = reverse("issues:issues")
WEEK = re.compile(r"<tr>(.*?)</tr>", re.DOTALL)
CELL = re.compile(r"<td>(.*?)</td>", re.DOTALL)


def read(client, thing) -> str:
    response = client.get(thing.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


def main(html: str) -> str:
    return html.split('<main id="main" class="sheet" tabindex="-1">')[1].split("</main>")[0]


class TestIssues:
    def test_a_month_is_a_table_whose_days_lead_to_issues(self, client):
        days = [datetime.date(2024, 2, 5), datetime.date(2024, 2, 29), datetime.date(2024, 1, 8)]
        issues = [make_issue(day, number=n) for n, day in enumerate(days, start=1)]
        table = main(client.get(ISSUES).content.decode()).split("<table")[1].split("</table>")[0]
        assert links(table) == [issue.get_absolute_url() for issue in issues[:2]]
        assert len(WEEK.findall(table)) == 6
        assert table.count('<th scope="col">') == 7
        assert "2024年2月5日 第1期" in words(table)
        # The first of February 2024 was a Thursday.
        first_week = WEEK.findall(table)[1]
        assert [words(cell) for cell in CELL.findall(first_week)] == [
            "",
            "",
            "",
            "1",
            "2",
            "3",
            "4",
        ]

    def test_leads_to_the_months_before_and_after_that_have_an_issue(self, client):
        days = [datetime.date(2023, 11, 6), datetime.date(2024, 1, 8), datetime.date(2024, 3, 4)]
        for number, day in enumerate(days, start=1):
            make_issue(day, number=number)
        html = main(client.get(ISSUES, {"month": "2024-01"}).content.decode())
        pager = html.split('class="pager"')[1].split("</nav>")[0]
        assert links(pager) == ["?month=2023-11", "?month=2024-03"]
        years = html.split('class="choices"')[1].split("</nav>")[0]
        assert links(years) == ["?month=2024-03", "?month=2023-11"]
        assert 'aria-current="true"' in years.split("</a>")[0]
        assert "2024年1月" in words(html)

    def test_latest_ones_are_listed_whatever_the_month(self, client):
        issues = [make_issue(datetime.date(2024, 3, n), number=n) for n in range(1, 13)]
        make_page(issues[-1], name="社区")
        html = main(client.get(ISSUES, {"month": "2024-03"}).content.decode())
        latest = html.split('class="issue-list"')[1].split("</ul>")[0]
        assert links(latest) == [issue.get_absolute_url() for issue in issues[:3:-1]]
        assert _("No. %(number)s") % {"number": 12} in words(latest)
        assert "A01 社区" in words(latest)

    @pytest.mark.parametrize("why", UNRELEASED)
    def test_unreleased_one_is_not_listed(self, why, client):
        issue = make_issue(**UNRELEASED[why])
        html = client.get(ISSUES).content.decode()
        assert issue.get_absolute_url() not in links(html)
        assert '<p class="empty">' in html

    @pytest.mark.parametrize("why", UNRELEASED)
    def test_unreleased_one_is_only_a_day_beside_released_ones(self, why, client):
        make_issue(datetime.date(2024, 3, 5), number=8)
        issue = make_issue(datetime.date(2024, 3, 4), **UNRELEASED[why])
        html = client.get(ISSUES).content.decode()
        assert issue.get_absolute_url() not in links(html)
        assert client.get(ISSUES, {"month": "2024-03"}).status_code == 200

    def test_none_yet_says_so_and_leads_home(self, client):
        html = client.get(ISSUES).content.decode()
        assert '<p class="empty">' in main(html)
        assert links(main(html)) == [reverse("home")]

    @pytest.mark.parametrize(
        "month",
        [
            "1999-01",
            "9999-12",
            "0001-01",
            "x",
            "2024-13",
            "2024-00",
            "2024-3",
            "0000-01",
            "9" * 5000,
            "２０２４-03",
        ],
    )
    def test_month_without_issues_is_not_found(self, month, client):
        make_issue()
        assert client.get(ISSUES, {"month": month}).status_code == 404


class TestIssue:
    def test_shows_every_page_with_its_headlines(self, client):
        issue = make_issue()
        first, second = make_page(issue, "A01", "要闻"), make_page(issue, "A02", "社区")
        place(make_article("头条"), first, Role.LEAD)
        place(make_article("其次"), first)
        place(make_article("二版头条"), second, Role.LEAD)
        html = read(client, issue)
        assert headlines(html) == ["头条", "其次", "二版头条"]
        assert "2024年3月4日 星期一" in words(html)
        for page in (first, second):
            assert page.get_absolute_url() in links(html)

    @pytest.mark.parametrize("why", HIDDEN)
    def test_hides_a_placed_story_that_is_not_published(self, why, client):
        issue = make_issue()
        place(make_article("不该登的稿子", **HIDDEN[why]), make_page(issue))
        html = read(client, issue)
        assert "不该登的稿子" not in html
        assert _("The stories of this page have not appeared yet.") in html

    @pytest.mark.parametrize("why", UNRELEASED)
    def test_unreleased_one_is_not_found(self, why, client):
        issue = make_issue(**UNRELEASED[why])
        page = make_page(issue)
        place(make_article(), page, Role.LEAD)
        assert client.get(issue.get_absolute_url()).status_code == 404
        assert client.get(page.get_absolute_url()).status_code == 404

    def test_without_pages_says_so(self, client):
        assert _("This issue has no page yet.") in read(client, make_issue())

    def test_leads_to_its_neighbours_and_past_unreleased_ones(self, client):
        days = [datetime.date(2024, 3, day) for day in (4, 11, 18)]
        issues = [make_issue(day, number=n) for n, day in enumerate(days, start=1)]
        make_issue(datetime.date(2024, 3, 8), number=9, **UNRELEASED["planning"])
        for issue in issues:
            make_page(issue)

        def neighbours(issue):
            return links(read(client, issue).split('class="pager"')[1].split("</nav>")[0])

        middle, last = neighbours(issues[1]), neighbours(issues[2])
        assert middle == [issues[0].get_absolute_url(), issues[2].get_absolute_url()]
        assert last == [issues[1].get_absolute_url()]

    @pytest.mark.parametrize("day", ["2024-03-05", "2024-02-30", "2024-13-01", "0000-00-00"])
    def test_day_without_an_issue_is_not_found(self, day, client):
        make_issue()
        assert client.get(f"/issues/{day}/").status_code == 404
        assert client.get(f"/issues/{day}/A01/").status_code == 404


class TestPage:
    def test_is_composed_as_printed(self, client):
        column = make_section("街巷快讯", kind="column")
        page = make_page(make_issue(), editor="顾一帆", layout="林小舟", proof="何田")
        place(make_article("散简讯", genre="brief"), page, Role.BRIEF)
        place(make_article("栏目简讯", genre="brief", column=column), page, Role.BRIEF)
        place(make_article("次条"), page)
        place(make_article("图片", genre="photo"), page, Role.PHOTO)
        place(make_article("头条"), page, Role.LEAD)
        html = read(client, page)
        assert headlines(html) == ["头条", "图片", "次条", "栏目简讯", "散简讯"]
        text = words(main(html))
        assert text.startswith("A01 要闻")
        for name in ("顾一帆", "林小舟", "何田"):
            assert name in text
        assert text.index("街巷快讯") < text.index("栏目简讯")
        assert text.index(_("In brief")) < text.index("散简讯")

    def test_without_a_lead_still_shows_its_stories(self, client):
        page = make_page(make_issue())
        place(make_article("次条"), page)
        assert headlines(read(client, page)) == ["次条"]

    @pytest.mark.parametrize("why", HIDDEN)
    def test_hides_a_placed_story_that_is_not_published(self, why, client):
        page = make_page(make_issue())
        place(make_article("不该登的稿子", **HIDDEN[why]), page, Role.LEAD)
        html = read(client, page)
        assert "不该登的稿子" not in html
        assert _("The stories of this page have not appeared yet.") in html

    def test_shows_nothing_of_another_page(self, client):
        issue = make_issue()
        place(make_article("别版的稿子"), make_page(issue, "A01"))
        assert headlines(read(client, make_page(issue, "A02"))) == []

    def test_leads_to_its_neighbours(self, client):
        issue = make_issue()
        pages = [make_page(issue, f"A0{n}") for n in (1, 2, 3)]
        html = main(read(client, pages[1]))
        pager = html.split('class="pager"')[1].split("</nav>")[0]
        assert links(pager) == [
            pages[0].get_absolute_url(),
            issue.get_absolute_url(),
            pages[2].get_absolute_url(),
        ]

    @pytest.mark.parametrize("code", ["A09", "a01", "x"])
    def test_unknown_code_is_not_found(self, code, client):
        make_page(make_issue())
        assert client.get(f"/issues/2024-03-04/{code}/").status_code == 404

    def test_masthead_carries_the_issues_own_date(self, client):
        page = make_page(make_issue(number=7))
        masthead = read(client, page).split("<nav")[0]
        assert "2024年3月4日 星期一" in words(masthead)
        assert "A01 要闻" in words(masthead)
